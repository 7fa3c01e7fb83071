/** Grey bars where words will be, once it takes long enough to be noticed. */
import styles from './Skeleton.module.css';
import { useLate } from './useLate.ts';

const SKELETON_ROWS = 12;

/** Rows yet to come, as grey bars where their words will be. */
export function SkeletonRows({ columns }: { columns: number }) {
  const shown = useLate();
  if (!shown) return null;
  return Array.from({ length: SKELETON_ROWS }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: they have nothing else
    <tr key={row} className={styles.skeleton}>
      {Array.from({ length: columns }, (_cell, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have nothing else
        <td key={column}>
          <span>&nbsp;</span>
        </td>
      ))}
    </tr>
  ));
}

/** The same where it is not known yet what the rows will be like. That something is to come is told from the first moment, the bars are for the eye. */
export function SkeletonLines() {
  const shown = useLate();
  return (
    <div className={shown ? styles.lines : undefined} aria-busy="true">
      {shown &&
        Array.from({ length: SKELETON_ROWS / 2 }, (_, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they have nothing else
          <span key={line} className={styles.line} />
        ))}
    </div>
  );
}
