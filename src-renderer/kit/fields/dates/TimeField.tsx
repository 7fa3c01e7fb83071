import '@mantine/dates/styles.css';
import { TimePicker } from '@mantine/dates';
import { type FocusEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Dates.module.css';

interface TimeFieldProps {
  /** accessible name of each part */
  readonly label: string;
  /** visible label */
  readonly heading?: ReactNode;
  /** `07:00` */
  readonly time: string;
  readonly onChange: (time: string) => void;
}

/** Time of day from 00:00 to 23:59. Accepted with Enter or on leaving the field; Esc discards it, and so is incomplete input. */
export function TimeField({ label, heading, time, onChange }: TimeFieldProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(time);
  const [known, setKnown] = useState(time);
  if (known !== time) {
    setKnown(time);
    setDraft(time);
  }
  const take = () => {
    if (draft === '') setDraft(time);
    else if (draft !== time) onChange(draft);
  };
  const onBlur = (event: FocusEvent<HTMLDivElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) take();
  };
  return (
    <TimePicker
      size="xs"
      className={styles.time ?? ''}
      label={heading}
      value={draft}
      onChange={setDraft}
      onBlur={onBlur}
      onKeyDown={({ key }) => {
        if (key === 'Enter') take();
        else if (key === 'Escape') setDraft(time);
      }}
      hoursInputLabel={t('dates.hours_of', { label })}
      minutesInputLabel={t('dates.minutes_of', { label })}
    />
  );
}
