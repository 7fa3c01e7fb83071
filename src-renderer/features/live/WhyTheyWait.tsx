import { useTranslation } from 'react-i18next';
import type { WaitingReason } from '#shared/distribution.ts';
import { useFormats } from '../../kit/reading.ts';
import { hashOf, type Screen } from '../../kit/route.ts';
import { useBoard } from '../../link/board.ts';
import { waitingBySource } from '../../link/derive.ts';
import styles from './Live.module.css';

/** Where the cause can be mended. */
const remedy: Record<WaitingReason, Screen | null> = { all_full: 'operators', nobody_active: null, no_positive_weight: 'weights' };

/** Why they wait, source by source, with what would help. */
export function WhyTheyWait() {
  const { t } = useTranslation();
  const { number } = useFormats();
  const board = useBoard((now) => now);
  return (
    <ul className={styles.reasons} aria-label={t('live.why_they_wait')}>
      {waitingBySource(board).map(({ source_id, count, reason }) => {
        const to = reason && remedy[reason];
        return (
          <li key={source_id} data-testid={`waiting-source-${source_id}`}>
            <span className={styles['reason-count']}>{number(count)}</span>
            <span className={styles.reason}>
              <b>{board.sources[source_id]?.name}</b>
              {` — ${reason ? t(`reasons.${reason}`) : t('reasons.going')}`}
            </span>
            {reason && <span className={styles.help}>{to ? <a href={hashOf(to)}>{t(`help.${reason}`)}</a> : t(`help.${reason}`)}</span>}
          </li>
        );
      })}
    </ul>
  );
}
