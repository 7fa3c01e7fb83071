import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OperatorPatch } from '#shared/contract/entities.ts';
import type { Remedy } from '#shared/remedies.ts';
import { unreachable } from '#shared/unreachable.ts';
import { useFormats } from '../../kit/reading.ts';
import { useTeller } from '../../kit/tell.ts';
import { attempt, type Outcome } from '../../link/attempt.ts';
import { useBoard } from '../../link/board.ts';
import { client } from '../../link/client.ts';

/** Makes the change, or puts back what was there before it. */
function make(remedy: Remedy, back: boolean): Promise<Outcome<unknown>> {
  const { operator_id, source_id } = remedy;
  const save = (patch: OperatorPatch) => attempt((signal) => client.updateOperator.mutate({ id: operator_id, patch }, { signal }));
  switch (remedy.kind) {
    case 'activate':
      return save(back ? { is_active: false, inactive_reason: remedy.reason } : { is_active: true });
    case 'raise_limit':
      return save({ max_load: back ? remedy.from : remedy.to });
    case 'give_weight':
      return attempt((signal) => client.setCompetence.mutate({ operator_id, source_id, weight: back ? remedy.from : remedy.to }, { signal }));
    default:
      return unreachable(remedy);
  }
}

/** What the button says, and what it does: the change at once, and a way back in the toast. */
export function useRemedy(remedy: Remedy) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const teller = useTeller();
  const [busy, setBusy] = useState(false);
  const name = useBoard((board) => board.operators[remedy.operator_id]?.name ?? '');
  const numbers = 'to' in remedy ? { from: number(remedy.from), to: number(remedy.to) } : { from: '', to: '' };
  const apply = async () => {
    if (busy) return;
    setBusy(true);
    const outcome = await make(remedy, false);
    setBusy(false);
    if (teller.valueIn(outcome) === undefined) return;
    const undo = { label: t('common.undo'), run: () => void make(remedy, true).then((undone) => teller.valueIn(undone)) };
    teller.done(t(`help.done.${remedy.kind}`, { name, ...numbers }), undo, `remedy-${remedy.kind}-${remedy.operator_id}`);
  };
  const away = remedy.kind === 'activate' && remedy.reason ? ` (${t(`inactive.${remedy.reason}`)})` : '';
  return { label: t(`help.${remedy.kind}`, { name, ...numbers }) + away, apply: () => void apply(), busy };
}
