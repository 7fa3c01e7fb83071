/** Draft weights: the board's weights overlaid with edits not yet applied. Pure. */

import { type SourceSums, sourceSums, sumsIn } from '#link/derive.ts';
import { type Board, candidates } from '#shared/board.ts';
import { defaultRule } from '#shared/distribution/rule.ts';
import { givesShares } from '#shared/distribution/strategies.ts';
import type { Area, Cell, Order } from './grid.ts';

/** By source, then by operator; null: no weight. */
export type Edits = Readonly<Record<number, Readonly<Record<number, number | null>>>>;

/** The edits, overlaid with these weights. */
export function withEdits(edits: Edits, puts: readonly (Cell & { readonly weight: number | null })[]): Edits {
  const next: Record<number, Record<number, number | null>> = {};
  for (const { source_id, operator_id, weight } of puts) {
    next[source_id] ??= { ...edits[source_id] };
    next[source_id][operator_id] = weight;
  }
  return { ...edits, ...next };
}

/** Sets a whole area to one value without listing its cells: it may be every weight of a large desk. */
export function withArea(edits: Edits, { top, bottom, left, right }: Area, { operators, sources }: Order, weight: number | null): Edits {
  const next: Record<number, Edits[number]> = {};
  const rows = operators.slice(top, bottom + 1);
  for (const source_id of sources.slice(left, right + 1)) {
    const edited: Record<number, number | null> = { ...edits[source_id] };
    for (const operator_id of rows) edited[operator_id] = weight;
    next[source_id] = edited;
  }
  return { ...edits, ...next };
}

/** Drops edits that equal the board. A source's edits stay the same object when none is dropped. */
export function onlyChanging(board: Pick<Board, 'weights'>, edits: Edits): Edits {
  const left: Record<number, Edits[number]> = {};
  for (const key in edits) {
    const source_id = Number(key);
    const edited = edits[source_id] ?? {};
    const weights = board.weights[source_id];
    let some = false;
    let all = true;
    for (const operator in edited) {
      const id = operator as unknown as number; // a record's keys are strings; the index works either way
      const isOther = (weights?.[id] ?? null) !== edited[id];
      some ||= isOther;
      all &&= isOther;
    }
    if (!some) continue;
    left[source_id] = all
      ? edited
      : Object.fromEntries(Object.entries(edited).filter(([operator, weight]) => (weights?.[Number(operator)] ?? null) !== weight));
  }
  return left;
}

const NONE: Edits[number] = {};
const weightsOf = ({ weights }: Pick<Board, 'weights'>, source_id: number): Edits[number] => weights[source_id] ?? NONE;

/**
 * The board's weights of each source when they were edited, to detect changes by somebody else since. They are the
 * board's own object until that happens: every weight of a large desk may be edited at once.
 * @param before the edits so far, and the board's weights for them
 */
export function basesOf(board: Pick<Board, 'weights'>, edits: Edits, before: { readonly edits: Edits; readonly bases: Edits }): Edits {
  const bases: Record<number, Edits[number]> = {};
  for (const key in edits) {
    const source_id = Number(key);
    const [edited, known, kept, weights] = [edits[source_id] ?? {}, before.edits[source_id], before.bases[source_id], weightsOf(board, source_id)];
    if (known === undefined || kept === undefined) bases[source_id] = weights;
    else if (edited === known || kept === weights) bases[source_id] = kept;
    else {
      const base: Record<number, number | null> = { ...weights };
      for (const operator in edited) {
        const id = operator as unknown as number; // a record's keys are strings; the index works either way
        if (known[id] !== undefined) base[id] = kept[id] ?? null;
      }
      bases[source_id] = base;
    }
  }
  return bases;
}

export interface Conflict extends Cell {
  /** the weight when it was edited, as somebody else changed it since, and the edit */
  readonly was: number | null;
  readonly is: number | null;
  readonly mine: number | null;
}

/** Edited weights that somebody else has changed since, to another value than the edit. */
export function conflictsIn(board: Pick<Board, 'weights'>, edits: Edits, bases: Edits): Conflict[] {
  const conflicts: Conflict[] = [];
  for (const key in edits) {
    const source_id = Number(key);
    const [edited, base, weights] = [edits[source_id] ?? {}, bases[source_id], weightsOf(board, source_id)];
    if (base === undefined || base === weights) continue;
    for (const operator in edited) {
      const id = operator as unknown as number; // as above
      const [was, is, mine] = [base[id] ?? null, weights[id] ?? null, edited[id] ?? null];
      if (was !== is && is !== mine) conflicts.push({ operator_id: Number(operator), source_id, was, is, mine });
    }
  }
  return conflicts;
}

/** Number of edited weights. */
export function countOf(edits: Edits): number {
  let count = 0;
  for (const source in edits) for (const _ in edits[Number(source)]) count += 1;
  return count;
}

/** All edits as a list. */
export function changesIn(edits: Edits): (Cell & { weight: number | null })[] {
  const changes: (Cell & { weight: number | null })[] = [];
  for (const source in edits)
    for (const operator in edits[Number(source)]) {
      const [source_id, operator_id] = [Number(source), Number(operator)];
      changes.push({ source_id, operator_id, weight: edits[source_id]?.[operator_id] ?? null });
    }
  return changes;
}

