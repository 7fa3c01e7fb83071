import { useLate } from '../../kit/useLate.ts';
import styles from './Reports.module.css';

const ROWS = 12;

/** Grey bars where rows will be, once it takes long enough to be noticed. */
export function Skeleton() {
  const isLate = useLate();
  if (!isLate) return null;
  return (
    <div className={styles.skeleton} aria-hidden="true">
      {Array.from({ length: ROWS }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have nothing else
        <span key={row} />
      ))}
    </div>
  );
}
