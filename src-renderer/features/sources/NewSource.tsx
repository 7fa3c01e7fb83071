import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkName } from '../../kit/checks.ts';
import { problemText } from '../../kit/problem-text.ts';
import styles from './Sources.module.css';
import { createSource } from './store.ts';

export function NewSource() {
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
    const outcome = await createSource(name.trim());
    setBusy(false);
    if (outcome.ok) setName('');
    else setProblem(problemText(outcome.problem, t));
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      {problem && (
        <span className={styles.problem} role="alert">
          {problem}
        </span>
      )}
      <TextInput
        className={styles['field-name'] ?? ''}
        aria-label={t('sources.new_name')}
        placeholder={t('sources.new_name')}
        value={name}
        error={problem !== null}
        onChange={(event) => {
          setName(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <Button type="submit" loading={busy}>
        {t('sources.add')}
      </Button>
    </form>
  );
}
