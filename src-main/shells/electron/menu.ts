import { Menu, type MenuItemConstructorOptions } from 'electron';
import { type OnClose, onClose } from '#shared/contract/desktop.ts';
import { type KeyName, shownKey } from '#shared/keys.ts';
import type { Messages } from '#shells/messages.ts';
import type { PageCommand } from './commands.ts';

export interface MenuActions {
  readonly openLogs: () => void;
  readonly openData: () => void;
  readonly openDocs: () => void;
  readonly about: () => void;
  /** runs a command that the page also has as a key */
  readonly page: (command: PageCommand) => void;
}

/** A setting that a menu item shows and toggles. */
export interface Choice {
  readonly is: () => boolean;
  readonly set: (on: boolean) => void;
}

interface MenuChoices {
  readonly startAtLogin: Choice;
  readonly onClose: { readonly is: () => OnClose; readonly set: (chosen: OnClose) => void };
}

/** In Electron's words. A question mark is a shifted slash. */
const acceleratorOf = (name: KeyName): string => shownKey(name).replace('Ctrl+', 'CommandOrControl+').replace('?', 'Shift+/');

/** Sets the menu. Standard roles need labels in the console's language, since Electron does not translate them. Ids are for tests. */
export function setMenu(say: Messages['menu'], actions: MenuActions, choices: MenuChoices): void {
  const isMac = process.platform === 'darwin';
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  // the page handles its own keys before the menu does; the accelerators here are only displayed
  const inPage = (id: 'settings' | 'palette' | 'wallboard' | 'help', label: string, command: PageCommand): MenuItemConstructorOptions => ({
    id,
    label,
    accelerator: acceleratorOf(id),
    registerAccelerator: false,
    click: () => actions.page(command),
  });
  const choice = (id: string, label: string, { is, set }: Choice): MenuItemConstructorOptions => ({
    id,
    label,
    type: 'checkbox',
    checked: is(),
    click: (item) => {
      set(item.checked);
      item.checked = is();
    },
  });
  // "Plus" requires Shift, and the roles do not cover the numeric keypad
  const alsoBy = (role: 'zoomIn' | 'zoomOut' | 'resetZoom', ...keys: string[]): MenuItemConstructorOptions[] =>
    keys.map((key) => ({ role, accelerator: `CommandOrControl+${key}`, visible: false }));
  const settings: MenuItemConstructorOptions[] = [
    inPage('settings', say.settings, '#/settings'),
    choice('start-at-login', say.startAtLogin, choices.startAtLogin),
    {
      label: say.whenClosed,
      submenu: onClose.options.map((option) => ({
        id: `on-close-${option}`,
        label: say.onClose[option],
        type: 'radio' as const,
        checked: choices.onClose.is() === option,
        click: () => choices.onClose.set(option),
      })),
    },
  ];
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    { label: say.file, submenu: [...settings, ...(isMac ? [] : [separator, { role: 'quit' as const, label: say.quit }])] },
    {
      label: say.edit,
      submenu: [
        { role: 'undo', label: say.undo },
        { role: 'redo', label: say.redo },
        separator,
        { role: 'cut', label: say.cut },
        { role: 'copy', label: say.copy },
        { role: 'paste', label: say.paste },
        { role: 'selectAll', label: say.selectAll },
        separator,
        inPage('palette', say.palette, 'palette'),
      ],
    },
    {
      label: say.view,
      submenu: [
        inPage('wallboard', say.wallboard, 'wallboard'),
        { role: 'togglefullscreen', label: say.fullScreen, accelerator: isMac ? 'Control+Command+F' : acceleratorOf('full_screen') },
        separator,
        { role: 'resetZoom', label: say.actualSize },
        { role: 'zoomIn', label: say.zoomIn },
        { role: 'zoomOut', label: say.zoomOut },
        ...alsoBy('resetZoom', 'num0'),
        ...alsoBy('zoomIn', '=', 'numadd'),
        ...alsoBy('zoomOut', 'numsub'),
        separator,
        { role: 'reload', label: say.reload, accelerator: acceleratorOf('reload') }, // Ctrl+R fills to the right in the weights grid
        { role: 'toggleDevTools', label: say.devTools },
      ],
    },
    { label: say.window, submenu: [{ role: 'minimize', label: say.minimize }] },
    {
      role: 'help',
      label: say.help,
      submenu: [
        inPage('help', say.keys, 'keys'),
        { id: 'docs', label: say.docs, click: actions.openDocs },
        separator,
        { id: 'logs', label: say.logs, click: actions.openLogs },
        { id: 'data', label: say.data, click: actions.openData },
        separator,
        { id: 'about', label: say.about, click: actions.about },
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
