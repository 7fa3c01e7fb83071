import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Contact } from '#shared/contract/entities.ts';
import { problemText } from '../../kit/problem-text.ts';
import { useFormats } from '../../kit/reading.ts';
import type { Failure, Outcome } from '../../link/attempt.ts';
import { useBoard } from '../../link/board.ts';
import { inUse, isFull } from '../../link/derive.ts';
import styles from './Decision.module.css';
import type { Card } from './store.ts';

/** Close it, put it back into the queue, or give it to somebody. */
export function Actions({ card, contact }: { card: Card; contact: Contact }) {
  const { t } = useTranslation();
  const { collator } = useFormats();
  const [problem, setProblem] = useState<Failure | null>(null);
  const busy = useStore(card.store, (state) => state.busy);
  const operators = useBoard((board) => board.operators);
  if (contact.status === 'closed') return null;
  const options = inUse(operators, collator)
    .filter((operator) => operator.id !== contact.operator_id)
    .map((operator) => ({ value: String(operator.id), label: `${operator.name} — ${operator.load} / ${operator.max_load}`, disabled: isFull(operator) }));
  // What came of it is on the card; a toast would lie over these very buttons.
  const run = async (call: Promise<Outcome<Contact>>) => {
    setProblem(null);
    const outcome = await call;
    if (!outcome.ok) setProblem(outcome.problem);
  };
  return (
    <footer className={styles.actions}>
      {problem && (
        <p role="alert" className={styles.problem}>
          {problemText(problem, t)}
        </p>
      )}
      <Select
        className={styles.reassign ?? ''}
        aria-label={t('decision.reassign')}
        placeholder={t('decision.reassign')}
        data={options}
        value={null}
        searchable
        limit={60}
        disabled={busy}
        nothingFoundMessage={t('decision.no_such_operator')}
        onChange={(value) => {
          if (value !== null) void run(card.move(Number(value)));
        }}
      />
      {contact.status === 'assigned' && (
        <Button variant="default" disabled={busy} onClick={() => void run(card.move(null))}>
          {t('decision.return')}
        </Button>
      )}
      <Button variant="default" disabled={busy} onClick={() => void run(card.close())}>
        {t('decision.close')}
      </Button>
    </footer>
  );
}
