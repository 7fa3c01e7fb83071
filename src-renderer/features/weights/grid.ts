/** Cursor movement and selection in the grid of weights. Pure. */
import { MAX_LINE } from '#shared/distribution/table.ts';

export interface Cell {
  readonly operator_id: number;
  readonly source_id: number;
}

/** Display order of the grid. */
export interface Order {
  readonly operators: readonly number[];
  readonly sources: readonly number[];
}

/** Rows and columns by index, inclusive. */
export interface Area {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export type Step =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'row_start'
  | 'row_end'
  | 'column_start'
  | 'column_end'
  | 'first'
  | 'last'
  | 'next'
  | 'previous'
  | 'page_up'
  | 'page_down';

const DELTA = { up: [-1, 0], down: [1, 0], left: [0, -1], right: [0, 1] } as const;
const PAGE = 15;

/** The cell one step away; at an edge the same one. `next` and `previous` wrap to the next or previous row; null leaves the grid. */
export function stepFrom(cell: Cell, step: Step, { operators, sources }: Order): Cell | null {
  const row = operators.indexOf(cell.operator_id);
  const column = sources.indexOf(cell.source_id);
  const at = (r: number, c: number): Cell | null => {
    const operator_id = operators[r];
    const source_id = sources[c];
    return operator_id === undefined || source_id === undefined ? null : { operator_id, source_id };
  };
  switch (step) {
    case 'row_start':
      return at(row, 0);
    case 'row_end':
      return at(row, sources.length - 1);
    case 'column_start':
      return at(0, column);
    case 'column_end':
      return at(operators.length - 1, column);
    case 'first':
      return at(0, 0);
    case 'last':
      return at(operators.length - 1, sources.length - 1);
    case 'next':
      return at(row, column + 1) ?? at(row + 1, 0);
    case 'previous':
      return at(row, column - 1) ?? at(row - 1, sources.length - 1);
    case 'page_up':
      return at(Math.max(0, row - PAGE), column) ?? cell;
    case 'page_down':
      return at(Math.min(operators.length - 1, row + PAGE), column) ?? cell;
    default: {
      const [down, right] = DELTA[step];
      return at(row + down, column + right) ?? cell;
    }
  }
}

/** The area between two corners; null when one of them is no longer shown. */
export function areaBetween(a: Cell, b: Cell, { operators, sources }: Order): Area | null {
  const rows = [operators.indexOf(a.operator_id), operators.indexOf(b.operator_id)];
  const columns = [sources.indexOf(a.source_id), sources.indexOf(b.source_id)];
  if (rows.includes(-1) || columns.includes(-1)) return null;
  return { top: Math.min(...rows), bottom: Math.max(...rows), left: Math.min(...columns), right: Math.max(...columns) };
}

/**
 * The area to fill when the fill handle is dragged to a cell: the strip beyond the selection, vertically or horizontally,
 * whichever distance is larger. Null while the cell is inside.
 */
export function stripTo(area: Area, row: number, column: number): Area | null {
  const beyond = (at: number, first: number, last: number) => (at < first ? at - first : at > last ? at - last : 0);
  const down = beyond(row, area.top, area.bottom);
  const right = beyond(column, area.left, area.right);
  if (down === 0 && right === 0) return null;
  if (Math.abs(down) >= Math.abs(right)) return down > 0 ? { ...area, top: area.bottom + 1, bottom: row } : { ...area, top: row, bottom: area.top - 1 };
  return right > 0 ? { ...area, left: area.right + 1, right: column } : { ...area, left: column, right: area.left - 1 };
}

/** Corners of the whole rows or columns between two cells; the cursor goes to the first. */
export function wholeBetween(what: 'rows' | 'columns', a: Cell, b: Cell, { operators, sources }: Order): readonly [cursor: Cell, anchor: Cell] | null {
  const [top, bottom, left, right] = [operators[0], operators.at(-1), sources[0], sources.at(-1)];
  if (top === undefined || bottom === undefined || left === undefined || right === undefined) return null;
  return what === 'rows'
    ? [
        { operator_id: b.operator_id, source_id: left },
        { operator_id: a.operator_id, source_id: right },
      ]
    : [
        { operator_id: top, source_id: b.source_id },
        { operator_id: bottom, source_id: a.source_id },
      ];
}

/** The area around both: their union when one continues the other. */
export const joined = (a: Area, b: Area): Area => ({
  top: Math.min(a.top, b.top),
  bottom: Math.max(a.bottom, b.bottom),
  left: Math.min(a.left, b.left),
  right: Math.max(a.right, b.right),
});

export const contains = ({ top, bottom, left, right }: Area, row: number, column: number): boolean =>
  row >= top && row <= bottom && column >= left && column <= right;

/** Row by row. */
export function cellsIn({ top, bottom, left, right }: Area, { operators, sources }: Order): Cell[][] {
  return operators.slice(top, bottom + 1).map((operator_id) => sources.slice(left, right + 1).map((source_id) => ({ operator_id, source_id })));
}

/** Flat list of cells, without a list per row. */
export function flatIn({ top, bottom, left, right }: Area, { operators, sources }: Order): Cell[] {
  const cells: Cell[] = [];
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) {
      const [operator_id, source_id] = [operators[row], sources[column]];
      if (operator_id !== undefined && source_id !== undefined) cells.push({ operator_id, source_id });
    }
  return cells;
}

