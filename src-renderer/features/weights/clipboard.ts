/** Weights as a spreadsheet copies and pastes them: rows of cells with tabs between. Pure. */
import { MAX_WEIGHT } from '#shared/distribution/table.ts';
import { wholeIn } from '../../kit/checks.ts';
import { type Area, type Cell, cellsIn, flatIn, type Order } from './grid.ts';

export interface Put extends Cell {
  /** null: no pair */
  readonly weight: number | null;
}

/** What cannot be pasted, and why nothing of it is. */
export type Refused =
  | { readonly kind: 'bad_cells'; readonly cells: readonly (Cell & { readonly text: string })[]; readonly count: number }
  | { readonly kind: 'too_large'; readonly rows: number; readonly columns: number; readonly free_rows: number; readonly free_columns: number };

/** So many bad cells are named. */
const NAMED = 3;

/** With a line break at the end where the last row would be taken for one. */
export function toText(area: Area, order: Order, weightOf: (cell: Cell) => number | null): string {
  const rows = cellsIn(area, order).map((row) => row.map((cell) => weightOf(cell) ?? '').join('\t'));
  return rows.join('\n') + (rows.length > 1 && rows.at(-1) === '' ? '\n' : '');
}

/** Cells as a spreadsheet writes them: one with a tab or a line break in it stands in quotes. */
export function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/gy;
  for (;;) {
    const match = cell.exec(text);
    if (!match) break;
    const [, quoted, plain = '', end] = match;
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '') break;
    if (end !== '\t') rows.push([]);
  }
  if (rows.length > 1 && rows.at(-1)?.join('') === '' && rows.at(-1)?.length === 1) rows.pop(); // spreadsheets end with a line break; rows of nothing before it count
  return rows;
}

/** Null for an empty cell, undefined when it is no weight. */
export const weightIn = (text: string): number | null | undefined => (text.trim() === '' ? null : wholeIn(text, MAX_WEIGHT));

/** Where it goes: over the whole selection, again and again, when that is so many times as large; else from its first cell on. */
function placeOf({ top, bottom, left, right }: Area, rows: number, columns: number): Area {
  const [height, width] = [bottom - top + 1, right - left + 1];
  const repeats = height % rows === 0 && width % columns === 0;
  return { top, left, bottom: repeats ? bottom : top + rows - 1, right: repeats ? right : left + columns - 1 };
}

/** Who and what is in use, by name. */
export interface Names {
  readonly operatorOf: (name: string) => number | undefined;
  readonly sourceOf: (name: string) => number | undefined;
}

interface Given extends Cell {
  readonly words: string;
}

type Pasted = { readonly puts: readonly Put[] /** where; null: by name, anywhere */; readonly area: Area | null } | { readonly refused: Refused };

/** All of it, or nothing when some of it is no weight. */
function putAll(cells: readonly Given[], area: Area | null): Pasted {
  const puts: Put[] = [];
  const bad: (Cell & { text: string })[] = [];
  for (const { operator_id, source_id, words } of cells) {
    const weight = weightIn(words);
    if (weight === undefined) bad.push({ operator_id, source_id, text: words });
    else puts.push({ operator_id, source_id, weight });
  }
  return bad.length > 0 ? { refused: { kind: 'bad_cells', cells: bad.slice(0, NAMED), count: bad.length } } : { puts, area };
}

/** A table with operators down its first column and sources across its first row goes where they say, in whatever order. Null: it is none. */
function byName([head = [], ...body]: readonly string[][], { operatorOf, sourceOf }: Names): Given[] | null {
  const heads = [...head.slice(1), ...body.map((row) => row[0] ?? '')];
  if (body.length === 0 || head.length < 2 || heads.some((name) => weightIn(name) !== undefined)) return null; // somebody may be called 7
  const cells: Given[] = [];
  for (const row of body) {
    const operator_id = operatorOf(row[0] ?? '');
    for (let column = 1; column < head.length; column++) {
      const source_id = sourceOf(head[column] ?? '');
      if (operator_id === undefined || source_id === undefined) return null;
      cells.push({ operator_id, source_id, words: row[column] ?? '' });
    }
  }
  return cells;
}

/** What is pasted must fit, and all of it be weights; else nothing is put. With the names of all its rows and columns it goes to them. */
export function paste(text: string, selected: Area, order: Order, names: Names): Pasted {
  const given = cellsOf(text);
  const named = byName(given, names);
  if (named) return putAll(named, null);
  const columns = Math.max(...given.map((row) => row.length));
  const area = placeOf(selected, given.length, columns);
  if (area.bottom >= order.operators.length || area.right >= order.sources.length) {
    const room = { free_rows: order.operators.length - selected.top, free_columns: order.sources.length - selected.left };
    return { refused: { kind: 'too_large', rows: given.length, columns, ...room } };
  }
  const cells = cellsIn(area, order).flatMap((row, r) => row.map((cell, c) => ({ ...cell, words: given[r % given.length]?.[c % columns] ?? '' })));
  return putAll(cells, area);
}

/** The first row (or column) of the selection over the others; of one row, the row above it. */
export function fill(by: 'down' | 'right', area: Area, order: Order, weightOf: (cell: Cell) => number | null): Put[] {
  const [first, last] = by === 'down' ? [area.top, area.bottom] : [area.left, area.right];
  const from = first === last ? first - 1 : first;
  if (from < 0) return [];
  return flatIn(area, order).map((cell) => {
    const operator_id = by === 'down' ? (order.operators[from] ?? 0) : cell.operator_id;
    const source_id = by === 'right' ? (order.sources[from] ?? 0) : cell.source_id;
    return { operator_id: cell.operator_id, source_id: cell.source_id, weight: weightOf({ operator_id, source_id }) };
  });
}

/** The pattern of the selection, again and again, over a strip that continues it. */
export function fillStrip(from: Area, strip: Area, { operators, sources }: Order, weightOf: (cell: Cell) => number | null): Put[] {
  const [height, width] = [from.bottom - from.top + 1, from.right - from.left + 1];
  const wrap = (offset: number, size: number) => ((offset % size) + size) % size;
  const puts: Put[] = [];
  for (let row = strip.top; row <= strip.bottom; row++)
    for (let column = strip.left; column <= strip.right; column++) {
      const [operator_id, source_id] = [operators[row], sources[column]];
      const like = operators[from.top + wrap(row - from.top, height)];
      const of = sources[from.left + wrap(column - from.left, width)];
      if (operator_id === undefined || source_id === undefined || like === undefined || of === undefined) continue;
      puts.push({ operator_id, source_id, weight: weightOf({ operator_id: like, source_id: of }) });
    }
  return puts;
}
