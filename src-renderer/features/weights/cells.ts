/** Cells and headers of the grid, found from the elements that events occur in. */
import { currentBoard } from '#link/board.ts';
import { weightIn } from './draft.ts';
import type { Cell } from './grid.ts';
import { useWeights } from './store.ts';

/** The displayed weight of a cell: the edited one, or else the present one. */
export const weightOf = (cell: Cell): number | null => weightIn(currentBoard(), useWeights.getState().edits, cell);

/** The cell in which an event occurred. */
export function cellAt(target: EventTarget): Cell | null {
  const name = target instanceof Element ? target.closest<HTMLElement>('[data-cell]')?.dataset.cell : undefined;
  const [operator_id, source_id] = (name ?? '').split('-').map(Number);
  return operator_id && source_id ? { operator_id, source_id } : null;
}

/** The header in which an event occurred, as a cell of its row or column. */
export function headAt(target: EventTarget): { readonly what: 'rows' | 'columns'; readonly cell: Cell } | null {
  const head = target instanceof Element ? target.closest<HTMLElement>('[data-head]') : null;
  const [what, id] = (head?.dataset.head ?? '').split('-');
  const { operators, sources } = useWeights.getState().order;
  const [operator_id, source_id] = [what === 'row' ? Number(id) : operators[0], what === 'column' ? Number(id) : sources[0]];
  if (!head || operator_id === undefined || source_id === undefined) return null;
  return { what: what === 'row' ? 'rows' : 'columns', cell: { operator_id, source_id } };
}

/** The corner, which selects all cells. */
export const isAll = (target: EventTarget): boolean => target instanceof Element && target.closest('[data-all]') !== null;
/** The handle of the selection, which fills adjacent cells. */
export const isHandle = (target: EventTarget): boolean => target instanceof HTMLElement && target.dataset.handle !== undefined;
