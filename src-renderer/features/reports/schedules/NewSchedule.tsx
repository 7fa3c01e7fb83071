import { Button, Select, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TimeField } from '#kit/fields/dates/TimeField.tsx';
import { useLanguage } from '#kit/locale/locale.ts';
import { problemText } from '#kit/notices/problem-text.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { type FileFormat, fileFormats, type ReportQuery } from '#shared/contract/reports.ts';
import { scheduledQuestion } from '#shared/contract/scheduled-exports.ts';
import type { CellWriter } from '../cells.ts';
import styles from '../Reports.module.css';
import { useTexts } from '../texts.ts';
import { nameOf } from './name-of.ts';
import { createSchedule } from './store.ts';

/** Schedules the report on the screen, to be written into a folder. */
export function NewSchedule({ query, writer }: { query: ReportQuery; writer: CellWriter }) {
  const t = useTexts();
  const { t: common } = useTranslation();
  const language = useLanguage();
  const teller = useNotify();
  const [folder, setFolder] = useState('');
  const [every, setEvery] = useState<'day' | 'week'>('day');
  const [weekday, setWeekday] = useState(1);
  const [time, setTime] = useState('07:00');
  const [format, setFormat] = useState<FileFormat>('xlsx');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (folder.trim() === '') return setProblem(t('sch.folder_blank'));
    const outcome = await createSchedule({ question: scheduledQuestion.parse(query), format, language, folder: folder.trim(), every, weekday, time });
    setProblem(outcome.ok ? null : problemText(outcome.problem, common));
    if (outcome.ok) teller.done(t('sch.added'));
  };
  return (
    <form className={styles.schedule} data-needs="supervisor" onSubmit={(event) => void submit(event)} aria-label={t('sch.add')}>
      <p className={styles.title}>
        {t('sch.this', { report: nameOf(scheduledQuestion.parse(query), language) })} <span className={styles.dim}>{t('sch.filtered')}</span>
      </p>
      <div className={styles.fields}>
        <Select
          label={t('sch.every')}
          allowDeselect={false}
          data={(['day', 'week'] as const).map((value) => ({ value: value as string, label: t(`sch.${value}`) }))}
          value={every}
          onChange={(value) => setEvery(value === 'week' ? 'week' : 'day')}
        />
        {every === 'week' && (
          <Select
            label={t('sch.weekday')}
            allowDeselect={false}
            data={[1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), label: writer.weekday(day) }))}
            value={String(weekday)}
            onChange={(value) => setWeekday(Number(value))}
          />
        )}
        <TimeField label={t('sch.time')} heading={t('sch.time')} time={time} onChange={setTime} />
        <Select
          label={t('sch.format')}
          allowDeselect={false}
          data={fileFormats.map((value) => ({ value: value as string, label: value.toUpperCase() }))}
          value={format}
          onChange={(value) => setFormat(fileFormats.find((one) => one === value) ?? 'csv')}
        />
        <TextInput
          className={styles.folder ?? ''}
          label={t('sch.folder')}
          placeholder={t('sch.folder_hint')}
          value={folder}
          error={problem}
          errorProps={{ role: 'alert' }}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setFolder(event.currentTarget.value);
            setProblem(null);
          }}
        />
        <Button type="submit" className={styles.add ?? ''}>
          {t('sch.add')}
        </Button>
      </div>
    </form>
  );
}
