import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkMaxLoad, checkName } from '../../kit/checks.ts';
import { problemText } from '../../kit/problem-text.ts';
import { createOperator } from './calls.ts';
import styles from './Operators.module.css';

const USUAL_LIMIT = '10';

export function NewOperator() {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [limit, setLimit] = useState(USUAL_LIMIT);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const field = event.currentTarget.querySelector('input');
    const wrong = checkName(name, t) ?? checkMaxLoad(limit, t);
    setProblem(wrong);
    if (wrong) return;
    setBusy(true);
    const outcome = await createOperator(name.trim(), Number(limit));
    setBusy(false);
    if (outcome.ok) setName('');
    else setProblem(problemText(outcome.problem, t));
    field?.focus();
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
        aria-label={t('operators.new_name')}
        placeholder={t('operators.new_name')}
        value={name}
        error={problem !== null}
        onChange={(event) => {
          setName(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <TextInput
        className={styles['field-limit'] ?? ''}
        aria-label={t('operators.limit')}
        title={t('operators.limit')}
        inputMode="numeric"
        value={limit}
        onChange={(event) => {
          setLimit(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <Button type="submit" loading={busy}>
        {t('operators.add')}
      </Button>
    </form>
  );
}
