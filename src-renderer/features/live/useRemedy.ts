import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '#kit/locale/locale.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { attempt, type Outcome } from '#link/attempt.ts';
import { currentBoard, untilShown, useBoard } from '#link/board.ts';
import { client } from '#link/client.ts';
import type { Remedy } from '#shared/remedies.ts';
import { unreachable } from '#shared/unreachable.ts';

function make(remedy: Remedy): Promise<Outcome<unknown>> {
  const { operator_id: id, source_id } = remedy;
  switch (remedy.kind) {
    case 'activate':
      return attempt((signal) => client.updateOperator.mutate({ id, patch: { is_active: true } }, { signal }));
    case 'raise_limit':
      return attempt((signal) =>
        client.updateOperator.mutate({ id, patch: { max_load: Math.max(remedy.to, currentBoard().operators[id]?.max_load ?? 0) } }, { signal }),
      );
    case 'give_weight':
      return attempt((signal) => client.setCompetence.mutate({ operator_id: id, source_id, weight: remedy.to }, { signal }));
    default:
      return unreachable(remedy);
  }
}

/** Label and action of a remedy: says how many contacts it brings to somebody, and applies the change at once, with undo in the toast. */
export function useRemedy(remedy: Remedy) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const teller = useNotify();
  const [busy, setBusy] = useState(false);
  const name = useBoard((board) => board.operators[remedy.operator_id]?.name ?? '');
  const numbers = 'to' in remedy ? { from: number(remedy.from), to: number(remedy.to) } : { from: '', to: '' };
  const apply = async () => {
    if (busy) return;
    setBusy(true);
    const outcome = await make(remedy);
    await untilShown(outcome);
    setBusy(false);
    teller.changed(outcome, t(`help.done.${remedy.kind}`, { name, ...numbers }), `remedy-${remedy.kind}-${remedy.operator_id}`);
  };
  const away = remedy.kind === 'activate' && remedy.reason ? ` (${t(`inactive.${remedy.reason}`)})` : '';
  const brings = ` · +${number(remedy.helps)}`;
  return { label: t(`help.${remedy.kind}`, { name, ...numbers }) + away + brings, apply: () => void apply(), busy };
}
