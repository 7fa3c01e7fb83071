import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkName } from '../../kit/checks.ts';
import { problemText } from '../../kit/problem-text.ts';
import type { Outcome } from '../../link/attempt.ts';
import styles from './Welcome.module.css';

/** One name and one button. */
export function FirstName({ label, button, onName }: { label: string; button: string; onName: (name: string) => Promise<Outcome<unknown>> }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = checkName(name, t);
    setProblem(wrong);
    if (wrong) return;
    setBusy(true);
    const outcome = await onName(name.trim());
    setBusy(false);
    if (!outcome.ok) setProblem(problemText(outcome.problem, t));
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <TextInput
        className={styles.field ?? ''}
        aria-label={label}
        placeholder={label}
        value={name}
        error={problem}
        size="sm"
        data-autofocus
        onChange={(event) => {
          setName(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <Button type="submit" size="sm" loading={busy}>
        {button}
      </Button>
    </form>
  );
}
