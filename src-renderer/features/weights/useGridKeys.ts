import { type FocusEvent, type KeyboardEvent, type MouseEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkWeight } from '#kit/fields/checks.ts';
import { isFocusNowhere } from '#kit/navigation/keep-focus.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { currentBoard } from '#link/board.ts';
import { fill } from './clipboard.ts';
import { countOf, weightIn } from './draft.ts';
import { type Cell, commitStep, intentOf, type Step, stepFrom } from './grid.ts';
import {
  apply,
  discard,
  edit,
  editArea,
  fillStretched,
  leave,
  moveTo,
  redoEdit,
  selectAll,
  selectWhole,
  stretchTo,
  type,
  undoEdit,
  useWeights,
} from './store.ts';
import { useGridClipboard } from './useGridClipboard.ts';

const weightOf = (cell: Cell): number | null => weightIn(currentBoard(), useWeights.getState().edits, cell);

/** The cell in which an event occurred. */
function cellAt(target: EventTarget): Cell | null {
  const name = target instanceof Element ? target.closest<HTMLElement>('[data-cell]')?.dataset.cell : undefined;
  const [operator_id, source_id] = (name ?? '').split('-').map(Number);
  return operator_id && source_id ? { operator_id, source_id } : null;
}

/** The header in which an event occurred, as a cell of its row or column. */
function headAt(target: EventTarget): { readonly what: 'rows' | 'columns'; readonly cell: Cell } | null {
  const head = target instanceof Element ? target.closest<HTMLElement>('[data-head]') : null;
  const [what, id] = (head?.dataset.head ?? '').split('-');
  const { operators, sources } = useWeights.getState().order;
  const [operator_id, source_id] = [what === 'row' ? Number(id) : operators[0], what === 'column' ? Number(id) : sources[0]];
  if (!head || operator_id === undefined || source_id === undefined) return null;
  return { what: what === 'row' ? 'rows' : 'columns', cell: { operator_id, source_id } };
}

const isAll = (target: EventTarget): boolean => target instanceof Element && target.closest('[data-all]') !== null;
const isHandle = (target: EventTarget): boolean => target instanceof HTMLElement && target.dataset.handle !== undefined;

/** Down to the last operator. */
function fillToEnd(): void {
  const { area, order } = useWeights.getState();
  const [operator_id, source_id] = [order.operators.at(-1), area ? order.sources[area.right] : undefined];
  if (operator_id === undefined || source_id === undefined) return;
  stretchTo({ operator_id, source_id });
  fillStretched(weightOf);
}

/**
 * Keyboard, mouse and clipboard of the grid, as in a spreadsheet: arrows move, with Shift they select; typing replaces; Enter and
 * Tab commit; Ctrl+Enter fills the selection; Ctrl+D and Ctrl+R fill it from its first row or column; dragging its handle fills adjacent cells,
 * and a double click there fills down to the end; a header selects its whole row or column, as does Space with Shift or Ctrl.
 * Nothing is sent before the edits are applied.
 */
