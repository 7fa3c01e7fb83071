import styles from './Toggle.module.css';

/** Switch that shows the new state at once and reverts when the host refuses. */
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
