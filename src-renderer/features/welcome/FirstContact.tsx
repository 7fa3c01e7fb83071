import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CurlLine } from '../../kit/CurlLine.tsx';
import { formatHandle } from '../../kit/format.ts';
import { useBoard } from '../../link/board.ts';
import { leaveWelcome } from './store.ts';
import styles from './Welcome.module.css';

/** The line to run; the screen lights up when what it hands in arrives. */
export function FirstContact({ api_key }: { api_key: string | null }) {
  const { t } = useTranslation();
  const first = useBoard((board) => board.recent[0]);
  const operator = useBoard((board) => (first?.operator_id == null ? null : board.operators[first.operator_id]?.name));
  if (!first)
    return (
      <div className={styles.curl}>
        {api_key && <CurlLine api_key={api_key} />}
        <p role="status" className={styles.listening}>
          {t('welcome.listening')}
        </p>
      </div>
    );
  const handle = formatHandle(first.lead.handle);
  return (
    <div className={styles.arrived} role="status">
      <div>
        <b>{t('welcome.arrived')}</b>
        <p>{operator ? t('welcome.arrived_to', { handle, name: operator }) : t('welcome.arrived_waits', { handle })}</p>
      </div>
      <Button size="sm" onClick={leaveWelcome}>
        {t('welcome.open_shift')}
      </Button>
    </div>
  );
}
