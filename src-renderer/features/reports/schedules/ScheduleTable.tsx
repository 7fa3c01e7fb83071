import { ConfirmButton } from '#kit/fields/ConfirmButton.tsx';
import { useLanguage } from '#kit/locale/locale.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { useWhy } from '#kit/notices/useWhy.ts';
import table from '#kit/table/table.module.css';
import type { Schedule } from '#shared/contract/scheduled-exports.ts';
import type { CellWriter } from '../cells.ts';
import styles from '../Reports.module.css';
import { useTexts } from '../texts.ts';
import { nameOf } from './name-of.ts';
import { removeSchedule, runSchedule } from './store.ts';

const isFiltered = ({ report: _report, group_by: _group_by, measure: _measure, ...filters }: Schedule['question']): boolean =>
  Object.values(filters).some((value) => value !== undefined);

/** Scheduled reports with time and folder; each can be run now or removed. */
export function ScheduleTable({ schedules, writer }: { schedules: readonly Schedule[]; writer: CellWriter }) {
  const t = useTexts();
  const language = useLanguage();
  const teller = useNotify();
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
            <td className={table.number} data-needs="supervisor">
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
