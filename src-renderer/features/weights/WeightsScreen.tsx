import { Button } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { matching } from '#kit/fields/match.ts';
import { Empty } from '#kit/layout/Empty.tsx';
import { Panel } from '#kit/layout/Panel.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import { go, setParams, useParams } from '#kit/navigation/route.ts';
import { GapRow } from '#kit/table/GapRow.tsx';
import bar from '#kit/table/ListFilters.module.css';
import { SearchField } from '#kit/table/SearchField.tsx';
import { useTakesKeys } from '#kit/table/to-list.ts';
import { useColumnWindow, useTightRowWindow } from '#kit/table/useRowWindow.ts';
import { currentBoard, useBoard } from '#link/board.ts';
import { sortedIds } from '#link/derive.ts';
import { ApplyBar } from './ApplyBar.tsx';
import { PresetsMenu } from './PresetsMenu.tsx';
import { SourceHead } from './SourceHead.tsx';
import { Summary } from './Summary.tsx';
import { leave, setOrder, useShownEdits } from './store.ts';
import { useEdgeScroll } from './useEdgeScroll.ts';
import { useGridKeys } from './useGridKeys.ts';
import { WeightRow } from './WeightRow.tsx';
import styles from './Weights.module.css';

const ROW_HEIGHT = 45;
/** rows */
const WHOLE_UP_TO = 40;
const COLUMN_WIDTH = 148;
/** With fewer rows all are in view, and no search is needed. */
const SEARCHED_FROM = 14;
/** the sticky column of operators */
const FIRST_WIDTH = 220;
const HEADS = { left: FIRST_WIDTH, top: ROW_HEIGHT };
/** maximum width of the grid in px, columns growing in proportion: wider, a number would be too far from its name */
const widestWith = (sources: number): number => Math.max(760, 1.5 * (FIRST_WIDTH + sources * COLUMN_WIDTH));

export function WeightsScreen() {
  const { t } = useTranslation();
  const { collator, number } = useFormats();
  const sortedOperators = useMemo(() => sortedIds(), []);
  const sortedSources = useMemo(() => sortedIds(), []);
  const everyone = useBoard((board) => sortedOperators(board.operators, collator));
  const text = useParams().get('q') ?? '';
  // a renamed operator or source is sorted again, so the search runs again
  const operators = useMemo(() => matching(everyone, text, (id) => currentBoard().operators[id]?.name ?? ''), [everyone, text]);
  const sources = useBoard((board) => sortedSources(board.sources, collator));
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useTightRowWindow(operators.length, ROW_HEIGHT, scroller, WHOLE_UP_TO);
  const columns = useColumnWindow(sources.length, COLUMN_WIDTH, scroller, FIRST_WIDTH);
  const { start, end, left, right } = columns;
  const shown = useMemo(() => sources.slice(start, end), [sources, start, end]);
  const edits = useShownEdits();
  useEffect(() => leave, []);
  useEffect(() => setOrder({ operators, sources }), [operators, sources]);
  const latest = useRef({ rows, columns });
  useEffect(() => {
    latest.current = { rows, columns };
  });
  const scrollTo = useCallback((row: number, column: number) => {
    latest.current.rows.scrollTo(row);
    latest.current.columns.scrollTo(column);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter starts at the first row
  useEffect(() => void scroller.current?.scrollTo({ top: 0 }), [text]);
  useTakesKeys(operators.length > 0);
  const { save, throwAway, grid, isDragging, handlers } = useGridKeys(scrollTo);
  useEdgeScroll(scroller, isDragging, HEADS);
  return (
    <div className={styles.screen} style={{ maxWidth: widestWith(sources.length) + 2 }}>
      <Panel
        title={t('weights.title')}
        aside={
          <span className={styles.aside}>
            <Summary edits={edits} />
            <PresetsMenu />
          </span>
        }
        head={
          (everyone.length > SEARCHED_FROM || text !== '') && (
            <search className={bar.bar}>
              <SearchField value={text} label={t('operators.search')} placeholder={t('operators.search_hint')} onChange={(q) => setParams({ q })} />
              <span className={styles.legend}>
                {text !== '' && t('operators.found', { count: operators.length, n: number(operators.length), all: number(everyone.length) })}
              </span>
            </search>
          )
        }
        scroller={scroller}
        className={styles.panel}
      >
        {everyone.length === 0 || sources.length === 0 ? (
          <Empty
            title={t('weights.empty')}
            action={
              <Button onClick={() => go(everyone.length === 0 ? 'operators' : 'sources')}>
                {everyone.length === 0 ? t('operators.add') : t('sources.add')}
              </Button>
            }
          >
            {t('weights.empty_text')}
          </Empty>
        ) : operators.length === 0 ? (
          <Empty title={t('lists.nothing')} action={<Button onClick={() => setParams({})}>{t('lists.clear_search')}</Button>}>
            {t('operators.none_found')}
          </Empty>
        ) : (
          <table
            ref={grid}
            tabIndex={-1}
            className={styles.grid}
            style={left + right > 0 ? undefined : { width: '100%', minWidth: FIRST_WIDTH + sources.length * COLUMN_WIDTH }}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table with cells edited in place is a grid
            role="grid" // oxlint-disable-line jsx-a11y/no-noninteractive-element-to-interactive-role
            aria-label={t('weights.title')}
            aria-rowcount={operators.length + 1}
            aria-colcount={sources.length + 1}
            aria-multiselectable="true"
            {...handlers}
          >
            <colgroup>
              <col style={{ width: FIRST_WIDTH }} />
              {left > 0 && <col style={{ width: left }} />}
              <col span={shown.length} style={{ width: COLUMN_WIDTH }} />
              {right > 0 && <col style={{ width: right }} />}
            </colgroup>
            <thead>
              <tr>
                <th scope="col" className={styles.corner} data-all="">
                  {t('weights.operator')}
                </th>
                {left > 0 && <td aria-hidden="true" />}
                {shown.map((source_id, place) => (
                  <SourceHead key={source_id} source_id={source_id} edits={edits} index={start + place} />
                ))}
                {right > 0 && <td aria-hidden="true" />}
              </tr>
            </thead>
            <tbody>
              <GapRow height={rows.above} />
              {operators.slice(rows.start, rows.end).map((operator_id, index) => (
                <WeightRow
                  key={operator_id}
                  operator_id={operator_id}
                  sources={shown}
                  edits={edits}
                  first={start}
                  left={left}
                  right={right}
                  index={rows.start + index}
                />
              ))}
              <GapRow height={rows.below} />
            </tbody>
          </table>
        )}
      </Panel>
      <ApplyBar onApply={() => void save()} onDiscard={throwAway} />
    </div>
  );
}
