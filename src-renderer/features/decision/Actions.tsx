import { Button, Kbd } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { OperatorPicker } from '#kit/board/OperatorPicker.tsx';
import { problemText } from '#kit/notices/problem-text.ts';
import type { Failure, Outcome } from '#link/attempt.ts';
import type { Contact } from '#shared/contract/entities.ts';
import styles from './Decision.module.css';
import type { Card } from './store.ts';

const ARMED_MS = 4_000;

interface ActionsProps {
  readonly card: Card;
  readonly contact: Contact;
  /** the operator picker is open over the card */
  readonly picking: boolean;
  readonly onPicking: (picking: boolean) => void;
}

/** Actions of the card: close, put back into the queue, reassign, and undo of the latest. */
export function Actions({ card, contact, picking, onPicking }: ActionsProps) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<Failure | null>(null);
  const [armed, setArmed] = useState(false);
  const { busy, moved } = useStore(card.store);
  useEffect(() => {
    if (!armed) return;
    const timer = setTimeout(() => setArmed(false), ARMED_MS);
    return () => clearTimeout(timer);
  }, [armed]);
  if (contact.status === 'closed') return null;
  // The card shows the outcome; a toast would cover these buttons.
  const run = async (call: Promise<Outcome<unknown>>) => {
    setProblem(null);
    const outcome = await call;
    if (!outcome.ok) setProblem(outcome.problem);
  };
  /** Closing cannot be undone, so it takes two clicks. */
  const close = () => {
    setArmed(!armed);
    if (armed) void run(card.close());
  };
  const key = (name: string) => <Kbd size="xs">{name}</Kbd>;
  return (
    <footer className={styles.actions}>
      {problem && (
        <p role="alert" className={styles.problem}>
          {problemText(problem, t)}
        </p>
      )}
      <Button variant="default" disabled={busy} data-reassign="" rightSection={key('R')} onClick={() => onPicking(true)}>
        {t('contacts.reassign')}
      </Button>
      {contact.status === 'assigned' && (
        <Button variant="default" disabled={busy} data-put-back="" rightSection={key('B')} onClick={() => void run(card.move(null))}>
          {t('decision.return')}
        </Button>
      )}
      {moved && (
        <Button variant="default" disabled={busy} data-undo="" className={styles.undo ?? ''} rightSection={key('U')} onClick={() => void run(card.takeBack())}>
          {t('decision.undo_moved')}
        </Button>
      )}
      <Button
        variant="default"
        disabled={busy}
        data-close=""
        rightSection={key('C')}
        data-armed={armed || undefined}
        className={styles.close ?? ''}
        onClick={close}
        onBlur={() => setArmed(false)}
      >
        {armed ? t('contacts.close_sure') : t('decision.close')}
      </Button>
      {picking && (
        <OperatorPicker
          title={t('contacts.reassign_title', { count: 1 })}
          count={1}
          source_id={contact.source_id}
          onClose={() => onPicking(false)}
          onPick={(operator_id) => {
            onPicking(false);
            void run(card.move(operator_id));
          }}
        />
      )}
    </footer>
  );
}
