import { useMemo } from 'react';
import { useFormats } from '#kit/locale/locale.ts';
import { useCalmBoard } from '#link/board.ts';
import { inUse, isFull } from '#link/derive.ts';
import type { BoardOperator } from '#shared/board.ts';

/** Sorts operators who can take contacts now first, then those off line, then full ones. */
const rank = (operator: BoardOperator): number => (isFull(operator) ? 2 : operator.is_active ? 0 : 1);

/** All operators that a contact may be reassigned to. */
export function useTakers(): BoardOperator[] {
  const { collator } = useFormats();
  const { operators } = useCalmBoard();
  return useMemo(() => inUse(operators, collator).sort((a, b) => rank(a) - rank(b)), [operators, collator]);
}
