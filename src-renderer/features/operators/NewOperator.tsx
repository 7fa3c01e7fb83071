import { TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkMaxLoad } from '#kit/fields/checks.ts';
import { NameForm } from '#kit/fields/NameForm.tsx';
import { USUAL_LIMIT } from '#shared/contract/limits.ts';
import { createOperator } from './calls.ts';
import styles from './Operators.module.css';

export function NewOperator() {
  const { t } = useTranslation();
  const id = useId();
  const [limit, setLimit] = useState(String(USUAL_LIMIT));
  return (
    <NameForm
      label={t('operators.new_name')}
      button={t('operators.add')}
      check={() => checkMaxLoad(limit, t)}
      onName={(name) => createOperator(name, Number(limit))}
    >
      <label htmlFor={id} className={styles.label}>
        {t('operators.limit')}
      </label>
      <TextInput id={id} className={styles['field-limit'] ?? ''} inputMode="numeric" value={limit} onChange={(event) => setLimit(event.currentTarget.value)} />
    </NameForm>
  );
}
