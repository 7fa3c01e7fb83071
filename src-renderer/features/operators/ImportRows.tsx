import { Checkbox } from '@mantine/core';
import type { TFunction } from 'i18next';
import { Fragment, memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Scrollable } from '#kit/layout/Scrollable.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import table from '#kit/table/table.module.css';
import { currentBoard } from '#link/board.ts';
import type { Activity, FieldChange, Foreseen } from './import-preview.ts';
import styles from './Operators.module.css';

/** Maximum of rows shown. */
const SHOWN = 200;

/** Preview of an import, row by row: its errors, or each field before and after. */
interface ImportRowsProps {
  readonly all: readonly Foreseen[];
  /** numbers of the rows that are not to be imported */
  readonly leftOut: ReadonlySet<number>;
  readonly onLeaveOut: (rows: ReadonlySet<number>) => void;
}

export const ImportRows = memo(function ImportRows({ all, leftOut, onLeaveOut }: ImportRowsProps) {
  const { t, number } = useFormats();
  return (
    <>
      <Scrollable className={styles.rows} label={t('import.preview')}>
        <table className={`${table.table} ${styles.import}`}>
          <thead>
            <tr>
              <th scope="col">
                <Checkbox
                  size="xs"
                  aria-label={t('import.take_all')}
                  checked={leftOut.size === 0}
                  indeterminate={leftOut.size > 0 && leftOut.size < all.length}
                  onChange={() => onLeaveOut(new Set(leftOut.size === 0 ? all.map(({ row }) => row.row) : []))}
                />
              </th>
              <th scope="col" className={table.number}>
                {t('import.row')}
              </th>
              <th scope="col">{t('operators.name')}</th>
              <th scope="col">{t('import.what')}</th>
            </tr>
          </thead>
          <tbody>
            {all.slice(0, SHOWN).map((one) => (
              <tr key={one.row.row}>
                <td>
                  <Checkbox
                    size="xs"
                    aria-label={t('import.take', { row: one.row.row, name: one.row.name })}
                    checked={!leftOut.has(one.row.row)}
                    onChange={({ currentTarget }) => {
                      const rest = new Set(leftOut);
                      if (currentTarget.checked) rest.delete(one.row.row);
                      else rest.add(one.row.row);
                      onLeaveOut(rest);
                    }}
                  />
                </td>
                <td className={table.number}>{one.row.row}</td>
                <td>{one.row.name}</td>
                <td>
                  <Said one={one} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
      {all.length > SHOWN && <p className={styles.plain}>{t('import.shown', { shown: number(SHOWN), all: number(all.length) })}</p>}
    </>
  );
});

function Said({ one: { kind, row, changes } }: { one: Foreseen }) {
  const { t } = useTranslation();
  if (kind === 'wrong')
    return (
      <span className={styles.problem}>
        {row.problems.map((one) => t(`import.problems.${one.kind}`, { text: one.text, source: 'source' in one ? one.source : '' })).join('; ')}
      </span>
    );
  if (kind === 'same') return <span className={styles.before}>{t('import.same')}</span>;
  return (
    <>
      {kind === 'new' && <b>{t('import.is_new')}: </b>}
      {changes.map((change, nth) => (
        <Fragment key={change.field === 'weight' ? change.source_id : change.field}>
          {nth > 0 && ', '}
          <Change change={change} />
        </Fragment>
      ))}
    </>
  );
}

function Change({ change }: { change: FieldChange }) {
  const { t, number } = useFormats();
  switch (change.field) {
    case 'max_load':
      return (
        <>
          {t('import.limit')} <BeforeAfter before={change.before === null ? null : number(change.before)} after={number(change.after)} />
          {change.isUsual && ` ${t('import.usual')}`}
        </>
      );
    case 'is_active':
      if (change.isNew) return activityText(change.after, t);
      return (
        <>
          <BeforeAfter before={activityText(change.before, t)} after={activityText(change.after, t)} />
          {change.held > 0 && ` ${t('import.held', { count: change.held })}`}
        </>
      );
    case 'tags':
      return (
        <>
          {t('import.tags')} <BeforeAfter before={tagsText(change.before) || null} after={tagsText(change.after) || t('operators.tags_none')} />
        </>
      );
    case 'weight':
      return (
        <>
          {currentBoard().sources[change.source_id]?.name}{' '}
          <BeforeAfter before={change.before === null ? null : number(change.before)} after={number(change.after)} />
        </>
      );
  }
}

const tagsText = (tags: readonly string[]): string => tags.join(', ');

const activityText = (activity: Activity, t: TFunction): string => (activity === 'on' ? t('live.on') : activity ? t(`inactive.${activity}`) : t('live.off'));

const BeforeAfter = ({ before, after }: { before: string | null; after: string }) => (
  <span className={styles.figures}>
    {before !== null && <span className={styles.before}>{before} → </span>}
    <b>{after}</b>
  </span>
);
