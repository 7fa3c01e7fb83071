/** Weights as they would be: those of the board with what was edited and not yet applied laid over them. Pure. */
import type { Board } from '#shared/board.ts';
import { passedOver } from '#shared/distribution.ts';
import { candidateOf, type SourceSums, sourceSums } from '../../link/derive.ts';
import type { Area, Cell, Order } from './grid.ts';

/** By source, then by operator; null: no pair. */
export type Edits = Readonly<Record<number, Readonly<Record<number, number | null>>>>;

export function withEdits(edits: Edits, puts: readonly (Cell & { readonly weight: number | null })[]): Edits {
  const next: Record<number, Record<number, number | null>> = {};
  for (const { source_id, operator_id, weight } of puts) {
    next[source_id] ??= { ...edits[source_id] };
    next[source_id][operator_id] = weight;
  }
  return { ...edits, ...next };
}

/** All of an area the same, without a list of its cells: it may be every weight of a large desk. */
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

/** Without those that are on the board already. What is left of a source is the same object when all of it is left. */
export function onlyChanging(board: Pick<Board, 'weights'>, edits: Edits): Edits {
  const left: Record<number, Edits[number]> = {};
  for (const key in edits) {
    const source_id = Number(key);
    const edited = edits[source_id] ?? {};
    const weights = board.weights[source_id];
    let some = false;
    let all = true;
    for (const operator in edited) {
      const id = operator as unknown as number; // a record's keys are strings; as an index they are the same
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

/** How many pairs are edited. */
export function countOf(edits: Edits): number {
  let count = 0;
  for (const source in edits) for (const _ in edits[Number(source)]) count += 1;
  return count;
}

export function changesIn(edits: Edits): (Cell & { weight: number | null })[] {
  const changes: (Cell & { weight: number | null })[] = [];
  for (const source in edits)
    for (const operator in edits[Number(source)]) {
      const [source_id, operator_id] = [Number(source), Number(operator)];
      changes.push({ source_id, operator_id, weight: edits[source_id]?.[operator_id] ?? null });
    }
  return changes;
}

export function weightIn(board: Board, edits: Edits, { operator_id, source_id }: Cell): number | null {
  const edited = edits[source_id]?.[operator_id];
  return edited === undefined ? (board.weights[source_id]?.[operator_id] ?? null) : edited;
}

const isInUse = (board: Board, operator_id: number): boolean => board.operators[operator_id]?.is_archived === false;

const draftSums = new WeakMap<Board, Map<number, { of: Edits[number]; sums: SourceSums }>>();

/** A source's sums with the edits; computed once for a board and what was edited of the source. */
export function sumsWith(board: Board, edits: Edits, source_id: number): SourceSums {
  const edited = edits[source_id];
  const known = sourceSums(board, source_id);
  if (!edited) return known;
  let cache = draftSums.get(board);
  if (!cache) {
    cache = new Map();
    draftSums.set(board, cache);
  }
  const cached = cache.get(source_id);
  if (cached?.of === edited) return cached.sums;
  const sums = { ...known };
  for (const key in edited) {
    const operator = board.operators[Number(key)];
    if (!operator || !isInUse(board, operator.id)) continue;
    const count = (weight: number | null | undefined, sign: 1 | -1) => {
      if (weight === null || weight === undefined) return;
      sums.operators += sign;
      sums.all += sign * weight;
      if (passedOver(candidateOf(operator, weight)) !== null) return;
      sums.eligible += sign;
      sums.now += sign * weight;
    };
    count(board.weights[source_id]?.[operator.id], -1);
    count(edited[operator.id], 1);
  }
  cache.set(source_id, { of: edited, sums });
  return sums;
}

export interface Shift {
  readonly operator_id: number;
  /** shares of 1, as if everyone were on line and free */
  readonly before: number;
  readonly after: number;
}

/** How the shares of one source shift: those who gain or lose, the largest shift first. */
export function shiftsOf(board: Board, edits: Edits, source_id: number): Shift[] {
  const [was, is] = [sourceSums(board, source_id).all, sumsWith(board, edits, source_id).all];
  const ids = new Set([...Object.keys(board.weights[source_id] ?? {}), ...Object.keys(edits[source_id] ?? {})].map(Number));
  const shifts: Shift[] = [];
  for (const operator_id of ids) {
    if (!isInUse(board, operator_id)) continue;
    const before = was > 0 ? (board.weights[source_id]?.[operator_id] ?? 0) / was : 0;
    const after = is > 0 ? (weightIn(board, edits, { operator_id, source_id }) ?? 0) / is : 0;
    if (Math.abs(after - before) > 1e-9) shifts.push({ operator_id, before, after });
  }
  return shifts.sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || a.operator_id - b.operator_id);
}

export const isEdited = (edits: Edits, cell: Cell): boolean => edits[cell.source_id]?.[cell.operator_id] !== undefined;
