/** Figures derived from the board for several screens. Pure. */
import { type Board, type BoardOperator, candidates } from '#shared/board.ts';
import { type Candidate, passedOver, type WaitingReason, waitingReason } from '#shared/distribution/table.ts';

export interface WaitingAtSource {
  readonly source_id: number;
  readonly count: number;
  /** null: somebody can take them, they are about to be assigned */
  readonly reason: WaitingReason | null;
}

/** Waiting contacts by source, with the current reason. */
export function waitingBySource(board: Board): WaitingAtSource[] {
  return Object.entries(board.waiting)
    .map(([key, count]) => ({ source_id: Number(key), count, reason: reasonAt(board, Number(key)) }))
    .sort((a, b) => b.count - a.count || a.source_id - b.source_id);
}

function reasonAt(board: Board, source_id: number): WaitingReason | null {
  const table = candidates(board, source_id);
  const able = table.filter((candidate) => passedOver(candidate) === null);
  if (able.length === 0) return waitingReason(table);
  if (able.every(({ line = 1 }) => line > 1)) return 'line_closed';
  const known = board.queue.filter((item) => item.source_id === source_id);
  if (known.length > 0 && known.every((item) => item.is_returned)) return 'let_go';
  const { needs = [], owner } = board.rules[source_id] ?? {};
  if (needs.length > 0) return 'nobody_fits'; // somebody is free and nobody could take them, so they ask for what that one lacks
  return owner !== undefined && owner.mode !== 'off' ? 'owner_busy' : null;
}

const byNameAndId =
  (collator: Intl.Collator) =>
  (a: { readonly id: number; readonly name: string }, b: { readonly id: number; readonly name: string }): number =>
    collator.compare(a.name, b.name) || a.id - b.id;

/** Entities in use, sorted by name in the reader's locale, then by id. */
export function inUse<T extends { readonly id: number; readonly name: string; readonly is_archived: boolean }>(
  all: Readonly<Record<number, T>>,
  collator: Intl.Collator,
): T[] {
  return Object.values(all)
    .filter((item) => !item.is_archived)
    .sort(byNameAndId(collator));
}

/** `inUse` as ids; the same array until something is added, removed or renamed, so that rows are not sorted at every change. */
export function sortedIds<T extends { readonly id: number; readonly name: string; readonly is_archived: boolean }>() {
  let seen: { all: Readonly<Record<number, T>>; items: readonly T[]; collator: Intl.Collator; ids: readonly number[] } | undefined;
  return (all: Readonly<Record<number, T>>, collator: Intl.Collator): readonly number[] => {
    if (seen?.all === all && seen.collator === collator) return seen.ids;
    const items = Object.values(all);
    const isSame = seen?.collator === collator && items.length === seen.items.length && items.every((item, i) => sortsAs(item, seen?.items[i]));
    seen = { all, items, collator, ids: isSame && seen ? seen.ids : inUse(all, collator).map((item) => item.id) };
    return seen.ids;
  };
}

type Sorted = { readonly id: number; readonly name: string; readonly is_archived: boolean };
const sortsAs = (item: Sorted, known: Sorted | undefined): boolean =>
  item === known || (item.id === known?.id && item.name === known.name && item.is_archived === known.is_archived);

export interface SourceSums {
  /** sum of weights of operators who could take a contact now */
  readonly now: number;
  /** sum of all weights, as if everyone were on line and free */
  readonly all: number;
  readonly eligible: number;
  readonly operators: number;
}

const noSums: SourceSums = { now: 0, all: 0, eligible: 0, operators: 0 };
const sumsOf = new WeakMap<Board, Map<number, SourceSums>>();

/** Memoised per board, however many cells ask. */
export function sourceSums(board: Board, source_id: number): SourceSums {
  let known = sumsOf.get(board);
  if (!known) {
    known = new Map();
    sumsOf.set(board, known);
  }
  let sums = known.get(source_id);
  if (!sums) {
    let [now, all, eligible, operators] = [0, 0, 0, 0];
    for (const candidate of candidates(board, source_id)) {
      operators += 1;
      all += candidate.weight;
      if (passedOver(candidate) !== null) continue;
      eligible += 1;
      now += candidate.weight;
    }
    sums = operators === 0 ? noSums : { now, all, eligible, operators };
    known.set(source_id, sums);
  }
  return sums;
}

/** The operator as a candidate with this weight. */
export function candidateOf(operator: BoardOperator, weight: number): Candidate {
  return { operator_id: operator.id, weight, load: operator.load, max_load: operator.max_load, is_active: operator.is_active };
}

/** Order of operators by who can take a contact now: on line with a free slot and a weight, on line with a free slot, on line, off line. @param source_id absent: a weight for any source counts */
export function takesRank({ weights }: Pick<Board, 'weights'>, source_id?: number): (operator: BoardOperator) => number {
  const drawn = new Set<number>();
  for (const [source, of] of Object.entries(weights)) {
    if (source_id !== undefined && Number(source) !== source_id) continue;
    for (const [operator_id, weight] of Object.entries(of)) if (weight > 0) drawn.add(Number(operator_id));
  }
  return (operator) => {
    if (!operator.is_active) return isFull(operator) ? 4 : 3;
    return isFull(operator) ? 2 : drawn.has(operator.id) ? 0 : 1;
  };
}

/** A full operator takes nothing more; one with no slots at all is closed rather than full. */
export const isFull = (operator: Pick<BoardOperator, 'load' | 'max_load'>): boolean => operator.load >= operator.max_load;
