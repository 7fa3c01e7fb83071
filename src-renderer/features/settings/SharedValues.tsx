import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Settings.module.css';

/** A list of values, one per line. */
export function SharedValues({ values, onSave }: { values: readonly string[]; onSave: (values: string[]) => Promise<boolean> }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<string | null>(null);
  const saved = values.join('\n');
  const lines = [...new Set((draft ?? saved).split('\n').map((line) => line.trim()))].filter((line) => line !== '');
  const isChanged = lines.join('\n') !== saved;
  const save = async () => {
    if (await onSave(lines)) setDraft(null);
  };
  return (
    <div className={styles.values}>
      <Textarea aria-label={t('settings.shared_values')} rows={5} value={draft ?? saved} onChange={(event) => setDraft(event.currentTarget.value)} />
      {isChanged && (
        <Button variant="default" onClick={() => void save()}>
          {t('settings.shared_values_save')}
        </Button>
      )}
    </div>
  );
}
