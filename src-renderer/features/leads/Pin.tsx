import { Select } from '@mantine/core';
import { useId } from 'react';
import { useStore } from 'zustand';
import { useFormats } from '#kit/locale/locale.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { useProblem } from '#kit/notices/useProblem.ts';
import { useBoard } from '#link/board.ts';
import { inUse } from '#link/derive.ts';
import { useMay } from '#link/info.ts';
import type { LeadDetail } from '#shared/contract/entities.ts';
import styles from './Leads.module.css';
import type { Card } from './store.ts';

const NOBODY = '';

/** The operator whom the lead is pinned to, for sources whose rule sends contacts to the lead's own operator. */
export function Pin({ card, lead }: { card: Card; lead: LeadDetail }) {
  const { t, collator } = useFormats();
  const notify = useNotify();
  const { problem, setProblem, sayFailure } = useProblem();
  const { busy } = useStore(card.store);
  const mayPin = useMay('supervisor');
  const helpId = useId();
  const operators = useBoard((board) => board.operators);
  const isAsked = useBoard((board) => Object.values(board.rules).some(({ owner }) => owner.mode !== 'off'));
  const pinned = lead.pinned_operator_id;
  if (!isAsked && pinned === null) return null;
  const choose = async (value: string | null) => {
    setProblem(null);
    const outcome = await card.pin(value === null ? null : Number(value));
    if (!outcome.ok) return sayFailure(outcome.problem);
    const name = t('leads.lead', { id: lead.id });
    notify.changed(
      outcome,
      value === null ? t('leads.now_unpinned', { lead: name }) : t('leads.now_pinned', { lead: name, name: operators[Number(value)]?.name }),
    );
  };
  const known = inUse(operators, collator).map(({ id, name }) => ({ value: String(id), label: name }));
  const former = pinned !== null && operators[pinned]?.is_archived ? [{ value: String(pinned), label: operators[pinned].name, disabled: true }] : [];
  return (
    <div className={styles.pin}>
      <Select
        label={t('leads.pinned')}
        aria-describedby={helpId}
        searchable
        allowDeselect={false}
        disabled={busy || !mayPin}
        data={[{ value: NOBODY, label: t('leads.pinned_nobody') }, ...known, ...former]}
        value={pinned === null ? NOBODY : String(pinned)}
        onChange={(value) => void choose(value === NOBODY ? null : value)}
        error={problem}
        comboboxProps={{ transitionProps: { duration: 0 } }}
      />
      <span id={helpId} className={styles.help}>
        {t('leads.pinned_help')}
      </span>
    </div>
  );
}
