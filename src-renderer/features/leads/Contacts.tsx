import { useTranslation } from 'react-i18next';
import { useClock } from '#kit/locale/clock.ts';
import { formatMoment } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { contactsLink } from '#kit/navigation/list-filters.ts';
import { openContact } from '#kit/navigation/route.ts';
import table from '#kit/table/table.module.css';
import { useBoard } from '#link/board.ts';
import { type Contact, LEAD_CONTACTS_MAX } from '#shared/contract/entities.ts';
import styles from './Leads.module.css';

/** The lead's contacts, newest first. @param handle search term that finds all of them in the list of contacts */
export function Contacts({ contacts, handle }: { contacts: readonly Contact[]; handle: string | null }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const isAll = contacts.length < LEAD_CONTACTS_MAX;
  return (
    <section>
      <h3>
        {isAll ? `${t('contacts.title')} (${number(contacts.length)})` : t('leads.latest_contacts', { n: number(contacts.length) })}
        {!isAll && handle !== null && (
          <a className={styles.all} href={contactsLink({ text: handle })}>
            {t('leads.all_contacts')}
          </a>
        )}
      </h3>
      {contacts.length > 0 && (
        <div className={styles.contacts}>
          <table className={table.table}>
            <colgroup>
              <col className={styles['col-time']} />
              <col className={styles['col-state']} />
              <col className={styles['col-source']} />
              <col />
              <col className={styles['col-open']} />
            </colgroup>
            <thead className="sr-only">
              <tr>
                <th scope="col">{t('contacts.time')}</th>
                <th scope="col">{t('contacts.state_title')}</th>
                <th scope="col">{t('live.source')}</th>
                <th scope="col">{t('contacts.message')}</th>
                <th scope="col">{t('common.why')}</th>
              </tr>
            </thead>
            <tbody>
              {contacts.map((contact) => (
                <ContactOfLead key={contact.id} contact={contact} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function ContactOfLead({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const { language, zone } = useFormats();
  const { id, status, message, messages, created_at, operator } = contact;
  const source = useBoard((board) => board.sources[contact.source_id]?.name ?? '');
  const moment = useClock((now) => formatMoment(Date.parse(created_at), now, language, zone));
  const state = [status === 'assigned' ? '' : t(`contacts.state.${status}`), operator?.name].filter(Boolean).join(' · ');
  return (
    <tr>
      <td className={table.dim}>{moment}</td>
      <td title={state}>{state}</td>
      <td title={source}>{source}</td>
      <td className={table.dim} title={message ?? undefined}>
        {messages > 0 && <b className={styles.more}>{t('leads.and_messages', { count: messages })}</b>} {message}
      </td>
      <td className={table.number}>
        <button type="button" className={table.link} aria-label={t('contacts.open', { id })} onClick={() => openContact(id)}>
          {t('common.why')}
        </button>
      </td>
    </tr>
  );
}
