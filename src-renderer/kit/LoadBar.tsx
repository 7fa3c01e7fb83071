import styles from './LoadBar.module.css';
import { useText } from './reading.ts';

/** An operator's own limit as a bar, with the numbers beside it; a full one is marked with a word too. */
export function LoadBar({ load, max }: { load: number; max: number }) {
  const t = useText();
  const full = load >= max;
  const share = max === 0 ? (load > 0 ? 1 : 0) : Math.min(1, load / max);
  return (
    <span className={styles.root} data-full={full || undefined}>
      {/* painted, neither sized nor moved: it costs no layout, and no layer of its own */}
      <span className={styles.track} aria-hidden="true" style={{ backgroundSize: `${share * 100}% 100%` }} />
      <span className={styles.numbers}>{`${load} / ${max}`}</span>
      <span className={styles.mark}>{load > max ? t('load.over') : max === 0 ? t('load.closed') : full ? t('load.full') : ''}</span>
    </span>
  );
}
