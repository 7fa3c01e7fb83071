/** Copies and pastes weights in spreadsheet format: rows of tab-separated cells. Pure. */

import { wholeIn } from '#kit/fields/checks.ts';
import { MAX_WEIGHT } from '#shared/distribution/table.ts';
import { type Area, type Cell, cellsIn, flatIn, type Order } from './grid.ts';

export interface Put extends Cell {
  /** null: no weight */
  readonly weight: number | null;
}

/** Why a paste was refused as a whole. */
export type Refused =
  | { readonly kind: 'bad_cells'; readonly cells: readonly (Cell & { readonly text: string })[]; readonly count: number }
  | { readonly kind: 'too_large'; readonly rows: number; readonly columns: number; readonly free_rows: number; readonly free_columns: number };

/** Invalid cells listed. */
const NAMED = 3;

/** Appends a line break where the last row could be mistaken for one. */
export function toText(area: Area, order: Order, weightOf: (cell: Cell) => number | null): string {
  const rows = cellsIn(area, order).map((row) => row.map((cell) => weightOf(cell) ?? '').join('\t'));
  return rows.join('\n') + (rows.length > 1 && rows.at(-1) === '' ? '\n' : '');
}

/** Parses cells in spreadsheet format: a cell with a tab or a line break is quoted. */
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
  if (rows.length > 1 && rows.at(-1)?.join('') === '' && rows.at(-1)?.length === 1) rows.pop(); // spreadsheets end with a line break; empty rows before it count
  return rows;
}

/** Null for an empty cell, undefined for an invalid weight. */
export const weightIn = (text: string): number | null | undefined => (text.trim() === '' ? null : wholeIn(text, MAX_WEIGHT));

/** Target of a paste: repeated over the selection when its size is a multiple, otherwise from its first cell on. */
function placeOf({ top, bottom, left, right }: Area, rows: number, columns: number): Area {
  const [height, width] = [bottom - top + 1, right - left + 1];
  const repeats = height % rows === 0 && width % columns === 0;
  return { top, left, bottom: repeats ? bottom : top + rows - 1, right: repeats ? right : left + columns - 1 };
}

/** Operators and sources in use, by name. */
export interface Names {
  readonly operatorOf: (name: string) => number | undefined;
  readonly sourceOf: (name: string) => number | undefined;
}

interface Given extends Cell {
  readonly words: string;
}

type Pasted = { readonly puts: readonly Put[] /** target; null: by name, anywhere */; readonly area: Area | null } | { readonly refused: Refused };

/** All weights, or none when any is invalid. */
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

/** Matches a table with operators in its first column and sources in its first row by those names, in any order. Null without such headers. */
function byName([head = [], ...body]: readonly string[][], { operatorOf, sourceOf }: Names): Given[] | null {
  const heads = [...head.slice(1), ...body.map((row) => row[0] ?? '')];
  if (body.length === 0 || head.length < 2 || heads.some((name) => weightIn(name) !== undefined)) return null; // a name may be a number
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

/** Pastes all weights, or nothing when they do not fit or one is invalid. A table with row and column headers is matched by name. */
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

/** Copies the selection's first row (or column) over the others; for a single row, the row above it. */
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

/** Repeats the pattern of the selection over an adjacent strip. */
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
