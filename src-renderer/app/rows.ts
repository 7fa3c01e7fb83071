import { isFocusNowhere } from '../kit/keep-focus.ts';

/** Rows under the keyboard: whatever is marked `data-row` can be walked with j and k. */
const rows = () => [...document.querySelectorAll<HTMLElement>('main [data-row]')];

const currentRow = () => document.activeElement?.closest<HTMLElement>('[data-row]') ?? null;

/** Which row it was that had the focus last: one that has gone leaves its place to the next one. */
let last = 0;

function remember({ target }: FocusEvent): void {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  if (row) last = rows().indexOf(row);
  else if (!isFocusNowhere()) last = 0;
}

/** Until the function that it answers is called. */
export function followRows(): () => void {
  document.addEventListener('focusin', remember);
  return () => document.removeEventListener('focusin', remember);
}

export function moveRow(by: 1 | -1): void {
  const all = rows();
  const current = currentRow();
  const place = isFocusNowhere() ? last + Math.min(by, 0) : 0;
  const next = current ? all[all.indexOf(current) + by] : all[Math.max(0, Math.min(place, all.length - 1))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

/** Clicks what is so marked in the row that has the focus itself, with Shift as it is held; false when there is none. */
export function clickInRow(selector: string, shiftKey: boolean): boolean {
  const row = currentRow();
  if (!row || row !== document.activeElement) return false;
  const found = row.querySelector<HTMLElement>(selector);
  found?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey }));
  return found !== null;
}

/** Clicks what is so marked on the screen beside its rows; false when there is none. */
export function clickOnScreen(selector: string): boolean {
  const found = [...document.querySelectorAll<HTMLElement>(`main ${selector}`)].find((element) => element.closest('[data-row]') === null);
  found?.click();
  return found !== undefined;
}
