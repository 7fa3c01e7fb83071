import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { matching } from '#kit/fields/match.ts';
import { Panel } from '#kit/layout/Panel.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import { setParams, useParams } from '#kit/navigation/route.ts';
import bar from '#kit/table/ListFilters.module.css';
import { SearchField } from '#kit/table/SearchField.tsx';
import { useTakesKeys } from '#kit/table/to-list.ts';
import { currentBoard, useBoard } from '#link/board.ts';
import { operatorWords, sortedIds } from '#link/derive.ts';
import { ApplyBar } from './ApplyBar.tsx';
import { Grid } from './Grid.tsx';
import { LineMenu } from './LineMenu.tsx';
import { NoCells } from './NoCells.tsx';
import { PresetsMenu } from './PresetsMenu.tsx';
import { Summary } from './Summary.tsx';
import { leave, setOrder, useShownEdits } from './store.ts';
import { useDraftActions } from './useDraftActions.ts';
import { COLUMN_WIDTH, FIRST_WIDTH, useGridWindow } from './useGridWindow.ts';
import styles from './Weights.module.css';

/** With fewer rows all are in view, and no search is needed. */
const SEARCHED_FROM = 14;
/** maximum width of the grid in px, columns growing in proportion: wider, a number would be too far from its name */
const widestWith = (sources: number): number => Math.max(760, 1.5 * (FIRST_WIDTH + sources * COLUMN_WIDTH));

/** The operators that match the search and all sources, each by name. */
function useOrder(text: string) {
  const { collator } = useFormats();
  const sortedOperators = useMemo(() => sortedIds(), []);
  const sortedSources = useMemo(() => sortedIds(), []);
  const everyone = useBoard((board) => sortedOperators(board.operators, collator));
  const sources = useBoard((board) => sortedSources(board.sources, collator));
  // a renamed operator or source is sorted again, so the search runs again
  const operators = useMemo(() => matching(everyone, text, (id) => operatorWords(currentBoard().operators[id])), [everyone, text]);
  useEffect(() => setOrder({ operators, sources }), [operators, sources]);
  return { everyone, operators, sources };
}

export function WeightsScreen() {
  const { t } = useTranslation();
  const { number } = useFormats();
  const text = useParams().get('q') ?? '';
  const { everyone, operators, sources } = useOrder(text);
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLTableElement>(null);
  const window = useGridWindow({ rows: operators.length, columns: sources.length }, scroller);
  const edits = useShownEdits();
  const { save, throwAway } = useDraftActions(grid);
  useEffect(() => leave, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter starts at the first row
  useEffect(() => void scroller.current?.scrollTo({ top: 0 }), [text]);
  useTakesKeys(operators.length > 0);
  const lacks = everyone.length === 0 ? 'operators' : sources.length === 0 ? 'sources' : operators.length === 0 ? 'found' : null;
  return (
    <div className={styles.screen} style={{ maxWidth: widestWith(sources.length) + 2 }}>
      <Panel
        title={t('weights.title')}
        aside={
          <span className={styles.aside}>
            <Summary edits={edits} />
            <LineMenu />
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
        {lacks ? <NoCells lacks={lacks} /> : <Grid {...{ grid, scroller, operators, sources, edits, window }} onApply={save} />}
      </Panel>
      <ApplyBar onApply={save} onDiscard={throwAway} />
    </div>
  );
}
