import { Button, Textarea, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useClock } from '#kit/locale/clock.ts';
import { formatAgo, formatDuration, formatHandle } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { useConnection } from '#link/connection.ts';
import { act, type ContactDeed, type Unsent, useUnsentOf, withdraw } from '#link/outbox.ts';
import { fetchMessages } from '#link/own-page.ts';
import type { ContactMessage } from '#shared/contract/entities.ts';
import { CLOSING_NOTE_MAX, DECLINE_REASON_MAX, OUTCOME_MAX } from '#shared/contract/limits.ts';
import type { OwnContact } from '#shared/contract/own-page.ts';
import styles from './OperatorPage.module.css';

/** A contact that the operator holds. */
export function ContactCard({ contact }: { contact: OwnContact }) {
  const { t } = useFormats();
  const { id, lead, source, message, attributes, assigned_at, accept_by, accepted_at, cost } = contact;
  const [open, setOpen] = useState<'close' | 'decline' | null>(null);
  const unsent = useUnsentOf(id);
  const isDue = accept_by !== null && accepted_at === null;
  const name = lead.name ?? (formatHandle(lead.phone ?? lead.external_id ?? lead.email ?? '') || t('own.nameless'));
  const details = Object.entries(attributes);
  const does = (deed: ContactDeed) => {
    setOpen(null);
    act(deed);
  };
  return (
    <article className={styles.card} data-due={isDue || undefined} data-testid={`own-contact-${id}`} aria-label={name}>
      <header className={styles.cardHead}>
        <h2 className={styles.name}>{name}</h2>
        <span className={styles.quiet}>
          {source.name} · {t('own.number', { id })}
          {cost > 1 && ` · ${t('own.cost', { count: cost })}`}
          {assigned_at !== null && (
            <>
              {' · '}
              <Held since={Date.parse(assigned_at)} />
            </>
          )}
        </span>
      </header>
      <Handles lead={lead} />
      {message !== null && <p className={styles.message}>{message}</p>}
      <Further contact={contact} />
      {details.length > 0 && (
        <details className={styles.details}>
          <summary>{t('own.details', { count: details.length })}</summary>
          <dl>
            {details.map(([key, value]) => (
              <div key={key}>
                <dt>{key}</dt>
                <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      {isDue && <Due at={Date.parse(accept_by)} />}
      {unsent ? (
        <UnderWay unsent={unsent} />
      ) : (
        <div className={styles.actions}>
          {isDue && (
            <Button size="sm" aria-label={t('own.accept_of', { name })} onClick={() => does({ kind: 'accept', contact_id: id })}>
              {t('own.accept')}
            </Button>
          )}
          <Button
            size="sm"
            variant={isDue ? 'default' : 'filled'}
            aria-expanded={open === 'close'}
            aria-label={t('own.close_of', { name })}
            onClick={() => setOpen(open === 'close' ? null : 'close')}
          >
            {t('own.close')}
          </Button>
          <Button
            size="sm"
            variant="default"
            aria-expanded={open === 'decline'}
            aria-label={t('own.decline_of', { name })}
            onClick={() => setOpen(open === 'decline' ? null : 'decline')}
          >
            {t('own.decline')}
          </Button>
        </div>
      )}
      {open === 'close' && !unsent && <CloseForm onClose={(said) => does({ kind: 'close', contact_id: id, ...said })} />}
      {open === 'decline' && !unsent && <DeclineForm onDecline={(said) => does({ kind: 'decline', contact_id: id, ...said })} />}
    </article>
  );
}

/** How long the operator has had it. */
function Held({ since }: { since: number }) {
  const { t } = useFormats();
  return useClock((now) => t('own.held', { time: formatAgo(now - since, t) }));
}

/** How much time there is to accept it. */
function Due({ at }: { at: number }) {
  const { t } = useFormats();
  const text = useClock((now) => (now < at ? t('own.accept_within', { time: formatDuration(at - now, t) }) : t('own.accept_over')));
  return <p className={styles.due}>{text}</p>;
}

/** What the lead can be reached by. */
function Handles({ lead: { phone, email, external_id } }: Pick<OwnContact, 'lead'>) {
  if (phone === null && email === null && external_id === null) return null;
  return (
    <p className={styles.handles}>
      {phone !== null && <a href={`tel:${phone}`}>{formatHandle(phone)}</a>}
      {email !== null && <a href={`mailto:${email}`}>{email}</a>}
      {external_id !== null && <span className={styles.quiet}>ID {external_id}</span>}
    </p>
  );
}

/** Further messages of the lead, loaded when there are some. */
function Further({ contact: { id, messages } }: { contact: OwnContact }) {
  const { t, clock } = useFormats();
  const isUp = useConnection((state) => state.is_up);
  const [loaded, setLoaded] = useState<readonly ContactMessage[]>([]);
  useEffect(() => {
    let isWanted = messages > loaded.length && isUp;
    if (isWanted) void fetchMessages(id).then((outcome) => isWanted && outcome.ok && setLoaded(outcome.value.items));
    return () => {
      isWanted = false;
    };
  }, [id, messages, isUp, loaded.length]);
  if (messages === 0) return null;
  return (
    <ol className={styles.further} aria-label={t('own.further', { count: messages })}>
      {loaded.map((one) => (
        <li key={one.id}>
          <span className={styles.quiet}>{clock(Date.parse(one.created_at))}</span> {one.message ?? t('own.no_text')}
        </li>
      ))}
    </ol>
  );
}

/** What has been done and is not confirmed yet. It can be withdrawn until it is sent. */
function UnderWay({ unsent: { nth, deed } }: { unsent: Unsent<ContactDeed> }) {
  const { t } = useFormats();
  const isUp = useConnection((state) => state.is_up);
  return (
    <div role="status" className={styles.underWay}>
      <span>{t(`own.${isUp ? 'doing' : 'will'}.${deed.kind}`)}</span>
      {!isUp && (
        <button type="button" className={styles.textButton} onClick={() => withdraw(nth)}>
          {t('own.withdraw')}
        </button>
      )}
    </div>
  );
}

function CloseForm({ onClose }: { onClose: (said: { outcome?: string; note?: string }) => void }) {
  const { t } = useFormats();
  const [outcome, setOutcome] = useState('');
  const [note, setNote] = useState('');
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onClose({ ...(outcome.trim() && { outcome: outcome.trim() }), ...(note.trim() && { note: note.trim() }) });
      }}
    >
      <TextInput
        size="sm"
        label={t('own.outcome')}
        placeholder={t('own.outcome_example')}
        maxLength={OUTCOME_MAX}
        value={outcome}
        onChange={(event) => setOutcome(event.currentTarget.value)}
      />
      <Textarea
        size="sm"
        label={t('own.note')}
        autosize
        minRows={2}
        maxLength={CLOSING_NOTE_MAX}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <div>
        <Button size="sm" type="submit">
          {t('own.close_now')}
        </Button>
      </div>
    </form>
  );
}

function DeclineForm({ onDecline }: { onDecline: (said: { reason?: string }) => void }) {
  const { t } = useFormats();
  const [reason, setReason] = useState('');
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onDecline(reason.trim() ? { reason: reason.trim() } : {});
      }}
    >
      <TextInput
        size="sm"
        label={t('own.decline_why')}
        maxLength={DECLINE_REASON_MAX}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <p className={styles.quiet}>{t('own.decline_means')}</p>
      <div>
        <Button size="sm" type="submit">
          {t('own.decline_now')}
        </Button>
      </div>
    </form>
  );
}
