/** The console's keys: what acts on them, the list of keys, the palette and the window's menu all follow this table. */

export interface Key {
  /** also the key of its text */
  readonly name: string;
  /** Keys pressed together are joined by a plus; `…` stands for a range. */
  readonly keys: readonly string[];
  /** for a key that clicks the element with this attribute, in the focused row or else on the screen: its position on the keyboard, as in `KeyboardEvent.code` */
  readonly clicks?: { readonly code: string; readonly attribute: string };
}

const key = <const Name extends string>(name: Name, ...keys: readonly string[]) => ({ name, keys });
const clicking = <const Name extends string>(name: Name, shown: string, code: string, attribute: string) => ({
  ...key(name, shown),
  clicks: { code, attribute },
});

/** By where they work. */
export const keyTable = {
  anywhere: [key('palette', 'Ctrl+K'), key('settings', 'Ctrl+,'), key('wallboard', 'F11'), key('close', 'Esc')],
  general: [key('screens', '1', '…', '9'), key('search', '/'), key('undo', 'u'), key('help', '?')],
  /** In a browser these belong to the browser. */
  in_window: [key('zoom', 'Ctrl+-', 'Ctrl++', 'Ctrl+0'), key('full_screen', 'Shift+F11'), key('reload', 'F5')],
  in_rows: [
    key('rows', 'j', 'k'),
    clicking('open', 'Enter', 'Enter', 'data-open'),
    clicking('toggle', 'Space', 'Space', 'data-toggle'),
    clicking('edit', 'e', 'KeyE', 'data-edit'),
  ],
  in_lists: [clicking('mark', 'x', 'KeyX', 'data-select'), key('mark_through', 'Shift+x')],
  in_contacts: [
    clicking('close_contact', 'c', 'KeyC', 'data-close'),
    clicking('reassign', 'r', 'KeyR', 'data-reassign'),
    clicking('put_back', 'b', 'KeyB', 'data-put-back'),
    clicking('accept', 'y', 'KeyY', 'data-accept'),
    clicking('decline', 'n', 'KeyN', 'data-decline'),
  ],
  in_operators: [
    clicking('put_on', 'o', 'KeyO', 'data-put-on'),
    clicking('take_off', 'f', 'KeyF', 'data-take-off'),
    clicking('limit', 'l', 'KeyL', 'data-limit'),
    clicking('tags', 't', 'KeyT', 'data-tags'),
    clicking('archive', 'a', 'KeyA', 'data-archive'),
  ],
  in_weights: [
    key('move', '←', '↑', '↓', '→'),
    key('edges', 'Ctrl+←', '…', '→'),
    key('type', '0', '…', '9'),
    key('commit', 'Enter', 'Tab'),
    key('leave_grid', 'Esc'),
    key('remove', 'Delete'),
    key('select', 'Shift+←', '…', '→'),
    key('select_all', 'Ctrl+A'),
    key('select_whole', 'Ctrl+Space', 'Shift+Space'),
    key('fill', 'Ctrl+D', 'Ctrl+R'),
    key('fill_selection', 'Ctrl+Enter'),
    key('line', 'Shift+1', '…', '5'),
    key('clipboard', 'Ctrl+C', 'Ctrl+V'),
    key('undo_edit', 'Ctrl+Z'),
    key('redo_edit', 'Ctrl+Y'),
    key('apply', 'Ctrl+S'),
  ],
} as const satisfies Readonly<Record<string, readonly Key[]>>;

export type KeySection = keyof typeof keyTable;
export type KeyName = (typeof keyTable)[KeySection][number]['name'];
const everyKey: readonly Key[] = Object.values(keyTable).flat();

/** Those that click an element. */
export const clickingKeys = everyKey.flatMap(({ name, keys, clicks }) => (clicks ? [{ name: name as KeyName, shown: keys[0] ?? '', ...clicks }] : [])); // of the table

/** The first of its keys, as the palette and the menu show it. */
export const shownKey = (name: KeyName): string => everyKey.find((one) => one.name === name)?.keys[0] ?? '';
