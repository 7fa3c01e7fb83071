/** Which contacts the next action is about: those that are marked, else the row one is at. */
import { create } from 'zustand';

interface Selection {
  readonly marked: ReadonlySet<number>;
  /** the row that had the focus last */
  readonly current: number | null;
}

export const useSelection = create<Selection>(() => ({ marked: new Set(), current: null }));

let last: number | null = null;

/** Marks or unmarks a row; with `through`, all rows of `ids` between it and the one before, too. */
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
export const goTo = (current: number | null): void => useSelection.setState({ current });
/** A row that has left the list is no longer the one that is meant. */
export function stayAmong(ids: readonly number[]): void {
  const { current } = useSelection.getState();
  if (current !== null && !ids.includes(current)) goTo(null);
}

/** What an action that starts at this row is about. */
export function meantBy(id: number): readonly number[] {
  const { marked } = useSelection.getState();
  return marked.has(id) ? [...marked] : [id];
}

export function meant(): readonly number[] {
  const { marked, current } = useSelection.getState();
  if (marked.size > 0) return [...marked];
  return current === null ? [] : [current];
}
