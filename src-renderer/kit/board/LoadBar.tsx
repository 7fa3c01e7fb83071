import { useText } from '#kit/locale/locale.ts';
import styles from './LoadBar.module.css';

/**
 * Load bar of an operator relative to the limit, with the numbers. A full one is usual at a peak; one over the limit needs attention. Both are also marked with
 * a word, which only screen readers get from a short bar.
 */
export function LoadBar({ load, max, isShort = false }: { load: number; max: number; isShort?: boolean }) {
  const t = useText();
  const full = load >= max;
  const share = max === 0 ? (load > 0 ? 1 : 0) : Math.min(1, load / max);
  return (
    <span className={styles.root} data-fill={load > max ? 'over' : full ? 'full' : undefined} data-short={isShort || undefined}>
      {/* painted as a background: costs no layout and no layer */}
      <span className={styles.track} aria-hidden="true" style={{ backgroundSize: `${share * 100}% 100%` }} />
      <span className={styles.numbers}>{`${load} / ${max}`}</span>
      <span className={isShort ? 'sr-only' : styles.mark}>{load > max ? t('load.over') : max === 0 ? t('load.closed') : full ? t('load.full') : ''}</span>
    </span>
  );
}