export function useGridKeys(scrollTo: (row: number, column: number) => void) {
  const { t } = useTranslation();
  const notify = useNotify();
  const grid = useRef<HTMLTableElement>(null);
  const hadFocus = useRef(false);
  // When the focused cell scrolls out of the rendered range no event is fired; the grid then handles the keys.
  useEffect(() => {
    if (hadFocus.current && isFocusNowhere()) grid.current?.focus({ preventScroll: true });
  });
  const [dragged, setDragged] = useState<'selection' | 'corner' | 'rows' | 'columns' | null>(null);

  const goTo = useCallback(
    (cell: Cell, extending: boolean) => {
      const { operators, sources } = useWeights.getState().order;
      scrollTo(operators.indexOf(cell.operator_id), sources.indexOf(cell.source_id));
      moveTo(cell, extending);
    },
    [scrollTo],
  );

  const step = useCallback((cell: Cell, by: Step, extending = false) => goTo(stepFrom(cell, by, useWeights.getState().order) ?? cell, extending), [goTo]);

  /** Returns focus to the grid from a button that disappears after its action. */
  const comeBack = useCallback(() => (grid.current?.querySelector<HTMLElement>('[data-here]') ?? grid.current)?.focus({ preventScroll: true }), []);
  const save = useCallback(async () => {
    const outcome = await apply();
    if (isFocusNowhere()) comeBack(); // a disabled button loses the focus
    if (outcome.ok && outcome.step === undefined) return;
    notify.changed(outcome, t('weights.applied'));
  }, [comeBack, notify, t]);
  const throwAway = useCallback(() => {
    const count = countOf(useWeights.getState().edits);
    const run = discard();
    comeBack();
    notify.done(t('weights.discarded', { count, n: count }), { label: t('common.undo'), run });
  }, [comeBack, notify, t]);

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const { cursor, typed, area, order } = useWeights.getState();
      if (!cursor) return;
      if (typed === null) {
        const intent = intentOf(event.nativeEvent);
        if (!intent) return;
        event.preventDefault();
        switch (intent.kind) {
          case 'move':
            return step(cursor, intent.step, intent.extending);
          case 'edit':
            return type(intent.text ?? String(weightOf(cursor) ?? ''));
          case 'all':
            return selectAll();
          case 'rows':
          case 'columns':
            return selectWhole(intent.kind, useWeights.getState().anchor ?? cursor, cursor);
          case 'undo':
            return undoEdit();
          case 'redo':
            return redoEdit();
          case 'apply':
            return void save();
          case 'leave':
            if (dragged === 'corner') {
              stretchTo(null);
              return setDragged(null);
            }
            leave();
            if (event.target instanceof HTMLElement) event.target.blur();
            return;
          case 'remove':
            return area ? editArea(area, null) : undefined;
          case 'fill_down':
          case 'fill_right':
            return area ? edit(fill(intent.kind === 'fill_down' ? 'down' : 'right', area, order, weightOf)) : undefined;
        }
      }
      if (event.key === 'Escape') {
        event.preventDefault();
        type(null);
        return;
      }
      const by = commitStep(event);
      if (!by) return;
      event.preventDefault();
      const blank = typed.trim() === '';
      if (!blank && checkWeight(typed, t) !== null) return;
      const fills = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && area;
      const weight = Number(typed);
      if (!blank && fills) editArea(area, weight);
      else if (!blank) edit([{ ...cursor, weight }]);
      if (fills) type(null);
      else step(cursor, by);
    },
    [save, step, t, dragged],
  );

  /** Leaving a cell commits valid input and discards the rest. Moving focus from a cell to its own field is not leaving. */
  const commitTyped = useCallback(() => {
    const { cursor, typed } = useWeights.getState();
    if (!cursor || typed === null) return;
    type(null);
    if (typed.trim() !== '' && checkWeight(typed, t) === null) edit([{ ...cursor, weight: Number(typed) }]);
  }, [t]);
  const onBlur = useCallback(
    (event: FocusEvent) => {
      hadFocus.current = event.currentTarget.contains(event.relatedTarget);
      if (!event.target.contains(event.relatedTarget)) commitTyped();
    },
    [commitTyped],
  );

  const onMouseDown = useCallback(
    (event: MouseEvent) => {
      if (event.button !== 0 || event.target instanceof HTMLInputElement) return;
      const head = headAt(event.target);
      if (head || isAll(event.target)) {
        event.preventDefault();
        commitTyped();
        grid.current?.focus({ preventScroll: true }); // the first cell may not be rendered
        if (!head) return selectAll();
        selectWhole(head.what, (event.shiftKey && useWeights.getState().anchor) || head.cell, head.cell);
        return setDragged(head.what);
      }
      const cell = cellAt(event.target);
      if (!cell) return;
      event.preventDefault(); // keeps the browser from selecting text and moving the focus
      commitTyped();
      if (isHandle(event.target)) return setDragged('corner');
      if (event.target instanceof Element) event.target.closest<HTMLElement>('[data-cell]')?.focus(); // the cursor may be there already
      moveTo(cell, event.shiftKey);
      setDragged('selection');
    },
    [commitTyped],
  );
  useEffect(() => {
    if (dragged === null) return;
    const stop = () => {
      if (dragged === 'corner') fillStretched(weightOf);
      setDragged(null);
    };
    window.addEventListener('mouseup', stop);
    return () => window.removeEventListener('mouseup', stop);
  }, [dragged]);
  const onMouseOver = useCallback(
    (event: MouseEvent) => {
      if (dragged === null) return;
      const cell = cellAt(event.target);
      const { anchor } = useWeights.getState();
      if (dragged === 'rows' || dragged === 'columns') {
        const head = headAt(event.target);
        const over = head?.what === dragged ? head.cell : cell;
        if (over && anchor) selectWhole(dragged, anchor, over);
      } else if (cell && dragged === 'corner') stretchTo(cell);
      else if (cell) moveTo(cell, true);
    },
    [dragged],
  );
  const onDoubleClick = useCallback((event: MouseEvent) => {
    const cell = cellAt(event.target);
    if (isHandle(event.target)) fillToEnd();
    else if (cell) type(String(weightOf(cell) ?? ''));
  }, []);
  /** Tab enters the grid. */
  const onFocus = useCallback((event: FocusEvent) => {
    hadFocus.current = true;
    const cell = cellAt(event.target);
    if (cell && useWeights.getState().cursor === null) moveTo(cell);
  }, []);

  useGridClipboard(grid, weightOf);

  return {
    save,
    throwAway,
    grid,
    isDragging: dragged !== null,
    handlers: { onKeyDown, onBlur, onFocus, onMouseDown, onMouseOver, onDoubleClick },
  };
}
