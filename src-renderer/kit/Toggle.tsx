import styles from './Toggle.module.css';

/** A switch that shows where it is going at once; it goes back by itself when the host says no. */
export function Toggle({ on, busy, label, onToggle }: { on: boolean; busy: boolean; label: string; onToggle: (on: boolean) => void }) {
  return (
    <input
      type="checkbox"
      role="switch"
      className={styles.root}
      checked={on}
      aria-checked={on}
      aria-label={label}
      aria-busy={busy || undefined}
      data-toggle=""
      onChange={(event) => onToggle(event.currentTarget.checked)}
    />
  );
}
