import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { SkeletonLines } from '#kit/layout/Skeleton.tsx';
import { useClock } from '#kit/locale/clock.ts';
import { formatMoment } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { openContact } from '#kit/navigation/route.ts';
import { readingText } from '#kit/notices/problem-text.ts';
import { useBoard } from '#link/board.ts';
import { Actions, type Asked, isUnaccepted } from './Actions.tsx';
import { ContactSummary } from './ContactSummary.tsx';
import styles from './Decision.module.css';
import { DecisionView } from './DecisionView.tsx';
import { History } from './History.tsx';
import { createCard } from './store.ts';

/** Why a contact is where it is, and what can be done with it. */
export function DecisionCard({ contact_id }: { contact_id: number }) {
  const { t } = useTranslation();
  const { language, zone } = useFormats();
  const [card] = useState(() => createCard(contact_id));
  useEffect(() => card.open(), [card]);
  const { contact, answer, failure } = useStore(card.store);
  const [picked, pick] = useState<number | null>(null);
  const [asked, ask] = useState<Asked>(null);
  const nth = answer ? answer.history.findIndex((item) => item.id === picked) : -1;
  const decision = answer?.history.at(nth);
  const before = decision && answer?.history[answer.history.indexOf(decision) - 1];
  const source = useBoard((board) => (contact ? board.sources[contact.source_id]?.name : undefined));
  const came = useClock((now) => (contact ? formatMoment(Date.parse(contact.created_at), now, language, zone) : null));
  const title = [t('decision.contact', { id: contact_id }), source, came].filter(Boolean).join(' · ');
  return (
    <Modal
      opened
      onClose={() => (asked === 'reason' && isUnaccepted(contact) ? ask(null) : openContact(null))}
      closeOnEscape={asked !== 'operator'}
      trapFocus={asked !== 'operator'}
      title={title}
      size={880}
      closeButtonProps={{ 'aria-label': t('common.close'), onClick: () => openContact(null) }}
      data-testid="decision-card"
    >
      {failure && <p role="alert">{readingText(failure, t)}</p>}
      {!answer && !failure && <SkeletonLines />}
      {contact && answer && decision && (
        <div className={styles.card}>
          <ContactSummary card={card} contact={contact} latest={answer.history.at(-1)} closes_at={answer.closes_at} />
          {(answer.history.length > 1 || contact.closed_at !== null) && (
            <History history={answer.history} closed_at={contact.closed_at} shown={decision.id} onPick={pick} />
          )}
          <DecisionView key={decision.id} decision={decision} before={before} contact={contact} heading={title} />
          <Actions card={card} contact={contact} asked={asked} onAsk={ask} />
        </div>
      )}
    </Modal>
  );
}
