import { assignedOn, type Board } from '#shared/board.ts';
import { useDay, useFormats } from '../../kit/reading.ts';
import { useBoard } from '../../link/board.ts';

const totals = new WeakMap<Board['operators'], { day: string; total: number }>();

/** Summed once for a board, not once for each row. */
function totalOn(operators: Board['operators'], day: string): number {
  let known = totals.get(operators);
  if (known?.day !== day) {
    known = { day, total: Object.values(operators).reduce((sum, operator) => sum + assignedOn(operator, day), 0) };
    totals.set(operators, known);
  }
  return known.total;
}

/** The operator's part of today's assignments. */
export function ShareToday({ assigned }: { assigned: number }) {
  const { percent } = useFormats();
  const day = useDay();
  return useBoard((board) => (assigned === 0 ? '–' : percent(assigned / totalOn(board.operators, day))));
}
