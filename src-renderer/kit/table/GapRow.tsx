import styles from './table.module.css';

/** Placeholder for the rows of a long table that are not rendered. */
export function GapRow({ height }: { height: number }) {
  if (height <= 0) return null;
  return <tr className={styles.gap} style={{ height }} />;
}
