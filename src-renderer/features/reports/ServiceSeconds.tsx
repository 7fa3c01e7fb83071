import { type KeyboardEvent, useState } from 'react';
import { useSettings } from '#link/settings.ts';
import styles from './Reports.module.css';
import { useTexts } from './texts.ts';

/** Field for the seconds within which a contact is in time, for this report; null: the workspace's setting. */
export function ServiceSeconds({ seconds, onChange }: { seconds: number | null; onChange: (seconds: number | null) => void }) {
  const t = useTexts();
  const usual = useSettings().service_level_seconds;
  const [text, setText] = useState(seconds === null ? '' : String(seconds));
  const take = () => {
    const given = /^\d{1,5}$/.test(text.trim()) ? Math.min(86_400, Number(text)) : null;
    setText(given === null ? '' : String(given));
    onChange(given === usual ? null : given);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') take();
  };
  return (
    <label className={styles.within}>
      {t('in_time')}
      <input
        inputMode="numeric"
        maxLength={5}
        aria-label={t('in_time_label')}
        placeholder={String(usual)}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={onKey}
      />
      {t('seconds')}
    </label>
  );
}
