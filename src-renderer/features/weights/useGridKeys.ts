import { type FocusEvent, type KeyboardEvent, useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { checkWeight } from '../../kit/checks.ts';
import { useTeller } from '../../kit/tell.ts';
import { currentBoard } from '../../link/board.ts';
import { type Cell, commitStep, intentOf, type Step, stepFrom } from './grid.ts';
import { keyOf, leave, moveTo, setWeight, type, useWeights } from './store.ts';

interface Grid {
  readonly operators: readonly number[];
  readonly sources: readonly number[];
  readonly scrollTo: (row: number) => void;
}

const knownWeight = (cell: Cell): number | null => {
  const pending = useWeights.getState().pending[keyOf(cell)];
  return pending === undefined ? (currentBoard().weights[cell.source_id]?.[cell.operator_id] ?? null) : pending;
};

/** The keyboard of the grid: arrows move, typing replaces, Enter and Tab commit, Esc takes back, Delete removes the pair. */
export function useGridKeys({ operators, sources, scrollTo }: Grid) {
  const { t } = useTranslation();
  const teller = useTeller();
  const latest = useRef({ operators, sources, scrollTo });
  useEffect(() => {
    latest.current = { operators, sources, scrollTo };
  }, [operators, sources, scrollTo]);

  const step = useCallback((cell: Cell, by: Step) => {
    const grid = latest.current;
    const next = stepFrom(cell, by, grid.operators, grid.sources) ?? cell;
    grid.scrollTo(grid.operators.indexOf(next.operator_id));
    moveTo(next);
  }, []);

  const save = useCallback(
    async (cell: Cell, weight: number | null) => {
      if (knownWeight(cell) !== weight) teller.valueIn(await setWeight(cell, weight));
    },
    [teller],
  );

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const { cursor, draft } = useWeights.getState();
      if (!cursor) return;
      if (draft === null) {
        const intent = intentOf(event.nativeEvent);
        if (!intent) return;
        event.preventDefault();
        if (intent.kind === 'move') step(cursor, intent.step);
        else if (intent.kind === 'edit') type(intent.text ?? String(knownWeight(cursor) ?? ''));
        else if (intent.kind === 'leave') {
          leave();
          if (event.target instanceof HTMLElement) event.target.blur();
        } else void save(cursor, null);
        return;
      }
      if (event.key === 'Escape') {
        event.preventDefault();
        type(null);
        return;
      }
      const by = commitStep(event);
      if (!by) return;
      event.preventDefault();
      const blank = draft.trim() === '';
      if (!blank && checkWeight(draft, t) !== null) return;
      if (!blank) void save(cursor, Number(draft));
      step(cursor, by);
    },
    [save, step, t],
  );

  /** Going elsewhere commits what can be committed, and forgets the rest. A cell that hands the focus to its own field goes nowhere. */
  const onBlur = useCallback(
    (event: FocusEvent) => {
      if (event.target.contains(event.relatedTarget)) return;
      const { cursor, draft } = useWeights.getState();
      if (!cursor || draft === null) return;
      type(null);
      if (draft.trim() !== '' && checkWeight(draft, t) === null) void save(cursor, Number(draft));
    },
    [save, t],
  );

  return { onKeyDown, onBlur };
}
