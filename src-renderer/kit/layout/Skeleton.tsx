/** Skeletons, shown once loading takes long enough to be noticed. */

import { useLate } from '#kit/notices/useLate.ts';
import styles from './Skeleton.module.css';

const SKELETON_ROWS = 12;

/** Skeleton rows, as grey bars in place of text. */
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

/** Skeleton of rows of unknown shape. Assistive technology is told at once that content is loading; the bars are visual only. */
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
