import { Button } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { chooseLanguage } from '#kit/locale/choose-language.ts';
import { useClock } from '#kit/locale/clock.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { problemText } from '#kit/notices/problem-text.ts';
import { UnencryptedMark } from '#kit/notices/UnencryptedMark.tsx';
import { useCondition } from '#link/condition.ts';
import { useConnection } from '#link/connection.ts';
import { dismiss, useOutbox } from '#link/outbox.ts';
import { followOwn, useOwn } from '#link/own-page.ts';
import { usePage } from '#link/page.ts';
import { currentSession, sessionEnded } from '#link/session.ts';
import { endSession } from '#link/sessions.ts';
import type { OwnDesk } from '#shared/contract/own-page.ts';
import { languages } from '../languages/index.ts';
import { ContactCard } from './ContactCard.tsx';
import { Figures } from './Figures.tsx';
import styles from './OperatorPage.module.css';
import { Presence } from './Presence.tsx';
import { NotifyButton, useArrivals } from './useArrivals.tsx';

/** What an operator holds, with what can be done about it; nothing of others. */
export function OperatorPage() {
  const { t } = useFormats();
  const desk = useOwn((state) => state.desk);
  useEffect(followOwn, []);
  if (desk === undefined)
    return (
      <Page>
        <p className={styles.empty} aria-busy="true">
          {t('own.connecting')}
        </p>
      </Page>
    );
  if (desk === null || desk.operator.is_archived)
    return (
      <Page>
        <p className={styles.empty}>{t('own.archived')}</p>
      </Page>
    );
  return <Desk desk={desk} />;
}

function Desk({ desk }: { desk: OwnDesk }) {
  const { t } = useFormats();
  const { operator, contacts, held } = desk;
  useArrivals(desk);
  const sorted = contacts.toSorted((a, b) => Number(!isDue(a)) - Number(!isDue(b)));
  return (
    <Page name={operator.name}>
      <Presence operator={operator} held={held} />
      <Refusals />
      <section className={styles.list} aria-label={t('own.contacts')}>
        {sorted.map((contact) => (
          <ContactCard key={contact.id} contact={contact} />
        ))}
        {contacts.length === 0 && <p className={styles.empty}>{t(operator.is_active ? 'own.none' : 'own.none_away')}</p>}
        {held > contacts.length && <p className={styles.quiet}>{t('own.more', { count: held - contacts.length })}</p>}
      </section>
      <Figures />
    </Page>
  );
}

/** Whether the contact must still be accepted. */
const isDue = ({ accept_by, accepted_at }: OwnDesk['contacts'][number]): boolean => accept_by !== null && accepted_at === null;

function Page({ name, children }: { name?: string; children: ReactNode }) {
  const { t, language } = useFormats();
  const other = language === 'ru' ? 'en' : 'ru';
  const leave = () => {
    const session = currentSession();
    if (!session) return;
    void endSession(session.id).then((outcome) => outcome.ok && sessionEnded(session.id));
  };
  return (
    <div className={styles.page}>
      <LinkState />
      <main className={styles.main}>
        <h1 className={styles.title}>{name ?? t('own.title')}</h1>
        {children}
      </main>
      <footer className={styles.footer}>
        <NotifyButton />
        <Button variant="subtle" size="xs" lang={other} onClick={() => chooseLanguage(languages, other)}>
          {t('frame.other_language')}
        </Button>
        <Button variant="subtle" size="xs" onClick={leave}>
          {t('own.sign_out')}
        </Button>
        <UnencryptedMark className={styles.quiet} />
      </footer>
    </div>
  );
}

/** What is wrong with the link, or with the host; nothing while all is well. */
function LinkState() {
  const { t, clock } = useFormats();
  const { is_up, lost_at } = useConnection();
  const unsent = useOutbox((state) => state.unsent.length);
  const isServing = useCondition(({ condition }) => condition.state === 'serving');
  const isOlder = usePage((state) => state.state === 'older');
  const isLong = useClock((now) => lost_at !== null && now - lost_at > 1_500); // a reconnection that takes less is nobody's concern
  const text =
    !is_up && isLong
      ? [t('own.offline', { time: clock(lost_at ?? 0) }), unsent > 0 && t('own.unsent', { count: unsent })].filter(Boolean).join(' ')
      : isServing
        ? null
        : t('problems.not_writing');
  return (
    <div role="status" className={styles.state} data-shown={text !== null || isOlder || undefined}>
      {text}
      {text === null && isOlder && (
        <>
          {t('own.older')}{' '}
          <Button size="compact-xs" variant="default" onClick={() => location.reload()}>
            {t('own.reload')}
          </Button>
        </>
      )}
    </div>
  );
}

/** What the host refused since, until it has been read. */
function Refusals() {
  const { t } = useFormats();
  const refused = useOutbox((state) => state.refused);
  return refused.map(({ nth, deed, problem }) => (
    <div key={nth} role="alert" className={styles.refused}>
      <span>
        {t(`own.not_done.${deed.kind}`, { id: 'contact_id' in deed ? deed.contact_id : '' })}{' '}
        {problem.code === 'already_moved' ? movedText(problem, t) : problemText(problem, t)}
      </span>
      <button type="button" className={styles.textButton} onClick={() => dismiss(nth)}>
        {t('own.dismiss')}
      </button>
    </div>
  ));
}

/** Who has the contact now. */
function movedText({ params }: { readonly params?: Readonly<Record<string, unknown>> | undefined }, t: ReturnType<typeof useFormats>['t']): string {
  return typeof params?.name === 'string' && params.name !== '' ? t('own.moved_to', { name: params.name }) : t('own.moved_back');
}
