import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { SkeletonLines } from '#kit/layout/Skeleton.tsx';
import { useClock } from '#kit/locale/clock.ts';
import { formatMoment } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { openLead } from '#kit/navigation/route.ts';
import { readingText } from '#kit/notices/problem-text.ts';
import { useBoard } from '#link/board.ts';
import type { LeadDetail } from '#shared/contract/entities.ts';
import { Contacts } from './Contacts.tsx';
import { Identifiers } from './Identifiers.tsx';
import styles from './Leads.module.css';
import { Merges } from './Merges.tsx';
import { PersonalData } from './PersonalData.tsx';
import { Pin } from './Pin.tsx';
import { SuggestedOfLead } from './SuggestedMerges.tsx';
import { createCard } from './store.ts';

/** A merge in force made this lead part of that one. */
const mergedInto = (lead: LeadDetail): number | null =>
  lead.merges.find(({ merged_id, undone_at }) => merged_id === lead.id && undone_at === null)?.survivor_id ?? null;

/** Everything about one lead. @param isCovered another card is open over it and has the focus */
export function LeadCard({ lead_id, isCovered }: { lead_id: number; isCovered: boolean }) {
  const { t } = useTranslation();
  const { language, zone } = useFormats();
  const [card] = useState(() => createCard(lead_id));
  useEffect(() => card.open(), [card]);
  const { lead, failure } = useStore(card.store);
  const since = useClock((now) => (lead ? formatMoment(Date.parse(lead.created_at), now, language, zone) : ''));
  const operator = useBoard((board) => (lead?.operator_id == null ? null : (board.operators[lead.operator_id]?.name ?? null)));
  const survivor = lead && mergedInto(lead);
  const isErased = lead !== null && survivor === null && lead.identifiers.length === 0;
  const name = lead?.name ?? (isErased ? t('common.erased') : null);
  const title = [t('leads.lead', { id: lead_id }), name].filter(Boolean).join(' · ');
  return (
    <Modal
      opened
      onClose={() => openLead(null)}
      closeOnEscape={!isCovered}
      trapFocus={!isCovered}
      title={title}
      size={880}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      data-testid="lead-card"
    >
      {failure && <p role="alert">{readingText(failure, t)}</p>}
      {!lead && !failure && <SkeletonLines />}
      {lead && (
        <div className={styles.lead}>
          <p className={styles.since}>
            {t('leads.since', { time: since })}
            {operator !== null && ` · ${t('leads.latest_operator', { name: operator })}`}
          </p>
          {survivor !== null && (
            <p className={styles.note}>
              {t('leads.is_part')}{' '}
              <button type="button" className={styles.link} onClick={() => openLead(survivor)}>
                {t('leads.lead', { id: survivor })}
              </button>
            </p>
          )}
          {isErased && <p className={styles.note}>{t('leads.is_erased')}</p>}
          {survivor === null && !isErased && <Pin card={card} lead={lead} />}
          <SuggestedOfLead lead_id={lead_id} />
          {lead.identifiers.length > 0 && <Identifiers card={card} identifiers={lead.identifiers} />}
          <Contacts contacts={lead.contacts} handle={lead.phone ?? lead.external_id ?? lead.email} />
          {lead.merges.length > 0 && <Merges card={card} lead_id={lead_id} merges={lead.merges} />}
          {survivor === null && <PersonalData card={card} lead_id={lead_id} isErased={isErased} />}
        </div>
      )}
    </Modal>
  );
}
