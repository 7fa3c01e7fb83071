import type { TFunction } from 'i18next';
import { type ClipboardEvent, type FocusEvent, type KeyboardEvent, type MouseEvent, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_WEIGHT } from '#shared/distribution.ts';
import { checkWeight } from '../../kit/checks.ts';
import { useTeller } from '../../kit/tell.ts';
import { currentBoard } from '../../link/board.ts';
import { fill, paste, type Refused, toText } from './clipboard.ts';
import { weightIn } from './draft.ts';
import { type Cell, cellsIn, commitStep, intentOf, type Step, stepFrom } from './grid.ts';
import { apply, edit, leave, moveTo, selectAll, type, undoEdit, useWeights } from './store.ts';

const weightOf = (cell: Cell): number | null => weightIn(currentBoard(), useWeights.getState().edits, cell);

/** The cell that an event happened in. */
function cellAt(target: EventTarget): Cell | null {
  const name = target instanceof Element ? target.closest<HTMLElement>('[data-cell]')?.dataset.cell : undefined;
  const [operator_id, source_id] = (name ?? '').split('-').map(Number);
  return operator_id && source_id ? { operator_id, source_id } : null;
}

/**
 * Keyboard, mouse and clipboard of the grid, as a spreadsheet has them: arrows move, with Shift they select; typing replaces; Enter and
 * Tab commit; Ctrl+Enter fills the selection; Ctrl+D and Ctrl+R fill it from its first row or column. Nothing is sent before it is applied.
 */
export function useGridKeys(scrollTo: (row: number) => void) {
  const { t } = useTranslation();
  const teller = useTeller();
  const [isDragging, setDragging] = useState(false);

  const goTo = useCallback(
    (cell: Cell, extending: boolean) => {
      scrollTo(useWeights.getState().order.operators.indexOf(cell.operator_id));
      moveTo(cell, extending);
    },
    [scrollTo],
  );

  const step = useCallback((cell: Cell, by: Step, extending = false) => goTo(stepFrom(cell, by, useWeights.getState().order) ?? cell, extending), [goTo]);

  const save = useCallback(async () => {
    const outcome = await apply();
    if (outcome.ok && outcome.step === undefined) return;
    teller.changed(outcome, t('weights.applied'));
  }, [teller, t]);

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
          case 'undo':
            return undoEdit();
          case 'apply':
            return void save();
          case 'leave':
            leave();
            if (event.target instanceof HTMLElement) event.target.blur();
            return;
          case 'remove':
            return area
              ? edit(
                  cellsIn(area, order)
                    .flat()
                    .map((cell) => ({ ...cell, weight: null })),
                )
              : undefined;
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
      const cells = fills ? cellsIn(area, order).flat() : [cursor];
      if (!blank) edit(cells.map((cell) => ({ ...cell, weight: Number(typed) })));
      if (fills) type(null);
      else step(cursor, by);
    },
    [save, step, t],
  );

  /** Going elsewhere commits what can be committed, and forgets the rest. A cell that hands the focus to its own field goes nowhere. */
  const commitTyped = useCallback(() => {
    const { cursor, typed } = useWeights.getState();
    if (!cursor || typed === null) return;
    type(null);
    if (typed.trim() !== '' && checkWeight(typed, t) === null) edit([{ ...cursor, weight: Number(typed) }]);
  }, [t]);
  const onBlur = useCallback(
    (event: FocusEvent) => {
      if (!event.target.contains(event.relatedTarget)) commitTyped();
    },
    [commitTyped],
  );

  const onMouseDown = useCallback(
    (event: MouseEvent) => {
      const cell = cellAt(event.target);
      if (!cell || event.button !== 0 || event.target instanceof HTMLInputElement) return;
      event.preventDefault(); // neither text is selected nor the focus moved by the browser
      commitTyped();
      moveTo(cell, event.shiftKey);
      setDragging(true);
    },
    [commitTyped],
  );
  useEffect(() => {
    if (!isDragging) return;
    const stop = () => setDragging(false);
    window.addEventListener('mouseup', stop);
    return () => window.removeEventListener('mouseup', stop);
  }, [isDragging]);
  const onMouseOver = useCallback(
    (event: MouseEvent) => {
      const cell = isDragging ? cellAt(event.target) : null;
      if (cell) moveTo(cell, true);
    },
    [isDragging],
  );
  const onDoubleClick = useCallback((event: MouseEvent) => {
    const cell = cellAt(event.target);
    if (cell) type(String(weightOf(cell) ?? ''));
  }, []);
  /** The grid is entered with Tab. */
  const onFocus = useCallback((event: FocusEvent) => {
    const cell = cellAt(event.target);
    if (cell && useWeights.getState().cursor === null) moveTo(cell);
  }, []);

  const onCopy = useCallback((event: ClipboardEvent) => {
    const { area, order, typed } = useWeights.getState();
    if (!area || typed !== null) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', toText(area, order, weightOf));
    if (event.type !== 'cut') return;
    edit(
      cellsIn(area, order)
        .flat()
        .map((cell) => ({ ...cell, weight: null })),
    );
  }, []);

  const onPaste = useCallback(
    (event: ClipboardEvent) => {
      const { area, order, typed } = useWeights.getState();
      if (!area || typed !== null) return;
      event.preventDefault();
      const result = paste(event.clipboardData.getData('text/plain'), area, order);
      if ('puts' in result) edit(result.puts);
      else teller.refused(refusalText(result.refused, t));
    },
    [teller, t],
  );

  return { save, handlers: { onKeyDown, onBlur, onFocus, onMouseDown, onMouseOver, onDoubleClick, onCopy, onCut: onCopy, onPaste } };
}

function refusalText(refused: Refused, t: TFunction): string {
  if (refused.kind === 'too_large') {
    const { rows, columns, free_rows, free_columns } = refused;
    return t('weights.paste_too_large', { size: `${rows} × ${columns}`, free: `${free_rows} × ${free_columns}` });
  }
  const { operators, sources } = currentBoard();
  const named = refused.cells.map((cell) =>
    t('weights.paste_bad_cell', {
      operator: operators[cell.operator_id]?.name ?? '',
      source: sources[cell.source_id]?.name ?? '',
      text: cell.text.slice(0, 30),
    }),
  );
  const rest = refused.count - refused.cells.length;
  return `${t('weights.paste_bad', { max: MAX_WEIGHT })} ${named.join('; ')}${rest > 0 ? ` ${t('weights.paste_more', { count: rest })}` : ''}`;
}
