/** The contacts that the next action applies to: the selected ones, else the current row. */
import { create } from 'zustand';

interface Selection {
  readonly marked: ReadonlySet<number>;
  /** the row that had the focus last */
  readonly current: number | null;
}

export const useSelection = create<Selection>(() => ({ marked: new Set(), current: null }));

let last: number | null = null;

/** Selects or deselects a row; with `through`, also all rows of `ids` between it and the previous one. */
export function mark(id: number, on: boolean, ids: readonly number[], through: boolean): void {
  const marked = new Set(useSelection.getState().marked);
  const [from = -1, to = -1] = through && last !== null ? [ids.indexOf(last), ids.indexOf(id)].sort((a, b) => a - b) : [];
  for (const one of from >= 0 ? ids.slice(from, to + 1) : [id])
    if (on) marked.add(one);
    else marked.delete(one);
  last = id;
  useSelection.setState({ marked });
}

export const markAll = (ids: readonly number[]): void => useSelection.setState({ marked: new Set(ids) });
export const clearMarks = (): void => useSelection.setState({ marked: new Set() });
/** The others stay selected: the next action applies to what the last one left. */
export function unmark(ids: readonly number[]): void {
  const marked = new Set(useSelection.getState().marked);
  for (const id of ids) marked.delete(id);
  useSelection.setState({ marked });
}
export const goTo = (current: number | null): void => useSelection.setState({ current });
/**
 * Drops rows that have left the list from the selection. Rows beyond the loaded ones are kept, since nothing is known of them.
 * @param ids all loaded rows, in ascending or descending order of id
 */
export function stayAmong(ids: readonly number[]): void {
  const { current, marked } = useSelection.getState();
  const shown = new Set(ids);
  if (current !== null && !shown.has(current)) goTo(null);
  const [low = 0, high = 0] = [ids[0], ids.at(-1)].toSorted((a = 0, b = 0) => a - b);
  const gone = [...marked].filter((id) => !shown.has(id) && (ids.length === 0 || (id >= low && id <= high)));
  if (gone.length > 0) unmark(gone);
}

/** The contacts that an action started at this row applies to. */
export function meantBy(id: number): readonly number[] {
  const { marked } = useSelection.getState();
  return marked.has(id) ? [...marked] : [id];
}

export function meant(): readonly number[] {
  const { marked, current } = useSelection.getState();
  if (marked.size > 0) return [...marked];
  return current === null ? [] : [current];
}
