import { Button } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../kit/Empty.tsx';
import { GapRow } from '../../kit/GapRow.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { useFormats } from '../../kit/reading.ts';
import { go } from '../../kit/route.ts';
import { useRowWindow } from '../../kit/useRowWindow.ts';
import { useBoard } from '../../link/board.ts';
import { sortedIds } from '../../link/derive.ts';
import { ApplyBar } from './ApplyBar.tsx';
import { PresetsMenu } from './PresetsMenu.tsx';
import { SourceHead } from './SourceHead.tsx';
import { leave, setOrder } from './store.ts';
import { useGridKeys } from './useGridKeys.ts';
import { WeightRow } from './WeightRow.tsx';
import styles from './Weights.module.css';

const ROW_HEIGHT = 45;

export function WeightsScreen() {
  const { t } = useTranslation();
  const { collator } = useFormats();
  const sortedOperators = useMemo(() => sortedIds(), []);
  const sortedSources = useMemo(() => sortedIds(), []);
  const operators = useBoard((board) => sortedOperators(board.operators, collator));
  const sources = useBoard((board) => sortedSources(board.sources, collator));
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRowWindow(operators.length, ROW_HEIGHT, scroller);
  useEffect(() => leave, []);
  useEffect(() => setOrder({ operators, sources }), [operators, sources]);
  const latest = useRef(rows.scrollTo);
  useEffect(() => {
    latest.current = rows.scrollTo;
  });
  const { save, handlers } = useGridKeys(useCallback((row: number) => latest.current(row), []));
  return (
    <div className={styles.screen}>
      <Panel
        title={t('weights.title')}
        aside={
          <span className={styles.aside}>
            <span className={styles.legend}>{t('weights.legend')}</span>
            <PresetsMenu />
          </span>
        }
        scroller={scroller}
        className={styles.panel}
      >
        {operators.length === 0 || sources.length === 0 ? (
          <Empty
            title={t('weights.empty')}
            action={
              <Button onClick={() => go(operators.length === 0 ? 'operators' : 'sources')}>
                {operators.length === 0 ? t('operators.add') : t('sources.add')}
              </Button>
            }
          >
            {t('weights.empty_text')}
          </Empty>
        ) : (
          <table
            className={styles.grid}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are edited in place is a grid
            role="grid" // oxlint-disable-line jsx-a11y/no-noninteractive-element-to-interactive-role
            aria-label={t('weights.title')}
            aria-rowcount={operators.length + 1}
            aria-colcount={sources.length + 1}
            aria-multiselectable="true"
            {...handlers}
          >
            <thead>
              <tr>
                <th scope="col" className={styles.corner}>
                  {t('weights.operator')}
                </th>
                {sources.map((source_id) => (
                  <SourceHead key={source_id} source_id={source_id} />
                ))}
              </tr>
            </thead>
            <tbody>
              <GapRow height={rows.above} />
              {operators.slice(rows.start, rows.end).map((operator_id, index) => (
                <WeightRow key={operator_id} operator_id={operator_id} sources={sources} index={rows.start + index} />
              ))}
              <GapRow height={rows.below} />
            </tbody>
          </table>
        )}
      </Panel>
      <ApplyBar onApply={() => void save()} />
    </div>
  );
}
