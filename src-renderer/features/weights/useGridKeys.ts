import { type KeyboardEvent, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { checkWeight } from '#kit/fields/checks.ts';
import { cellAt, weightOf } from './cells.ts';
import { fill } from './clipboard.ts';
import { type Cell, commitStep, type Intent, intentOf, type Step, stepFrom } from './grid.ts';
import { edit, editArea, leave, moveTo, redoEdit, selectAll, selectWhole, type, undoEdit, useWeights } from './store.ts';
import { useSetLine } from './useSetLine.ts';

/** Tab leaves the grid at its end, and from a button in a header. */
const leavesWithTab = ({ target, currentTarget }: KeyboardEvent, cursor: Cell, intent: Intent): boolean =>
  intent.kind !== 'move' || (target !== currentTarget && cellAt(target) === null) || stepFrom(cursor, intent.step, useWeights.getState().order) === null;

interface Actions {
  readonly scrollTo: (row: number, column: number) => void;
  readonly save: () => void;
  /** ends a fill by the mouse; false: there was none */
  readonly cancelFill: () => boolean;
}

/**
 * The keyboard in the grid, as in a spreadsheet: arrows and Tab move, arrows with Shift select; typing replaces; Enter and Tab commit; Esc leaves; Ctrl+Enter fills
 * the selection; Ctrl+D and Ctrl+R fill it from its first row or column; Space with Shift or Ctrl selects the whole row or column;
 * a digit with Shift puts the selection on that line.
 */
export function useGridKeys({ scrollTo, save, cancelFill }: Actions): (event: KeyboardEvent) => void {
  const { t } = useTranslation();
  const setLine = useSetLine();

  const step = useCallback(
    (cell: Cell, by: Step, extending = false) => {
      const { order } = useWeights.getState();
      const next = stepFrom(cell, by, order) ?? cell;
      scrollTo(order.operators.indexOf(next.operator_id), order.sources.indexOf(next.source_id));
      moveTo(next, extending);
    },
    [scrollTo],
  );

  const act = useCallback(
    (intent: Intent, cursor: Cell, target: EventTarget) => {
      const { area, order, anchor } = useWeights.getState();
      switch (intent.kind) {
        case 'move':
          return step(cursor, intent.step, intent.extending);
        case 'edit':
          return type(intent.text ?? String(weightOf(cursor) ?? ''));
        case 'all':
          return selectAll();
        case 'rows':
        case 'columns':
          return selectWhole(intent.kind, anchor ?? cursor, cursor);
        case 'undo':
          return undoEdit();
        case 'redo':
          return redoEdit();
        case 'line':
          return setLine(intent.line);
        case 'apply':
          return save();
        case 'leave':
          if (cancelFill()) return;
          leave();
          if (target instanceof HTMLElement) target.blur();
          return;
        case 'remove':
          return area ? editArea(area, null) : undefined;
        case 'fill_down':
        case 'fill_right':
          return area ? edit(fill(intent.kind === 'fill_down' ? 'down' : 'right', area, order, weightOf)) : undefined;
      }
    },
    [step, setLine, save, cancelFill],
  );

  /** A key pressed while a weight is being typed. */
  const commit = useCallback(
    (event: KeyboardEvent, cursor: Cell, typed: string) => {
      const by = event.key === 'Escape' ? null : commitStep(event);
      if (event.key !== 'Escape' && !by) return;
      event.preventDefault();
      if (!by) return type(null);
      const { area } = useWeights.getState();
      const blank = typed.trim() === '';
      if (!blank && checkWeight(typed, t) !== null) return;
      const fills = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && area;
      const weight = Number(typed);
      if (!blank && fills) editArea(area, weight);
      else if (!blank) edit([{ ...cursor, weight }]);
      if (fills) type(null);
      else step(cursor, by);
    },
    [step, t],
  );

  return useCallback(
    (event: KeyboardEvent) => {
      const { cursor, typed } = useWeights.getState();
      if (!cursor) {
        if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur();
        return;
      }
      if (typed !== null) return commit(event, cursor, typed);
      const intent = intentOf(event.nativeEvent);
      if (!intent || (event.key === 'Tab' && leavesWithTab(event, cursor, intent))) return;
      event.preventDefault();
      act(intent, cursor, event.target);
    },
    [act, commit],
  );
}
