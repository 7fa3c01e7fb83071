import { useCallback } from 'react';
import { useHandOut } from '#kit/board/hand-out.ts';
import { useText } from '#kit/locale/locale.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { currentBoard } from '#link/board.ts';
import { setActive } from './store.ts';

/** Switches an operator without confirmation, reports what happens to the contacts, and offers undo and, to one who leaves, to hand them out. */
export function useToggle(): (operator_id: number, on: boolean) => void {
  const t = useText();
  const teller = useNotify();
  const handOut = useHandOut();
  return useCallback(
    (operator_id, on) => {
      const operator = currentBoard().operators[operator_id];
      if (!operator) return;
      const { name, held } = operator;
      const message = on ? t('live.now_on', { name }) : held === 0 ? t('live.now_off', { name }) : t('live.now_off_holding', { name, count: held });
      void setActive(operator_id, on).then((outcome) => teller.changed(outcome, message, `active-${operator_id}`, on ? undefined : handOut(operator_id, held)));
    },
    [t, teller, handOut],
  );
}
