import styles from './Toggle.module.css';

interface ToggleProps {
  readonly on: boolean;
  readonly busy: boolean;
  readonly label: string;
  /** the least role that may turn it; others do not see it */
  readonly needs?: 'supervisor';
  readonly onToggle: (on: boolean) => void;
}

/** Switch that shows the new state at once and reverts when the host refuses. */
export function Toggle({ on, busy, label, needs, onToggle }: ToggleProps) {
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
      data-needs={needs}
      onChange={(event) => onToggle(event.currentTarget.checked)}
    />
  );
}
