import { Button } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '#kit/fields/CopyButton.tsx';
import code from '#kit/fields/code.module.css';
import { chooseLanguage } from '#kit/locale/choose-language.ts';
import { useLanguage } from '#kit/locale/locale.ts';
import { hasPasswords, invited } from '#link/session.ts';
import { newLinkCommand } from '#shared/new-link-command.ts';
import styles from './Closed.module.css';
import { Accept, SignIn } from './SignIn.tsx';

/** Page for a browser without a session: signs people in, explains how to get a link, and shows no data of the desk. */
export function Closed({ state }: { state: 'ended' | 'none' | 'invited' }) {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  const other = language === 'ru' ? 'en' : 'ru';
  const title = state === 'invited' ? t('sign_in.welcome', { name: invited }) : t(hasPasswords ? 'sign_in.title' : 'closed.title');
  useEffect(() => {
    document.title = `${title} · Switchyard`;
  }, [title]);
  const otherLanguage = (
    <Button size="xs" variant="subtle" lang={other} onClick={() => chooseLanguage(i18n, other)}>
      {t('frame.other_language')}
    </Button>
  );
  if (state === 'invited')
    return (
      <main className={styles.page} data-testid="invited">
        <h1 className={styles.title}>{title}</h1>
        <Accept name={invited ?? ''} />
        <div>{otherLanguage}</div>
      </main>
    );
  return (
    <main className={styles.page} data-testid="closed">
      <h1 className={styles.title}>{title}</h1>
      <p>{t(`closed.${state}`)}</p>
      {hasPasswords ? (
        <>
          <SignIn />
          <details className={styles.more}>
            <summary>{t('sign_in.with_link')}</summary>
            <LinkWays />
          </details>
          <div>{otherLanguage}</div>
        </>
      ) : (
        <LinkWays also={otherLanguage} />
      )}
    </main>
  );
}

/** Where a link to the console comes from. */
function LinkWays({ also }: { also?: ReactNode }) {
  const { t } = useTranslation();
  const command = newLinkCommand(location.origin);
  return (
    <>
      <p>{t('closed.link')}</p>
      <ul className={styles.ways}>
        <li>{t('closed.from_console')}</li>
        <li>{t('closed.from_start')}</li>
        <li>{t('closed.from_terminal')}</li>
      </ul>
      <div className={code.block}>
        <div className={code.code}>
          <pre>{command}</pre>
        </div>
        <div className={code.actions}>
          <CopyButton text={() => command} />
          {also}
        </div>
      </div>
    </>
  );
}
