import { Button } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { Empty } from '#kit/layout/Empty.tsx';
import { NamesAlike } from '#kit/layout/NamesAlike.tsx';
import { Panel } from '#kit/layout/Panel.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import { setParams, useParams } from '#kit/navigation/route.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { ActionsHead } from '#kit/table/ActionsHead.tsx';
import { Archived } from '#kit/table/Archived.tsx';
import { GapRow } from '#kit/table/GapRow.tsx';
import { MarkHead } from '#kit/table/MarkBox.tsx';
import marks from '#kit/table/Marks.module.css';
import table from '#kit/table/table.module.css';
import { useTakesKeys } from '#kit/table/to-list.ts';
import { ROW_HEIGHT, useRowWindow } from '#kit/table/useRowWindow.ts';
import { currentBoard, useBoard, useCalmBoard } from '#link/board.ts';
import { sortedIds } from '#link/derive.ts';
import { ActionBar } from './ActionBar.tsx';
import { restoreOperator } from './calls.ts';
import { ImportDialog } from './ImportDialog.tsx';
import { LeaveDialog } from './LeaveDialog.tsx';
import { clearMarks, goTo, keepOnly, markAll, useMarks } from './marks.ts';
import { NewOperator } from './NewOperator.tsx';
import { OperatorFilters } from './OperatorFilters.tsx';
import { OperatorRow } from './OperatorRow.tsx';
import styles from './Operators.module.css';
import { SchedulesDialog } from './SchedulesDialog.tsx';
import { shownOf, stateIn, weighedIn } from './shown.ts';

export function OperatorsScreen() {
  const { t } = useTranslation();
  const { collator } = useFormats();
  const sorted = useMemo(() => sortedIds(), []);
  const ids = useBoard((board) => sorted(board.operators, collator));
  const archivedIds = useBoard(useShallow((board) => Object.values(board.operators).flatMap(({ id, is_archived }) => (is_archived ? [id] : []))));
  const teller = useNotify();
  const restore = async ({ id, name }: { id: number; name: string }) => teller.changed(await restoreOperator(id), t('operators.now_restored', { name }));
  const scroller = useRef<HTMLDivElement>(null);
  const params = useParams();
  const [state, text] = [stateIn(params.get('state')), params.get('q') ?? ''];
  const { operators, weights, sources } = useCalmBoard();
  const weighed = useMemo(() => weighedIn({ weights, sources }), [weights, sources]);
  const { counts, shown } = useMemo(() => shownOf(operators, { ids, weighed, state, text }), [operators, ids, weighed, state, text]);
  const named = useMemo(() => ids.flatMap((id) => operators[id] ?? []), [ids, operators]);
  useTakesKeys(shown.length > 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter starts at the first row
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
    clearMarks(); // marks only include visible rows
    goTo(null);
  }, [state, text]);
  const latest = useRef(shown);
  useEffect(() => {
    latest.current = shown;
    const there = new Set(shown);
    keepOnly((id) => there.has(id));
  }, [shown]);
  useEffect(() => () => goTo(null), []);
  const shownIds = useCallback(() => latest.current, []);
  const isMarked = useMarks(({ marked }) => marked.size > 0);
  const rows = useRowWindow(shown.length, ROW_HEIGHT, scroller);
  return (
    <Panel
      title={t('operators.title')}
      aside={
        <span className={styles.form}>
          <SchedulesDialog />
          <ImportDialog />
          <NewOperator />
        </span>
      }
      head={ids.length > 0 && <OperatorFilters state={state} text={text} counts={counts} />}
      foot={ids.length > 0 && <ActionBar />}
      scroller={scroller}
      className={styles.panel}
    >
      <NamesAlike items={named} />
      {ids.length === 0 ? (
        <Empty title={t('operators.empty')}>{t('operators.empty_text')}</Empty>
      ) : shown.length === 0 ? (
        <Empty title={t('lists.nothing')} action={<Button onClick={() => setParams({})}>{t('lists.clear')}</Button>}>
          {text !== '' && t('operators.none_found')}
        </Empty>
      ) : (
        <table className={table.table}>
          <colgroup>
            <col className={marks.col} />
            <col />
            <col className={styles['col-limit']} />
            <col className={styles['col-tags']} />
            <col className={styles['col-load']} />
            <col className={styles['col-state']} />
            <col className={styles['col-sources']} />
            <col className={styles['col-do']} />
          </colgroup>
          <thead>
            <tr>
              <MarkHead label={t('operators.mark_all')} isMarked={isMarked} onMark={() => (isMarked ? clearMarks() : markAll(shown))} />
              <th scope="col">{t('operators.name')}</th>
              <th scope="col" className={table.number}>
                {t('operators.limit')}
              </th>
              <th scope="col">{t('operators.tags')}</th>
              <th scope="col">{t('operators.load')}</th>
              <th scope="col" className={styles['state-head']}>
                {t('operators.state')}
              </th>
              <th scope="col" className={table.number}>
                {t('operators.sources')}
              </th>
              <ActionsHead />
            </tr>
          </thead>
          <tbody>
            <GapRow height={rows.above} />
            {shown.slice(rows.start, rows.end).map((id) => (
              <OperatorRow key={id} id={id} ids={shownIds} />
            ))}
            <GapRow height={rows.below} />
          </tbody>
        </table>
      )}
      <Archived
        title={t('operators.archived', { count: archivedIds.length })}
        items={archivedIds.map((id) => ({ id, name: currentBoard().operators[id]?.name ?? '' }))}
        restoreOf={(name) => t('common.restore_of', { name })}
        onRestore={(item) => void restore(item)}
      />
      <LeaveDialog />
    </Panel>
  );
}
