import { type RefObject, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { GapRow } from '#kit/table/GapRow.tsx';
import { weightOf } from './cells.ts';
import type { Edits } from './draft.ts';
import { SourceHead } from './SourceHead.tsx';
import { useCommitTyped } from './useCommitTyped.ts';
import { useEdgeScroll } from './useEdgeScroll.ts';
import { useGridClipboard } from './useGridClipboard.ts';
import { useGridFocus } from './useGridFocus.ts';
import { useGridKeys } from './useGridKeys.ts';
import { useGridMouse } from './useGridMouse.ts';
import { COLUMN_WIDTH, FIRST_WIDTH, type GridWindow, ROW_HEIGHT } from './useGridWindow.ts';
import { WeightRow } from './WeightRow.tsx';
import styles from './Weights.module.css';

const HEADS = { left: FIRST_WIDTH, top: ROW_HEIGHT };

interface GridProps {
  readonly grid: RefObject<HTMLTableElement | null>;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly operators: readonly number[];
  readonly sources: readonly number[];
  readonly edits: Edits;
  readonly window: GridWindow;
  readonly onApply: () => void;
}

/** Operators × sources, worked like a spreadsheet. Nothing is sent before the edits are applied. */
export function Grid({ grid, scroller, operators, sources, edits, window: { rows, columns, scrollTo }, onApply }: GridProps) {
  const { t } = useTranslation();
  const commitTyped = useCommitTyped();
  const { isDragging, cancelFill, ...mouse } = useGridMouse(grid, commitTyped);
  const focus = useGridFocus(grid, commitTyped);
  const onKeyDown = useGridKeys({ scrollTo, save: onApply, cancelFill });
  useGridClipboard(grid, weightOf);
  useEdgeScroll(scroller, isDragging, HEADS);
  const { start, end, left, right } = columns;
  const shown = useMemo(() => sources.slice(start, end), [sources, start, end]);
  return (
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
      onKeyDown={onKeyDown}
      {...focus}
      {...mouse}
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
  );
}
