import { Popover, TextInput } from '@mantine/core';
import { CalendarDays } from 'lucide-react';
import { type KeyboardEvent, lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '#kit/locale/format.ts';
import { useDay, useLanguage } from '#kit/locale/locale.ts';
import styles from './Dates.module.css';
import { type DayProblem, parseDay } from './parse-day.ts';

const MonthCalendar = lazy(() => import('./MonthCalendar.tsx'));

interface DateFieldProps {
  readonly label: string;
  /** `2026-11-22`; null: none */
  readonly day: string | null;
  /** required: an emptied field gets its last value back */
  readonly required?: boolean;
  readonly onChange: (day: string | null) => void;
}

/** Date field: typed in the reader's format or chosen from a calendar. Input is accepted with Enter or on leaving the field. */
export function DateField({ label, day, required = false, onChange }: DateFieldProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const today = useDay();
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<DayProblem | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [known, setKnown] = useState(day);
  const settle = () => {
    setDraft(null);
    setProblem(null);
  };
  if (known !== day) {
    setKnown(day);
    settle(); // the value changed from outside
  }
  const choose = (chosen: string | null) => {
    settle();
    if (chosen !== day) onChange(chosen);
  };
  const take = () => {
    if (draft === null) return;
    if (draft.trim() === '') return required ? settle() : choose(null);
    const parsed = parseDay(draft, language, today);
    if (parsed.problem === undefined) choose(parsed.day);
    else setProblem(parsed.problem);
  };
  const chooseFromMonth = (chosen: string) => {
    choose(chosen);
    setOpen(false);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') take();
    else if (event.key === 'Escape') settle();
    else if (event.key === 'ArrowDown') setOpen(true);
    else return;
    if (event.key !== 'Enter') event.preventDefault();
  };
  const example = formatDay(today, language);
  return (
    <span className={styles.field}>
      <TextInput
        className={styles.input ?? ''}
        classNames={{ wrapper: styles.box ?? '' }}
        aria-label={label}
        error={problem && t(`dates.${problem}`, { example })}
        errorProps={{ role: 'alert', className: styles.problem ?? '' }}
        placeholder={example}
        value={draft ?? (day === null ? '' : formatDay(day, language))}
        maxLength={20}
        autoComplete="off"
        spellCheck={false}
        onChange={({ currentTarget: { value } }) => {
          setDraft(value);
          setProblem(null);
        }}
        onBlur={take}
        onKeyDown={onKey}
        rightSection={
          <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus returnFocus shadow="md" transitionProps={{ duration: 0 }}>
            <Popover.Target>
              <button type="button" className={styles.open} aria-label={t('dates.open', { label })} onClick={() => setOpen(!isOpen)}>
                <CalendarDays size={15} aria-hidden="true" />
              </button>
            </Popover.Target>
            <Popover.Dropdown className={styles.calendar ?? ''}>
              <Suspense fallback={<div className={styles.fetching} aria-busy="true" />}>
                <MonthCalendar day={day} onChoose={chooseFromMonth} />
              </Suspense>
            </Popover.Dropdown>
          </Popover>
        }
      />
    </span>
  );
}
