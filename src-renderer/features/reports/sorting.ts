import type { Cell, Table } from '#shared/contract/reports.ts';
import type { Sorting } from './address.ts';

/** Sorts the rows; empty values come last, equal rows keep the report's order. Pure. */
export function sorted({ columns, rows }: Table, sorting: Sorting | null, collator: Intl.Collator): readonly (readonly Cell[])[] {
  const at = columns.findIndex(({ key }) => key === sorting?.key);
  if (!sorting || at < 0) return rows;
  const compare = (a: Cell, b: Cell) => (typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b)));
  return rows.toSorted((one, other) => {
    const [a = null, b = null] = [one[at], other[at]];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sorting.descending ? compare(b, a) : compare(a, b);
  });
}
