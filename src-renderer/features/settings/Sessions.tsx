import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmButton } from '#kit/fields/ConfirmButton.tsx';
import { CopyButton } from '#kit/fields/CopyButton.tsx';
import code from '#kit/fields/code.module.css';
import { Panel } from '#kit/layout/Panel.tsx';
import { useClock } from '#kit/locale/clock.ts';
import { formatAgo, formatMoment } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { readingText } from '#kit/notices/problem-text.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { hostNow } from '#link/host-clock.ts';
import { useMay } from '#link/info.ts';
import { currentSession } from '#link/session.ts';
import { endSession, makeConsoleLink } from '#link/sessions.ts';
import type { ConsoleLink, Session } from '#shared/contract/entities.ts';
import { browserName } from './browser-name.ts';
import { Row } from './Row.tsx';
import styles from './Settings.module.css';
import { followSessions, loadSessions, useSessions } from './sessions-store.ts';

/** Browsers with access to the console, each with a sign-out button, and a link for another browser. */
export function Sessions() {
  const { t } = useTranslation();
  const teller = useNotify();
  const { sessions, failure } = useSessions();
  const mayAdminister = useMay('admin');
  const [link, setLink] = useState<ConsoleLink | null>(null);
  useEffect(followSessions, []);
  const end = async ({ id, user_agent }: Session) => {
    const outcome = await endSession(id);
    if (outcome.ok) teller.done(t('sessions.has_ended', { name: browserName(user_agent) }));
    else teller.failure(outcome.problem);
    void loadSessions();
  };
  const make = async () => setLink(teller.valueIn(await makeConsoleLink()) ?? null);
  return (
    <Panel title={t('sessions.title')} aside={<span className={styles.hint}>{t('sessions.hint')}</span>} testId="sessions">
      {failure && (
        <p role="alert" className={styles.failure}>
          {readingText(failure, t)}
        </p>
      )}
      {sessions?.map((session) => (
        <SessionRow key={session.id} session={session} onEnd={() => void end(session)} />
      ))}
      {mayAdminister && (
        <Row name={t('sessions.another')} text={t('sessions.another_text')}>
          <Button variant="default" onClick={() => void make()}>
            {t('sessions.new_link')}
          </Button>
        </Row>
      )}
      {link && <FreshLink link={link} />}
    </Panel>
  );
}

function SessionRow({ session, onEnd }: { session: Session; onEnd: () => void }) {
  const { t } = useTranslation();
  const { language, zone } = useFormats();
  const browser = browserName(session.user_agent);
  const name = session.person === null ? browser : t('sessions.of_person', { person: session.person, name: browser });
  const isOurs = currentSession()?.id === session.id;
  const used = useClock((now) =>
    session.consoles > 0 ? t('sessions.open_now') : t('sessions.last_used', { time: formatAgo(now - Date.parse(session.last_used_at), t) }),
  );
  const moment = (at: string) => formatMoment(Date.parse(at), hostNow(), language, zone);
  const text = `${used} · ${t('sessions.opened', { time: moment(session.created_at) })} · ${t('sessions.until', { time: moment(session.expires_at) })}`;
  return (
    <Row name={isOurs ? t('sessions.of_this_browser', { name }) : name} text={text}>
      <ConfirmButton
        name={isOurs ? t('sessions.end_this') : t('sessions.end_of', { name, time: moment(session.created_at) })}
        className={styles.end}
        onConfirm={onEnd}
      >
        {t(isOurs ? 'sessions.sign_out' : 'sessions.end')}
      </ConfirmButton>
    </Row>
  );
}

/** Shown only once, and valid for one browser. */
function FreshLink({ link: { url, expires_at } }: { link: ConsoleLink }) {
  const { t } = useTranslation();
  const { clock } = useFormats();
  const isOver = useClock((now) => now >= Date.parse(expires_at));
  return (
    <div className={`${code.block} ${styles.link}`}>
      <span role="status" className={styles.text}>
        {t(isOver ? 'sessions.link_over' : 'sessions.link_text', { time: clock(Date.parse(expires_at)) })}
      </span>
      {!isOver && (
        <>
          <code className={code.code} data-testid="console-link">
            {url}
          </code>
          <div className={code.actions}>
            <CopyButton text={() => url} label={t('sessions.copy_link')} variant="filled" />
          </div>
        </>
      )}
    </div>
  );
}
