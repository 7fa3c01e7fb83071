import { create } from 'zustand';

export interface Marks {
  readonly marked: ReadonlySet<number>;
  /** the row that had the focus last */
  readonly current: number | null;
}

/** The rows of a list that the next action applies to: the marked ones, else the current row. */
export function createMarks() {
  const useMarks = create<Marks>(() => ({ marked: new Set(), current: null }));
  let last: number | null = null;
  const goTo = (current: number | null): void => useMarks.setState({ current });
  /** The others stay marked, so that the next action applies to them. */
  const unmark = (ids: readonly number[]): void => {
    const marked = new Set(useMarks.getState().marked);
    for (const id of ids) marked.delete(id);
    useMarks.setState({ marked });
  };
  return {
    useMarks,
    goTo,
    unmark,
    /** Marks or unmarks a row; with `through`, also all rows of `ids` between it and the previous one. */
    mark(id: number, on: boolean, ids: readonly number[], through: boolean): void {
      const marked = new Set(useMarks.getState().marked);
      const [from = -1, to = -1] = through && last !== null ? [ids.indexOf(last), ids.indexOf(id)].sort((a, b) => a - b) : [];
      for (const one of from >= 0 ? ids.slice(from, to + 1) : [id])
        if (on) marked.add(one);
        else marked.delete(one);
      last = id;
      useMarks.setState({ marked });
    },
    markAll: (ids: readonly number[]): void => useMarks.setState({ marked: new Set(ids) }),
    clearMarks: (): void => useMarks.setState({ marked: new Set() }),
    /** Forgets rows that have left the list. */
    keepOnly(isThere: (id: number) => boolean): void {
      const { current, marked } = useMarks.getState();
      if (current !== null && !isThere(current)) goTo(null);
      const gone = [...marked].filter((id) => !isThere(id));
      if (gone.length > 0) unmark(gone);
    },
    /** The rows that an action started at this row applies to. */
    meantBy(id: number): readonly number[] {
      const { marked } = useMarks.getState();
      return marked.has(id) ? [...marked] : [id];
    },
    meant(): readonly number[] {
      const { marked, current } = useMarks.getState();
      if (marked.size > 0) return [...marked];
      return current === null ? [] : [current];
    },
  };
}