const ARROWS: Readonly<Record<string, Step>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'row_start',
  End: 'row_end',
  PageUp: 'page_up',
  PageDown: 'page_down',
};

const ARROWS_WITH_CTRL: Readonly<Record<string, Step>> = {
  ArrowUp: 'column_start',
  ArrowDown: 'column_end',
  ArrowLeft: 'row_start',
  ArrowRight: 'row_end',
  Home: 'first',
  End: 'last',
};

export type Intent =
  /** extending: the anchor of the selection stays */
  | { readonly kind: 'move'; readonly step: Step; readonly extending: boolean }
  /** null: start with the current value */
  | { readonly kind: 'edit'; readonly text: string | null }
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'remove' | 'leave' | 'all' | 'rows' | 'columns' | 'fill_down' | 'fill_right' | 'undo' | 'redo' | 'apply' };

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** By key position, so that they are the same in a Russian layout. */
const WITH_CTRL: Readonly<Record<string, 'all' | 'columns' | 'fill_down' | 'fill_right' | 'undo' | 'redo' | 'apply'>> = {
  KeyA: 'all',
  Space: 'columns',
  KeyY: 'redo',
  KeyD: 'fill_down',
  KeyR: 'fill_right',
  KeyZ: 'undo',
  KeyS: 'apply',
};

/** Places on the keyboard of the digits that name a line. */
const LINES: readonly string[] = Array.from({ length: MAX_LINE }, (_, i) => `Digit${i + 1}`);
const isDigit = (key: string): boolean => /^\d$/.test(key);

/** Command of a key on the current cell while it is not being edited. */
export function intentOf(event: Key): Intent | null {
  if (event.altKey) return null;
  if (event.ctrlKey || event.metaKey) {
    const step = ARROWS_WITH_CTRL[event.key];
    if (step) return { kind: 'move', step, extending: event.shiftKey };
    const kind = event.shiftKey ? (event.code === 'KeyZ' ? 'redo' : undefined) : WITH_CTRL[event.code];
    return kind ? { kind } : null;
  }
  if (event.shiftKey && event.key === ' ') return { kind: 'rows' };
  const line = event.shiftKey && !isDigit(event.key) ? LINES.indexOf(event.code) + 1 : 0; // where digits need Shift, it types one
  if (line > 0) return { kind: 'line', line };
  const step = ARROWS[event.key];
  if (step) return { kind: 'move', step, extending: event.shiftKey };
  if (event.key === 'Tab') return { kind: 'move', step: event.shiftKey ? 'previous' : 'next', extending: false };
  if (isDigit(event.key)) return { kind: 'edit', text: event.key };
  if (event.key === 'Enter' || event.key === 'F2' || event.key === ' ') return { kind: 'edit', text: null };
  if (event.key === 'Escape') return { kind: 'leave' };
  if (event.key === 'Delete' || event.key === 'Backspace') return { kind: 'remove' };
  return null;
}

/** Direction to move after a key commits the input; null when it does not commit. */
export function commitStep(event: Pick<KeyboardEvent, 'key' | 'shiftKey'>): Step | null {
  if (event.key === 'Enter') return event.shiftKey ? 'up' : 'down';
  if (event.key === 'Tab') return event.shiftKey ? 'previous' : 'next';
  if (event.key === 'ArrowUp') return 'up';
  return event.key === 'ArrowDown' ? 'down' : null;
}
