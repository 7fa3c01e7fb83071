import { Button, Kbd } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { OperatorPicker } from '#kit/board/OperatorPicker.tsx';
import { problemText } from '#kit/notices/problem-text.ts';
import type { Failure, Outcome } from '#link/attempt.ts';
import type { Contact } from '#shared/contract/entities.ts';
import styles from './Decision.module.css';
import { Decline } from './Decline.tsx';
import type { Card } from './store.ts';

const ARMED_MS = 4_000;

/** What is asked for before an action: an operator, in a picker over the card, or the reason for declining. */
export type Asked = 'operator' | 'reason' | null;

/** Whether its operator has not accepted the contact yet, and must. */
export const isUnaccepted = (contact: Contact | null): boolean => contact !== null && contact.accept_by !== null && contact.accepted_at === null;

interface ActionsProps {
  readonly card: Card;
  readonly contact: Contact;
  readonly asked: Asked;
  readonly onAsk: (asked: Asked) => void;
}

/** Actions of the card: accept and decline for the operator who has not answered, close, put back into the queue, reassign, and undo of the latest. */
export function Actions({ card, contact, asked, onAsk }: ActionsProps) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<Failure | null>(null);
  const [armed, setArmed] = useState(false);
  const { busy, moved, answer } = useStore(card.store);
  useEffect(() => {
    if (!armed) return;
    const timer = setTimeout(() => setArmed(false), ARMED_MS);
    return () => clearTimeout(timer);
  }, [armed]);
  const isClosedByRule = contact.status === 'closed' && answer?.kind === 'closed_by_rule';
  if (contact.status === 'closed' && !isClosedByRule) return null;
  // The card shows the outcome; a toast would cover these buttons.
  const run = async (call: Promise<Outcome<unknown>>) => {
    setProblem(null);
    const outcome = await call;
    if (!outcome.ok) setProblem(outcome.problem);
    return outcome.ok;
  };
  /** Closing cannot be undone, so it takes two clicks. */
  const close = () => {
    setArmed(!armed);
    if (armed) void run(card.close());
  };
  const key = (name: string) => <Kbd size="xs">{name}</Kbd>;
  const refusal = problem && (
    <p role="alert" className={styles.problem}>
      {problemText(problem, t)}
    </p>
  );
  if (isClosedByRule)
    return (
      <footer className={styles.actions} data-needs="supervisor">
        {refusal}
        <Button variant="default" disabled={busy} onClick={() => void run(card.reopen())}>
          {t('decision.reopen')}
        </Button>
      </footer>
    );
  return (
    <footer className={styles.actions} data-needs="supervisor">
      {refusal}
      {isUnaccepted(contact) && asked === 'reason' && (
        <Decline onCancel={() => onAsk(null)} onDecline={(reason) => void run(card.decline(reason)).then((isDone) => isDone && onAsk(null))} />
      )}
      {isUnaccepted(contact) && asked !== 'reason' && (
        <>
          <Button disabled={busy} data-accept="" rightSection={key('Y')} onClick={() => void run(card.accept())}>
            {t('decision.accept')}
          </Button>
          <Button variant="default" disabled={busy} data-decline="" rightSection={key('N')} onClick={() => onAsk('reason')}>
            {t('decision.decline')}
          </Button>
        </>
      )}
      <Button variant="default" disabled={busy} data-reassign="" rightSection={key('R')} onClick={() => onAsk('operator')}>
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
      {asked === 'operator' && (
        <OperatorPicker
          title={t('contacts.reassign_title', { count: 1 })}
          count={1}
          source_id={contact.source_id}
          onClose={() => onAsk(null)}
          onPick={(operator_id) => {
            onAsk(null);
            void run(card.move(operator_id));
          }}
        />
      )}
    </footer>
  );
}
