import { useTranslation } from 'react-i18next';
import { AcceptBy } from '#kit/board/AcceptBy.tsx';
import { reasonText } from '#kit/board/reason-text.ts';
import { useNextChange } from '#kit/board/useNextChange.ts';
import { Waited } from '#kit/board/Waited.tsx';
import { Scrollable } from '#kit/layout/Scrollable.tsx';
import { useClock } from '#kit/locale/clock.ts';
import { formatHandle, formatMoment } from '#kit/locale/format.ts';
import { useFormats, useText } from '#kit/locale/locale.ts';
import { openLead } from '#kit/navigation/route.ts';
import { useBoard } from '#link/board.ts';
import { type Contact, type Decision, identifierKinds } from '#shared/contract/entities.ts';
import styles from './Decision.module.css';
import { changeText } from './explain.ts';
import { Messages } from './Messages.tsx';
import type { Card } from './store.ts';

interface SummaryProps {
  readonly card: Card;
  readonly contact: Contact;
  readonly latest: Decision | undefined;
  /** when it is closed by itself */
  readonly closes_at: string | null;
}

/** The contact's lead, current state and messages. */
export function ContactSummary({ card, contact, latest, closes_at }: SummaryProps) {
  const { t } = useTranslation();
  const { lead } = contact;
  const handles = [lead.phone, lead.external_id, lead.email].filter((handle) => handle !== null).map(formatHandle);
  const who = lead.name ?? handles[0] ?? t('common.erased');
  return (
    <div className={styles.summary}>
      <div className={styles.who}>
        <button type="button" className={styles.lead} title={`${t('leads.lead', { id: lead.id })} · ${who}`} onClick={() => openLead(lead.id)}>
          <bdi>{who}</bdi>
        </button>
        {(lead.name ? handles : handles.slice(1)).map((handle) => (
          <bdi key={handle} className={styles.handle} title={handle}>
            {handle}
          </bdi>
        ))}
      </div>
      <div className={styles.status} data-status={contact.status} data-testid="contact-status">
        {contact.status === 'assigned' && <Held contact={contact} closes_at={closes_at} />}
        {contact.status === 'closed' && t('decision.closed')}
        {contact.outcome && (
          <span className={styles.reason}>
            <bdi>{contact.outcome}</bdi>
          </span>
        )}
        {contact.status === 'waiting' && (
          <>
            {t('decision.waits')} <Waited since={Date.parse(contact.created_at)} />
            <Waiting contact={contact} latest={latest} />
          </>
        )}
      </div>
      {contact.message && (
        <Scrollable label={t('contacts.message')} className={styles.message}>
          <bdi>{contact.message}</bdi>
        </Scrollable>
      )}
      {contact.note && (
        <Scrollable label={t('decision.note')} className={styles.message}>
          {t('decision.note')}: <bdi>{contact.note}</bdi>
        </Scrollable>
      )}
      <Attributes contact={contact} />
      {contact.messages > 0 && <Messages card={card} contact={contact} />}
    </div>
  );
}

/** Who has the contact, and until when it is to be accepted. */
function Held({ contact: { operator, accept_by, accepted_at }, closes_at }: Pick<SummaryProps, 'contact' | 'closes_at'>) {
  const { t, clock, language, zone } = useFormats();
  const closing = useClock((now) => (closes_at === null ? '' : formatMoment(Date.parse(closes_at), now, language, zone)));
  return (
    <>
      {t('decision.held_by', { name: operator?.name ?? '' })}
      {accepted_at !== null && <span className={styles.reason}>{t('decision.accepted_at', { time: clock(Date.parse(accepted_at)) })}</span>}
      {accepted_at === null && accept_by !== null && (
        <span className={styles.reason}>
          {t('decision.accept_by', { time: clock(Date.parse(accept_by)) })} <AcceptBy at={Date.parse(accept_by)} />
        </span>
      )}
      {closing !== '' && <span className={styles.reason}>{t('decision.closes_at', { time: closing })}</span>}
    </>
  );
}

/** What the contact waits for, and when that can change by itself. */
function Waiting({ contact, latest }: { contact: Contact; latest: Decision | undefined }) {
  const t = useText();
  const { waiting_reason, next_at } = contact;
  const next = useNextChange(useBoard(({ queue }) => queue.find(({ contact_id }) => contact_id === contact.id)));
  const change = useClock((now) => (next_at === null || Date.parse(next_at) <= now ? '' : changeText(latest, next_at, Date.parse(next_at) - now, t)));
  const words = [waiting_reason && reasonText(waiting_reason, contact.cost, t), next || change].filter(Boolean).join('; ');
  return words === '' ? null : <span className={styles.reason}>{words}</span>;
}

/** Other data from the bot, as received, including identifiers that could not be normalised. */
function Attributes({ contact: { attributes, warnings } }: { contact: Contact }) {
  const { t } = useTranslation();
  const entries = Object.entries(attributes);
  if (entries.length === 0) return null;
  const isUnusable = (key: string) => warnings.some((warning) => warning.startsWith(`${key} could not be normalised`)); // engine/contacts/submit-contact.ts writes it
  const kindOf = (key: string) => identifierKinds.find((kind) => kind === key);
  return (
    <Scrollable label={t('decision.attributes')} className={styles.attributes}>
      <dl>
        {entries.map(([key, value]) => {
          const kind = isUnusable(key) ? kindOf(key) : undefined;
          return (
            <div key={key} data-unusable={kind && ''}>
              <dt>{kind ? t('decision.unusable', { kind: t(`leads.kind.${kind}`) }) : <bdi>{key}</bdi>}</dt>
              <dd>
                <bdi>{typeof value === 'string' ? value : JSON.stringify(value)}</bdi>
              </dd>
            </div>
          );
        })}
      </dl>
    </Scrollable>
  );
}
