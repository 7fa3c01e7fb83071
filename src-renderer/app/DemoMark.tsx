import { Button } from '@mantine/core';
import { BotOff, Eraser, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNotify } from '#kit/notices/useNotify.ts';
import { ask } from '#link/attempt.ts';
import { useBoard } from '#link/board.ts';
import { client } from '#link/client.ts';
import { fetchInfo, useInfo } from '#link/info.ts';
import styles from './Rail.module.css';
import { RemoveDemo } from './RemoveDemo.tsx';

/** Shows that contacts come from the demo bot, and that the desk holds demo data, each with a button that ends it. */
export function DemoMark() {
  const { t } = useTranslation();
  const { valueIn } = useNotify();
  const running = useInfo((state) => state.info?.demo_running ?? false);
  const hasSources = useBoard((board) => Object.keys(board.sources).length > 0);
  const isThere = useInfo((state) => state.info?.has_demo ?? false) && hasSources;
  const [asking, setAsking] = useState(false);
  const stop = async () => {
    valueIn(await ask((signal) => client.stopDemo.mutate(undefined, { signal })));
    await fetchInfo();
  };
  return (
    <>
      {running && <Mark text={t('demo.running')} action={t('demo.stop')} icon={BotOff} needs="supervisor" onClick={() => void stop()} />}
      {isThere && <Mark text={t('demo.data')} action={t('demo.remove')} icon={Eraser} needs="admin" onClick={() => setAsking(true)} />}
      <RemoveDemo opened={asking} onClose={() => setAsking(false)} />
    </>
  );
}

interface MarkProps {
  readonly text: string;
  readonly action: string;
  readonly icon: LucideIcon;
  readonly needs: 'supervisor' | 'admin';
  readonly onClick: () => void;
}

function Mark({ text, action, icon: Icon, needs, onClick }: MarkProps) {
  return (
    <div className={styles.demo} title={text} data-needs={needs}>
      <span className={styles.word}>{text}</span>
      <Button size="compact-xs" variant="default" onClick={onClick} title={`${text}: ${action}`}>
        <Icon className={styles.sign} size={16} strokeWidth={1.75} aria-hidden="true" />
        <span className={styles.word}>{action}</span>
      </Button>
    </div>
  );
}
