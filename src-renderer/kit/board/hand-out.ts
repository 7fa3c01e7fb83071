/** What happens to the contacts of an inactive operator. */
import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useText } from '#kit/locale/locale.ts';
import { type Action, useNotify } from '#kit/notices/useNotify.ts';
import { attempt } from '#link/attempt.ts';
import { currentBoard } from '#link/board.ts';
import { client } from '#link/client.ts';
import type { Left } from '#shared/contract/operators.ts';

/** Says how many contacts others took, how many wait and how many stayed; empty when there were none. */
export function leftText({ handed_over, waiting, kept }: Omit<Left, 'operator'>, t: TFunction): string {
  return [
    handed_over > 0 && t('operators.left_handed_over', { count: handed_over }),
    waiting > 0 && t('operators.left_waiting', { count: waiting }),
    kept > 0 && t('operators.left_kept', { count: kept }),
  ]
    .filter(Boolean)
    .join(', ');
}

/** The action of a notice about an operator who left and still holds `count` contacts: assigns them to others now, or queues them. Undefined without contacts. */
export function useHandOut(): (operator_id: number, count: number) => Action | undefined {
  const t = useText();
  const teller = useNotify();
  return useCallback(
    (operator_id, count) => {
      const run = async () => {
        const operator = currentBoard().operators[operator_id];
        if (!operator || operator.is_active) return teller.refused(t('operators.hand_out_active', { name: operator?.name ?? '' }));
        const { name, inactive_reason: reason } = operator;
        const outcome = await attempt((signal) => client.leaveOperator.mutate({ id: operator_id, reason, contacts: 'put_back' }, { signal }));
        const what = outcome.ok ? leftText(outcome.value, t) : '';
        teller.changed(outcome, what === '' ? t('live.now_off', { name }) : t('operators.handed_out', { name, what }));
      };
      return count === 0 ? undefined : { label: t('operators.hand_out', { count }), run: () => void run() };
    },
    [t, teller],
  );
}
