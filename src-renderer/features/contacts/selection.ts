/** The contacts that the next action applies to. */
import { createMarks } from '#kit/table/marks.ts';

const { keepOnly, ...marks } = createMarks();
export const { useMarks, mark, markAll, clearMarks, unmark, goTo, meantBy, meant } = marks;

/**
 * Drops rows that have left the list. Rows beyond the loaded ones are kept, since nothing is known of them.
 * @param ids all loaded rows, in ascending or descending order of id
 */
export function stayAmong(ids: readonly number[]): void {
  const shown = new Set(ids);
  const [low = 0, high = 0] = [ids[0], ids.at(-1)].toSorted((a = 0, b = 0) => a - b);
  const isBeyond = (id: number) => ids.length > 0 && (id < low || id > high);
  const { current } = useMarks.getState();
  if (current !== null && !shown.has(current)) goTo(null);
  keepOnly((id) => shown.has(id) || isBeyond(id));
}
