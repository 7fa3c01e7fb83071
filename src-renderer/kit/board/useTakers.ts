import { useMemo, useState } from 'react';
import { useFormats } from '#kit/locale/locale.ts';
import { currentBoard, useCalmBoard } from '#link/board.ts';
import { inUse, takesRank } from '#link/derive.ts';
import type { BoardOperator } from '#shared/board.ts';

/**
 * All operators that a contact may be reassigned to: on line with most free slots first, those who serve the source before others; last those off line.
 * In the order of the moment when they were asked for, so that no row moves away from a click.
 * @param source_id of the contact; absent: any, or several
 */
export function useTakers(source_id?: number): BoardOperator[] {
  const { collator } = useFormats();
  const { operators } = useCalmBoard();
  const [opened] = useState(currentBoard);
  return useMemo(() => {
    const rank = takesRank(opened, source_id);
    const then = ({ id }: BoardOperator) => opened.operators[id];
    const place = (one: BoardOperator) => rank(then(one) ?? one);
    const free = (one: BoardOperator) => freeSlots(then(one) ?? one);
    return inUse(operators, collator).sort((a, b) => place(a) - place(b) || free(b) - free(a));
  }, [operators, opened, collator, source_id]);
}

const freeSlots = ({ is_active, load, max_load }: BoardOperator): number => (is_active ? Math.max(0, max_load - load) : 0);
