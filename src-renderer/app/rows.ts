/** Rows under the keyboard: whatever is marked `data-row` can be walked with j and k. */
const rows = () => [...document.querySelectorAll<HTMLElement>('main [data-row]')];

const currentRow = () => document.activeElement?.closest<HTMLElement>('[data-row]') ?? null;

export function moveRow(by: 1 | -1): void {
  const all = rows();
  const current = currentRow();
  const next = current ? all[all.indexOf(current) + by] : all[0];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

/** Clicks what is so marked in the row that has the focus itself; false when there is none. */
export function clickInRow(selector: string): boolean {
  const row = currentRow();
  if (!row || row !== document.activeElement) return false;
  const found = row.querySelector<HTMLElement>(selector);
  found?.click();
  return found !== null;
}

/** Clicks what is so marked on the screen beside its rows; false when there is none. */
export function clickOnScreen(selector: string): boolean {
  const found = [...document.querySelectorAll<HTMLElement>(`main ${selector}`)].find((element) => element.closest('[data-row]') === null);
  found?.click();
  return found !== undefined;
}
