import { useMemo } from 'react';
import { useFormats } from '#kit/locale/locale.ts';
import { useCalmBoard } from '#link/board.ts';
import { inUse, takesRank } from '#link/derive.ts';
import type { BoardOperator } from '#shared/board.ts';

/** All operators that a contact may be reassigned to: first those who can take it now, last those off line. @param source_id of the contact; absent: any, or several */
export function useTakers(source_id?: number): BoardOperator[] {
  const { collator } = useFormats();
  const board = useCalmBoard();
  const { operators, weights } = board;
  return useMemo(() => {
    const rank = takesRank({ weights }, source_id);
    return inUse(operators, collator).sort((a, b) => rank(a) - rank(b));
  }, [operators, weights, collator, source_id]);
}
