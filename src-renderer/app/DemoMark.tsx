import { Button } from '@mantine/core';
import { BotOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNotify } from '#kit/notices/useNotify.ts';
import { ask } from '#link/attempt.ts';
import { client } from '#link/client.ts';
import { fetchInfo, useInfo } from '#link/info.ts';
import styles from './Rail.module.css';

/** Shows that contacts come from the demo bot, with a button that stops it. */
export function DemoMark() {
  const { t } = useTranslation();
  const { valueIn } = useNotify();
  const running = useInfo((state) => state.info?.demo_running ?? false);
  if (!running) return null;
  const stop = async () => {
    valueIn(await ask((signal) => client.stopDemo.mutate(undefined, { signal })));
    await fetchInfo();
  };
  return (
    <div className={styles.demo} title={t('demo.running')}>
      <span className={styles.word}>{t('demo.running')}</span>
      <Button size="compact-xs" variant="default" onClick={() => void stop()} title={t('demo.stop')}>
        <BotOff className={styles.sign} size={16} strokeWidth={1.75} aria-hidden="true" />
        <span className={styles.word}>{t('demo.stop')}</span>
      </Button>
    </div>
  );
}
