import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Settings.module.css';

interface NumberFieldProps {
  readonly label: string;
  /** null: none */
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
  /** an empty field means none */
  readonly mayBeEmpty?: boolean;
  readonly onSave: (value: number | null) => Promise<boolean>;
}

/** A whole number that is saved on leaving the field or with Enter; Esc discards the input. */
export function NumberField({ label, value, min, max, mayBeEmpty = false, onSave }: NumberFieldProps) {
  const { t } = useTranslation();
  const [typed, type] = useState<string | null>(null);
  const shown = typed ?? (value === null ? '' : String(value));
  const blank = shown.trim() === '';
  const number = blank ? null : Number(shown);
  const isRight = blank ? mayBeEmpty : /^\d{1,7}$/.test(shown.trim()) && Number(shown) >= min && Number(shown) <= max;
  const commit = async () => {
    if (typed === null || !isRight) return;
    if (number === value || (await onSave(number))) type(null);
  };
  return (
    <TextInput
      className={styles.number ?? ''}
      aria-label={label}
      inputMode="numeric"
      value={shown}
      placeholder={mayBeEmpty ? '–' : ''}
      error={isRight ? null : t('settings.whole_between', { min, max })}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={() => void commit()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void commit();
        else if (event.key === 'Escape') type(null);
      }}
    />
  );
}
