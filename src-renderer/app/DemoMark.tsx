import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTeller } from '../kit/tell.ts';
import { ask } from '../link/attempt.ts';
import { client } from '../link/client.ts';
import { fetchInfo, useInfo } from '../link/info.ts';
import styles from './Pulse.module.css';

/** Says that contacts come from the demo bot, and stops it. */
export function DemoMark() {
  const { t } = useTranslation();
  const { valueIn } = useTeller();
  const running = useInfo((state) => state.info?.demo_running ?? false);
  if (!running) return null;
  const stop = async () => {
    valueIn(await ask((signal) => client.stopDemo.mutate(undefined, { signal })));
    await fetchInfo();
  };
  return (
    <div className={styles.demo}>
      {t('demo.running')}
      <Button size="compact-xs" variant="default" onClick={() => void stop()}>
        {t('demo.stop')}
      </Button>
    </div>
  );
}
