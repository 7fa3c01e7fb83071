import type { ReactNode } from 'react';
import styles from './Settings.module.css';

/** A setting with its explanation. */
export function Row({ name, text, children }: { name: string; text?: string; children?: ReactNode }) {
  return (
    <div className={styles.row}>
      <div className={styles.name}>
        {name}
        {text && <span className={styles.text}>{text}</span>}
      </div>
      <div className={styles.value}>{children}</div>
    </div>
  );
}
