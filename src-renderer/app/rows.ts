import { isFocusNowhere } from '#kit/navigation/keep-focus.ts';

/** Keyboard navigation of rows: j and k move through elements marked `data-row`. */
const rows = () => [...document.querySelectorAll<HTMLElement>('main [data-row]')];

const currentRow = () => document.activeElement?.closest<HTMLElement>('[data-row]') ?? null;

/** The row that had the focus last; when it is removed, the next row takes its place. */
let last = 0;

function remember({ target }: FocusEvent): void {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  if (row) last = rows().indexOf(row);
  else if (!isFocusNowhere()) last = 0;
}

/** Runs until the returned function is called. */
export function followRows(): () => void {
  document.addEventListener('focusin', remember);
  return () => document.removeEventListener('focusin', remember);
}

/** Moves the focus to the next or previous row. Without a focused row it goes to where the last one was. */
export function moveRow(by: 1 | -1): void {
  const all = rows();
  const current = currentRow();
  const place = isFocusNowhere() ? last + Math.min(by, 0) : 0;
  const next = current ? all[all.indexOf(current) + by] : all[Math.max(0, Math.min(place, all.length - 1))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

/** Clicks the marked element in the focused row, passing Shift on; false when there is none. */
export function clickInRow(selector: string, shiftKey: boolean): boolean {
  const row = currentRow();
  if (!row || row !== document.activeElement) return false;
  const found = [...row.querySelectorAll<HTMLElement>(selector)].find(isAllowed);
  found?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey }));
  return found !== undefined;
}

/** Whether the role of this console's user allows what the element does, see global.css. */
export const isAllowed = (element: Element): boolean => element.closest('[data-needs]') === null || element.checkVisibility();

const onScreen = (selector: string) =>
  [...document.querySelectorAll<HTMLElement>(`main ${selector}:not(:disabled)`)].find(
    (element) => element.closest('[data-row]') === null && isAllowed(element),
  );

/** Whether the screen has an element, outside its rows, that the key would click. */
export const isOnScreen = (selector: string): boolean => onScreen(selector) !== undefined;

/** Clicks the marked element of the screen outside its rows; false when there is none. */
export function clickOnScreen(selector: string): boolean {
  const found = onScreen(selector);
  if (found?.ariaHasPopup === 'menu')
    setTimeout(() => found.click()); // a menu that opens while the key goes down closes at once
  else found?.click();
  return found !== undefined;
}
