import { useMemo } from 'react';
import type { BoardOperator } from '#shared/board.ts';
import { useCalmBoard } from '../link/board.ts';
import { inUse, isFull } from '../link/derive.ts';
import { useFormats } from './reading.ts';

/** Who can take something now comes first, then who is not on line, then who is full. */
const rank = (operator: BoardOperator): number => (isFull(operator) ? 2 : operator.is_active ? 0 : 1);

/** Everybody a contact may be given to. */
export function useTakers(): BoardOperator[] {
  const { collator } = useFormats();
  const { operators } = useCalmBoard();
  return useMemo(() => inUse(operators, collator).sort((a, b) => rank(a) - rank(b)), [operators, collator]);
}
