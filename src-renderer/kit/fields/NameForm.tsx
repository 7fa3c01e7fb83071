import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblem } from '#kit/notices/useProblem.ts';
import type { Outcome } from '#link/attempt.ts';
import { checkName } from './checks.ts';
import styles from './NameForm.module.css';

interface NameFormProps {
  readonly label: string;
  readonly button: string;
  /** what is in the field at first */
  readonly initial?: string;
  /** size: in a panel's header, or on a page of its own */
  readonly size?: 'xs' | 'sm';
  /** errors of the other fields */
  readonly check?: () => string | null;
  readonly onName: (name: string) => Promise<Outcome<unknown>>;
  /** other fields */
  readonly children?: ReactNode;
}

/** One-line form that adds something by name, ready for the next name once the host has accepted this one. */
export function NameForm({ label, button, initial = '', size = 'xs', check, onName, children }: NameFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(initial);
  const { problem, setProblem, sayFailure } = useProblem();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const field = event.currentTarget.querySelector('input');
    const wrong = checkName(name, t) ?? check?.() ?? null;
    setProblem(wrong);
    if (wrong) return;
    setBusy(true);
    const outcome = await onName(name.trim());
    setBusy(false);
    if (outcome.ok) setName('');
    else sayFailure(outcome.problem);
    field?.focus();
  };
  return (
    <form className={styles.form} data-size={size} data-needs="supervisor" onSubmit={(event) => void submit(event)} onChange={() => setProblem(null)}>
      {problem && (
        <span className={styles.problem} role="alert">
          {problem}
        </span>
      )}
      <TextInput
        className={styles.name ?? ''}
        aria-label={label}
        placeholder={label}
        value={name}
        error={problem !== null}
        size={size}
        data-autofocus={size === 'sm' || undefined}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {children}
      <Button type="submit" size={size} loading={busy}>
        {button}
      </Button>
    </form>
  );
}
