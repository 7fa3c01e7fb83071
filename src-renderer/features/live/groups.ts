/** Operators in groups by whether they can take a contact now, and how many of them stand side by side. Pure. */
import { isFull } from '#link/derive.ts';
import type { BoardOperator } from '#shared/board.ts';

export const groups = ['free', 'full', 'off'] as const;
export type Group = (typeof groups)[number];
export type Grouped = Readonly<Record<Group, readonly number[]>>;

const groupOf = (operator: BoardOperator): Group => (operator.is_active ? (isFull(operator) ? 'full' : 'free') : 'off');

/** The ids by group, in the given order. */
export function grouped(ids: readonly number[], operators: Readonly<Record<number, BoardOperator>>): Grouped {
  const found: Record<Group, number[]> = { free: [], full: [], off: [] };
  for (const id of ids) {
    const operator = operators[id];
    if (operator) found[groupOf(operator)].push(id);
  }
  return found;
}

/** Height of a row in px, as in the stylesheet. */
export const TILE_HEIGHT = 24;
/** Narrowest tile that still tells a name from another, and widest that is still read as one line without columns. In px. */
const WIDTHS = { least: 188, most: 440 };
/** A tile of at least this width has room for its columns of today, share and state. In px. */
const WIDE = 820;
/** A tile of at least this width has room for its switch. In px. */
const MIDDLE = 300;

export type TileKind = 'wide' | 'middle' | 'dense';

export interface Tiling {
  readonly columns: number;
  readonly kind: TileKind;
}

/** The most rows that this many operators take, however they are spread over the groups: each group may end with a row of one. */
export const mostRows = (count: number, columns: number): number => Math.min(count, Math.floor((count + groups.length * (columns - 1)) / columns));

/**
 * The fewest columns in which all operators are seen at once, otherwise as many as fit. Depends on their number only, so that nothing changes its place
 * when somebody becomes full.
 * @param width px for tiles
 * @param height px for tiles
 */
export function tilingFor(count: number, width: number, height: number): Tiling {
  const most = Math.max(1, Math.floor(width / WIDTHS.least));
  const rows = Math.floor(height / TILE_HEIGHT);
  const isSeen = (columns: number) => mostRows(count, columns) <= rows;
  const wide = Math.max(1, Math.floor(width / WIDE));
  if (width >= WIDE && isSeen(wide)) return { columns: wide, kind: 'wide' };
  let columns = Math.min(most, Math.max(1, Math.ceil(width / WIDTHS.most)));
  while (columns < most && !isSeen(columns)) columns += 1;
  return { columns, kind: width / columns >= MIDDLE ? 'middle' : 'dense' };
}

/** The part of each group that is rendered when rows `start` to `end` of all groups are, and the rows left out before and after. */
export function slices(all: Grouped, columns: number, { start, end }: { readonly start: number; readonly end: number }) {
  let first = 0; // row of the group's first tile
  return groups.flatMap((group) => {
    const ids = all[group];
    const rows = Math.ceil(ids.length / columns);
    const from = Math.min(rows, Math.max(0, start - first));
    const to = Math.min(rows, Math.max(from, end - first));
    first += rows;
    return rows === 0 ? [] : [{ group, count: ids.length, ids: ids.slice(from * columns, to * columns), above: from, below: rows - to }];
  });
}

/** How many rows all groups take. */
export const rowsIn = (all: Grouped, columns: number): number => groups.reduce((sum, group) => sum + Math.ceil(all[group].length / columns), 0);
