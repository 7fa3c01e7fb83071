import { useState } from 'react';
import styles from './EditableCell.module.css';

interface Editable {
  readonly value: string;
  /** accessible name of the field */
  readonly label: string;
  readonly align?: 'left' | 'right';
  /** Null when the text will do, else what is wrong with it. */
  readonly check: (text: string) => string | null;
  readonly onCommit: (text: string) => void;
  readonly testId?: string;
}

/** The reader has just asked to edit this very cell. */
function take(input: HTMLInputElement | null): void {
  input?.focus();
  input?.select();
}

/** Text in a table that turns into a field where it stands. Enter and leaving commit, Esc takes back. */
export function EditableCell({ value, label, align = 'left', check, onCommit, testId }: Editable) {
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null)
    return (
      <button type="button" className={styles.shown} data-align={align} data-testid={testId} aria-label={`${label}: ${value}`} onClick={() => setDraft(value)}>
        {value}
      </button>
    );
  const problem = check(draft);
  const commit = () => {
    if (problem !== null) return;
    setDraft(null);
    if (draft.trim() !== value) onCommit(draft.trim());
  };
  return (
    <span className={styles.editing}>
      <input
        className={styles.input}
        data-align={align}
        ref={take}
        aria-label={label}
        aria-invalid={problem !== null}
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={() => (problem === null ? commit() : setDraft(null))}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          else if (event.key === 'Escape') {
            event.stopPropagation();
            setDraft(null);
          }
        }}
      />
      {problem !== null && (
        <span className={styles.problem} role="alert">
          {problem}
        </span>
      )}
    </span>
  );
}
