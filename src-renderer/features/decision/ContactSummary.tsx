import { useTranslation } from 'react-i18next';
import type { Contact } from '#shared/contract/entities.ts';
import { Lasting } from '../../kit/Ago.tsx';
import { formatHandle } from '../../kit/format.ts';
import { openLead } from '../../kit/route.ts';
import styles from './Decision.module.css';

/** Who it is, where it is now, and what was said. */
export function ContactSummary({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const { lead } = contact;
  const handles = [lead.phone, lead.external_id, lead.email].filter((handle) => handle !== null).map(formatHandle);
  return (
    <div className={styles.summary}>
      <div>
        <button type="button" className={styles.lead} title={t('leads.lead', { id: lead.id })} onClick={() => openLead(lead.id)}>
          {lead.name ?? handles[0] ?? t('common.erased')}
        </button>
        <span className={styles.handles}>{(lead.name ? handles : handles.slice(1)).join(' · ')}</span>
      </div>
      <div className={styles.status} data-status={contact.status} data-testid="contact-status">
        {contact.status === 'assigned' && t('decision.held_by', { name: contact.operator?.name ?? '' })}
        {contact.status === 'closed' && t('decision.closed')}
        {contact.status === 'waiting' && (
          <>
            {t('decision.waits')} <Lasting since={Date.parse(contact.created_at)} />
          </>
        )}
      </div>
      {contact.message && <p className={styles.message}>{contact.message}</p>}
    </div>
  );
}