/** The edited weight, else the board's; null: no competence. */
export function weightIn(board: Board, edits: Edits, { operator_id, source_id }: Cell): number | null {
  const edited = edits[source_id]?.[operator_id];
  return edited === undefined ? (board.weights[source_id]?.[operator_id] ?? null) : edited;
}

const draftSums = new WeakMap<Board, Map<number, { of: Edits[number]; sums: SourceSums }>>();

/** A source's sums with the edits; memoised per board and edits of the source. */
export function sumsWith(board: Board, edits: Edits, source_id: number): SourceSums {
  const edited = edits[source_id];
  if (!edited) return sourceSums(board, source_id);
  let cache = draftSums.get(board);
  if (!cache) {
    cache = new Map();
    draftSums.set(board, cache);
  }
  const cached = cache.get(source_id);
  if (cached?.of === edited) return cached.sums;
  const weights: Record<number, number> = {};
  const both = { ...board.weights[source_id], ...edited };
  for (const key in both) {
    const weight = both[key];
    if (weight !== null && weight !== undefined) weights[Number(key)] = weight;
  }
  const sums = sumsIn(candidates({ ...board, weights: { [source_id]: weights } }, source_id), board.rules[source_id] ?? defaultRule);
  cache.set(source_id, { of: edited, sums });
  return sums;
}

const largest = new WeakMap<object, { readonly weights: object | undefined; readonly largest: number }>();

/** The largest weight of a source, with the edits; 0 when there is none. Memoised per weights and edits. */
export function largestWith({ weights }: Pick<Board, 'weights'>, edits: Edits, source_id: number): number {
  const [own, edited] = [weights[source_id], edits[source_id]];
  const key = edited ?? own;
  if (!key) return 0;
  const known = largest.get(key);
  if (known && known.weights === own) return known.largest;
  let most = 0;
  for (const weight of Object.values({ ...own, ...edited })) most = Math.max(most, weight ?? 0);
  largest.set(key, { weights: own, largest: most });
  return most;
}

export interface Summary {
  readonly cells: number;
  /** of the weights in them */
  readonly sum: number;
  /** for one source: the share of its contacts that they would take now; null: several sources, or nobody can take any */
  readonly share: number | null;
}

/** Summary of the cells of an area. */
export function summaryOf(board: Board, edits: Edits, area: Area, { operators, sources }: Order): Summary {
  const rows = operators.slice(area.top, area.bottom + 1);
  const columns = sources.slice(area.left, area.right + 1);
  let sum = 0;
  for (const source_id of columns) for (const operator_id of rows) sum += weightIn(board, edits, { operator_id, source_id }) ?? 0;
  const [only, ...others] = columns;
  return { cells: rows.length * columns.length, sum, share: only === undefined || others.length > 0 ? null : shareNow(board, edits, only, rows) };
}

/** The share of a source's contacts that these operators get together as things are; null: they all wait, or weights give no share. */
function shareNow(board: Board, edits: Edits, source_id: number, operator_ids: readonly number[]): number | null {
  const { eligible, standings } = sumsWith(board, edits, source_id);
  if (eligible === 0 || !givesShares(board.rules[source_id]?.strategy ?? defaultRule.strategy)) return null;
  return operator_ids.reduce((share, id) => share + (standings.get(id)?.now ?? 0), 0);
}

/** Consequence of the edits for a source besides its shares; null: nothing that a supervisor must know. */
export type Consequence =
  /** new contacts are refused */
  | 'no_operators'
  /** contacts wait, whoever is active */
  | 'all_zero'
  /** contacts wait for now */
  | 'nobody_free'
  /** waiting contacts are distributed at once */
  | 'takes_waiting';

/** See `Consequence`. */
export function consequenceOf(board: Board, edits: Edits, source_id: number): Consequence | null {
  const { operators, all, eligible } = sumsWith(board, edits, source_id);
  if (operators === 0) return 'no_operators';
  if (all === 0) return 'all_zero';
  if (eligible === 0) return 'nobody_free';
  return (board.waiting[source_id] ?? 0) > 0 ? 'takes_waiting' : null;
}

export interface Shift {
  readonly operator_id: number;
  /** shares of 1 of what comes to the line, as if everyone were on line and free */
  readonly before: number;
  readonly after: number;
}

/** Shifts of shares for one source: operators who gain or lose, the largest shift first. None if weights give no share. */
export function shiftsOf(board: Board, edits: Edits, source_id: number): Shift[] {
  const [was, is] = [sourceSums(board, source_id).standings, sumsWith(board, edits, source_id).standings];
  const shifts: Shift[] = [];
  for (const operator_id of new Set([...was.keys(), ...is.keys()])) {
    const [before, after] = [was.get(operator_id)?.free ?? 0, is.get(operator_id)?.free ?? 0];
    if (Math.abs(after - before) > 1e-9) shifts.push({ operator_id, before, after });
  }
  return shifts.sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || a.operator_id - b.operator_id);
}

export const isEdited = (edits: Edits, cell: Cell): boolean => edits[cell.source_id]?.[cell.operator_id] !== undefined;
