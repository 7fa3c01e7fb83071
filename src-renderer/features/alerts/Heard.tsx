import type { TFunction } from 'i18next';
import { hashOf } from '#kit/navigation/route.ts';
import { mute } from '#kit/notices/muted.ts';
import styles from './Heard.module.css';

interface HeardProps {
  readonly t: TFunction;
  readonly title: string;
  /** one per figure, with the threshold it has passed */
  readonly lines: readonly string[];
  readonly wasHeard: boolean;
}

/** Explains a sound that was played, and how to mute it. */
export function Heard({ t, title, lines, wasHeard }: HeardProps) {
  return (
    <span className={styles.root}>
      <b>{title}</b>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
      {wasHeard ? (
        <span className={styles.actions}>
          <button type="button" onClick={mute}>
            {t('alerts.mute')}
          </button>
          <a href={hashOf('settings')}>{t('settings.thresholds')}</a>
        </span>
      ) : (
        <span className={styles.silent}>{t('alerts.not_heard')}</span>
      )}
    </span>
  );
}
