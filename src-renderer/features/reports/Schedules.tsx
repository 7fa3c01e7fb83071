import { Button, Modal, Select, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FileFormat, fileFormats, type ReportQuery } from '#shared/contract/reports.ts';
import { type ExportRun, type Schedule, scheduledQuestion } from '#shared/contract/scheduled-exports.ts';
import { reportTexts } from '#shared/report-texts.ts';
import { ConfirmButton } from '../../kit/ConfirmButton.tsx';
import { TimeField } from '../../kit/dates/TimeField.tsx';
import { Empty } from '../../kit/Empty.tsx';
import type { Language } from '../../kit/format.ts';
import { problemText } from '../../kit/problem-text.ts';
import { useLanguage } from '../../kit/reading.ts';
import table from '../../kit/table.module.css';
import { useTeller } from '../../kit/tell.ts';
import { useWhy } from '../../kit/useWhy.ts';
import type { CellWriter } from './cells.ts';
import styles from './Reports.module.css';
import { createSchedule, loadSchedules, removeSchedule, runSchedule, useSchedules } from './schedules.ts';
import { useTexts } from './texts.ts';

interface SchedulesProps {
  /** what a new schedule would ask, but for its period */
  readonly query: ReportQuery;
  readonly writer: CellWriter;
  readonly shown: boolean;
  readonly onClose: () => void;
}

/** Reports that are put into a folder every day or week. */
export function Schedules({ query, writer, shown, onClose }: SchedulesProps) {
  const t = useTexts();
  return (
    <Modal opened={shown} onClose={onClose} title={t('sch.title')} size={1040} closeButtonProps={{ 'aria-label': t('sch.close') }}>
      {shown && <Content query={query} writer={writer} />}
    </Modal>
  );
}

function Content({ query, writer }: Pick<SchedulesProps, 'query' | 'writer'>) {
  const t = useTexts();
  const { t: common } = useTranslation();
  const { schedules, runs, failure } = useSchedules();
  useEffect(() => void loadSchedules(), []);
  return (
    <div className={styles.schedules} data-testid="schedules">
      <p className={styles.why}>{t('sch.why')}</p>
      {failure && (
        <p role="alert" className={styles.problem}>
          {problemText(failure, common)}
        </p>
      )}
      {schedules?.length === 0 && <Empty title={t('sch.none')}>{t('sch.none_text')}</Empty>}
      {schedules && schedules.length > 0 && <List schedules={schedules} writer={writer} />}
      <NewSchedule query={query} writer={writer} />
      <h3 className={styles.title}>{t('sch.log')}</h3>
      {runs.length === 0 ? <p className={styles.why}>{t('sch.log_none')}</p> : <Log runs={runs} writer={writer} />}
    </div>
  );
}

/** `Сводка, источники`, `Обращения, ждали`. */
function nameOf({ report, group_by, measure }: Schedule['question'], language: Language): string {
  const { reports, groupings, columns } = reportTexts[language];
  const which = report === 'summary' ? groupings[group_by] : report === 'contacts' ? columns[measure].toLocaleLowerCase(language) : null;
  return which === null ? reports[report] : `${reports[report]}, ${which}`;
}

const isFiltered = ({ report: _report, group_by: _group_by, measure: _measure, ...filters }: Schedule['question']): boolean =>
  Object.values(filters).some((value) => value !== undefined);

function List({ schedules, writer }: { schedules: readonly Schedule[]; writer: CellWriter }) {
  const t = useTexts();
  const language = useLanguage();
  const teller = useTeller();
  const why = useWhy();
  const run = async (id: number) => {
    const ran = teller.valueIn(await runSchedule(id));
    if (ran?.file) teller.done(t('sch.ran', { file: ran.file }));
    else if (ran) teller.refused(t('sch.failed', { error: why(ran.error ?? '') }));
  };
  const remove = async (id: number) => teller.changed(await removeSchedule(id), t('sch.removed'));
  return (
    <table className={table.table} aria-label={t('sch.title')}>
      <colgroup>
        <col className={styles['sch-report']} />
        <col className={styles['sch-when']} />
        <col />
        <col className={styles['sch-next']} />
        <col className={styles['sch-do']} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t('sch.report')}</th>
          <th scope="col">{t('sch.when')}</th>
          <th scope="col">{t('sch.folder')}</th>
          <th scope="col">{t('sch.next')}</th>
          <th scope="col">
            <span className="sr-only">{t('sch.run')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {schedules.map(({ id, question, format, folder, every, weekday, time, next_at }) => (
          <tr key={id} data-testid="schedule">
            <td title={nameOf(question, language)}>
              {nameOf(question, language)} · {format.toUpperCase()}
              {isFiltered(question) && <span className={styles.dim}> {t('sch.with_filters')}</span>}
            </td>
            <td>{every === 'day' ? t('sch.day_at', { time }) : t('sch.week_at', { weekday: writer.weekday(weekday), time })}</td>
            <td className={styles['sch-folder']}>{folder}</td>
            <td>{writer.cell(next_at, { key: 'at', type: 'time' })}</td>
            <td className={table.number}>
              <button type="button" className={table.link} onClick={() => void run(id)}>
                {t('sch.run')}
              </button>
              <ConfirmButton name={t('sch.remove')} className={table.link} onConfirm={() => void remove(id)}>
                {t('sch.remove')}
              </ConfirmButton>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function NewSchedule({ query, writer }: { query: ReportQuery; writer: CellWriter }) {
  const t = useTexts();
  const { t: common } = useTranslation();
  const language = useLanguage();
  const teller = useTeller();
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
    <form className={styles.schedule} onSubmit={(event) => void submit(event)} aria-label={t('sch.add')}>
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

function Log({ runs, writer }: { runs: readonly ExportRun[]; writer: CellWriter }) {
  const t = useTexts();
  const why = useWhy();
  return (
    <table className={table.table} aria-label={t('sch.log')}>
      <colgroup>
        <col className={styles['log-at']} />
        <col />
        <col className={styles['log-rows']} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t('sch.at')}</th>
          <th scope="col">{t('sch.file')}</th>
          <th scope="col" className={table.number}>
            {t('sch.rows')}
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map(({ id, at, file, rows, error }) => (
          <tr key={id} data-testid="export-run">
            <td>{writer.cell(at, { key: 'at', type: 'time' })}</td>
            <td title={file ?? error ?? ''} className={`${styles['sch-folder']} ${file === null ? styles.problem : ''}`}>
              {file ?? t('sch.failed', { error: why(error ?? '') })}
            </td>
            <td className={table.number}>{rows === null ? '–' : writer.count(rows)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
