import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '#kit/fields/CopyButton.tsx';
import code from '#kit/fields/code.module.css';
import { chooseLanguage } from '#kit/locale/choose-language.ts';
import { useLanguage } from '#kit/locale/locale.ts';
import { newLinkCommand } from '#shared/new-link-command.ts';
import styles from './Closed.module.css';

/** Page for a browser without a session: explains how to get a link, and shows no data of the desk. */
export function Closed({ hasEnded }: { hasEnded: boolean }) {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  const other = language === 'ru' ? 'en' : 'ru';
  const command = newLinkCommand(location.origin);
  useEffect(() => {
    document.title = `${t('closed.title')} · Switchyard`;
  }, [t]);
  return (
    <main className={styles.page} data-testid="closed">
      <h1 className={styles.title}>{t('closed.title')}</h1>
      <p>{t(hasEnded ? 'closed.ended' : 'closed.none')}</p>
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
          <Button size="xs" variant="subtle" lang={other} onClick={() => chooseLanguage(i18n, other)}>
            {t('frame.other_language')}
          </Button>
        </div>
      </div>
    </main>
  );
}
