import { useTranslation } from 'react-i18next';
import styles from './LoadBar.module.css';

/** An operator's own limit as a bar, with the numbers beside it; a full one is marked with a word too. */
export function LoadBar({ load, max }: { load: number; max: number }) {
  const { t } = useTranslation();
  const full = load >= max;
  const share = max === 0 ? (load > 0 ? 1 : 0) : Math.min(1, load / max);
  return (
    <span className={styles.place}>
      <span className={styles.root} data-full={full || undefined}>
        <span className={styles.track} aria-hidden="true">
          {/* moved, not sized: a change of size would lay the table out anew */}
          <span className={styles.fill} style={{ transform: `translateX(${(share - 1) * 100}%)` }} />
        </span>
        <span className={styles.numbers}>{`${load} / ${max}`}</span>
        <span className={styles.mark}>{load > max ? t('load.over') : max === 0 ? t('load.closed') : full ? t('load.full') : ''}</span>
      </span>
    </span>
  );
}
