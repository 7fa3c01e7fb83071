import { Button } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '#kit/layout/Empty.tsx';
import { Panel } from '#kit/layout/Panel.tsx';
import { SkeletonLines } from '#kit/layout/Skeleton.tsx';
import type { Language } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import type { Names } from '#kit/locale/told.ts';
import { useParams } from '#kit/navigation/route.ts';
import { readingText } from '#kit/notices/problem-text.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { ActionsHead } from '#kit/table/ActionsHead.tsx';
import table from '#kit/table/table.module.css';
import { currentBoard } from '#link/board.ts';
import styles from './Audit.module.css';
import { EntryRow } from './EntryRow.tsx';
import { exportAudit } from './export.ts';
import { Filters } from './Filters.tsx';
import { filtersIn } from './filters.ts';
import { everything, follow, load, useAudit } from './store.ts';

/** Current names; the number of whatever is not on the board. */
function namesIn(language: Language): Names {
  const regions = new Intl.DisplayNames(language, { type: 'region' });
  return {
    operator: (id) => currentBoard().operators[id]?.name ?? `№ ${id}`,
    source: (id) => currentBoard().sources[id]?.name ?? `№ ${id}`,
    schedule: (id) => currentBoard().schedules[id]?.name ?? `№ ${id}`,
    region: (code) => (/^[A-Z]{2}$/.test(code) ? (regions.of(code) ?? code) : code), // it throws on an impossible code
  };
}

export function AuditScreen() {
  const { t } = useTranslation();
  const teller = useNotify();
  const { language, zone, number } = useFormats();
  const names = useMemo(() => namesIn(language), [language]);
  const params = useParams();
  const filters = useMemo(() => filtersIn(params), [params]);
  useEffect(() => follow(filters), [filters]);
  const { entries, next_cursor, failure, isLoading, isStale } = useAudit();
  /** entries fetched so far for an export; null: no export is running */
  const [saving, setSaving] = useState<number | null>(null);
  const isCalledOff = useRef(false);
  const again = useCallback(() => void load(filters), [filters]);
  const save = async () => {
    isCalledOff.current = false;
    setSaving(0);
    const all = teller.valueIn(
      await everything(filters, (count) => {
        setSaving(count);
        return !isCalledOff.current;
      }),
    );
    if (all) {
      const isSaved = await exportAudit(all.entries, names, t, { language, zone }).then(
        () => true,
        () => false,
      );
      if (!isSaved) teller.refused(t('mishap.missing_text'));
      else if (!all.isAll) teller.done(t('audit.only_newest', { n: number(all.entries.length) }));
    }
    setSaving(null);
  };
  const callOff = () => {
    isCalledOff.current = true;
  };
  const isFiltered = params.size > 0;
  return (
    <Panel
      title={t('audit.title')}
      aside={
        <Button variant="default" disabled={!entries?.length} onClick={() => (saving === null ? void save() : callOff())}>
          {saving === null ? t('audit.export') : t('audit.call_off', { n: number(saving) })}
        </Button>
      }
      className={styles.panel}
    >
      <Filters filters={filters} />
      {failure && (
        <p role="alert" className={styles.failure}>
          {readingText(failure, t)}
        </p>
      )}
      {entries === null && !failure && <SkeletonLines />}
      {entries?.length === 0 && (
        <Empty title={t(isFiltered ? 'audit.nothing' : 'audit.empty')}>{t(isFiltered ? 'audit.nothing_text' : 'audit.empty_text')}</Empty>
      )}
      {entries !== null && entries.length > 0 && (
        <table className={`${table.table} ${styles.table}`} aria-busy={isStale || undefined}>
          <colgroup>
            <col className={styles['col-at']} />
            <col className={styles['col-actor']} />
            <col />
            <col className={styles['col-do']} />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">{t('audit.columns.at')}</th>
              <th scope="col">{t('audit.columns.actor')}</th>
              <th scope="col">{t('audit.columns.what')}</th>
              <ActionsHead />
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <EntryRow key={entry.revision} entry={entry} names={names} onUndone={again} />
            ))}
          </tbody>
        </table>
      )}
      {next_cursor !== null && (
        <div className={styles.more}>
          <Button variant="default" loading={isLoading} onClick={() => void load(filters, true)}>
            {t('audit.show_more')}
          </Button>
        </div>
      )}
    </Panel>
  );
}
