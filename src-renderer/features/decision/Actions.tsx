import { Button, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Contact } from '#shared/contract/entities.ts';
import { useFormats } from '../../kit/reading.ts';
import { useTeller } from '../../kit/tell.ts';
import { useBoard } from '../../link/board.ts';
import { inUse, isFull } from '../../link/derive.ts';
import styles from './Decision.module.css';
import type { Card } from './store.ts';

/** Close it, put it back into the queue, or give it to somebody. */
export function Actions({ card, contact }: { card: Card; contact: Contact }) {
  const { t } = useTranslation();
  const { collator } = useFormats();
  const teller = useTeller();
  const busy = useStore(card.store, (state) => state.busy);
  const operators = useBoard((board) => board.operators);
  if (contact.status === 'closed') return null;
  const options = inUse(operators, collator)
    .filter((operator) => operator.id !== contact.operator_id)
    .map((operator) => ({ value: String(operator.id), label: `${operator.name} — ${operator.load} / ${operator.max_load}`, disabled: isFull(operator) }));
  const move = async (operator_id: number | null) => {
    const moved = teller.valueIn(await card.move(operator_id));
    if (moved) teller.done(moved.operator ? t('decision.moved', { name: moved.operator.name }) : t('decision.moved_back'));
  };
  const close = async () => {
    if (teller.valueIn(await card.close())) teller.done(t('decision.now_closed', { id: contact.id }));
  };
  return (
    <footer className={styles.actions}>
      <Select
        className={styles.reassign ?? ''}
        aria-label={t('decision.reassign')}
        placeholder={t('decision.reassign')}
        data={options}
        value={null}
        searchable
        disabled={busy}
        nothingFoundMessage={t('decision.no_such_operator')}
        onChange={(value) => {
          if (value !== null) void move(Number(value));
        }}
      />
      {contact.status === 'assigned' && (
        <Button variant="default" disabled={busy} onClick={() => void move(null)}>
          {t('decision.return')}
        </Button>
      )}
      <Button variant="default" disabled={busy} onClick={() => void close()}>
        {t('decision.close')}
      </Button>
    </footer>
  );
}
