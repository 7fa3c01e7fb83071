/** Figures derived from the board for several screens. Pure. */
import { type Board, type BoardOperator, candidates, type WaitingContact } from '#shared/board.ts';
import { arrange, costing, entitlements, type Facts } from '#shared/distribution/arrange.ts';
import { chance } from '#shared/distribution/chance.ts';
import { defaultRule, momentsOf, type Rule, restsUntil } from '#shared/distribution/rule.ts';
import { givesShares } from '#shared/distribution/strategies.ts';
import { type Candidate, canBeTaken, passedOver, type WaitingReason, waitingReason } from '#shared/distribution/table.ts';
import { hasAll, neededTags } from '#shared/distribution/tags.ts';
import { closedAt, countedFrom } from '#shared/source-hours.ts';

export interface WaitingAtSource {
  readonly source_id: number;
  readonly count: number;
  /** null: somebody can take them, they are about to be assigned; `tag_or_owner`: the board does not tell which of the two */
  readonly reason: WaitingReason | 'tag_or_owner' | null;
}

/** Waiting contacts by source, with the current reason. */
export function waitingBySource(board: Board, now: number): WaitingAtSource[] {
  return Object.entries(board.waiting)
    .map(([key, count]) => ({ source_id: Number(key), count, reason: reasonAt(board, Number(key), now) }))
    .sort((a, b) => b.count - a.count || a.source_id - b.source_id);
}

/** How many slots the contact takes that has waited longest at the source; if the board does not know it, a new one. */
export const costAt = (board: Board, source_id: number): number => {
  const first = board.queue.find((item) => item.source_id === source_id);
  return first ? (first.cost ?? 1) : (board.rules[source_id]?.cost ?? 1);
};

function reasonAt(board: Board, source_id: number, now: number): WaitingAtSource['reason'] {
  if (closedAt(board, board.rules[source_id], now)) return 'closed_hours';
  const table = costing(candidates(board, source_id), costAt(board, source_id));
  const able = table.filter((candidate) => passedOver(candidate) === null);
  if (able.length === 0) return waitingReason(table);
  if (able.every(({ line = 1 }) => line > 1)) return 'line_closed';
  const known = board.queue.filter((item) => item.source_id === source_id);
  if (known.length > 0 && known.every((item) => item.past)) return 'let_go';
  const { needs = [], owner } = board.rules[source_id] ?? {};
  // somebody is free and nobody could take them, so they ask for what that one lacks, or for somebody else
  const isOwned = owner !== undefined && owner.mode !== 'off' && owner.wait_seconds > 0;
  if (needs.length > 0) return isOwned ? 'tag_or_owner' : 'nobody_fits';
  if (isOwned) return 'owner_busy';
  return board.queue.some(({ cost = 1 }) => cost > 1) ? 'saved' : null; // who is free may be saved for one that needs more slots
}

/** The next thing that changes by itself so that somebody with a free slot may take a contact, and when, in epoch milliseconds. */
export interface NextChange {
  readonly at: number;
  readonly why: 'closed_hours' | 'line_closed' | 'lacks_tag' | 'owner_busy' | 'let_go';
  /** that of whoever may take it then */
  readonly line: number;
}

/** What changes next by itself for a contact that waits. Null: nothing that helps it. */
export function nextChange(board: Board, { source_id, created_at: came_at, past: its, cost = 1, asks = {} }: WaitingContact, now: number): NextChange | null {
  const rule = board.rules[source_id];
  if (!rule) return null;
  const closed = closedAt(board, rule, now);
  if (closed) return closed.opens_at === null ? null : { at: closed.opens_at, why: 'closed_hours', line: 1 };
  const created_at = countedFrom(board, rule, came_at, now);
  const tags = neededTags(rule.needs, asks.needs);
  const hasAsked = tags.length === 0 ? null : hasAll(tags);
  const fits = hasAsked && ((operator_id: number) => hasAsked(board.operators[operator_id]?.tags ?? []));
  const past = its ? { had: new Set(its.had), let_go: new Set(its.let_go), last: its.last ?? null } : null;
  const own = rule.owner.mode === 'off' ? null : (asks.owner_id ?? null);
  const owner_id = own !== null && past?.let_go.has(own) ? null : own;
  const plain = candidates(board, source_id);
  const tableAt = (at: number) => arrange(plain, rule, { created_at, past, fits, owner_id, cost }, at);
  if (canBeTaken(tableAt(now))) return null;
  const moments = past?.last ? [...momentsOf(rule, created_at), restsUntil(rule, past.last.at)] : momentsOf(rule, created_at);
  for (const at of moments.sort((a, b) => a - b)) {
    if (at <= now) continue;
    const takers = tableAt(at).filter((candidate) => passedOver(candidate) === null);
    if (takers.length === 0) continue;
    const line = Math.min(...takers.map((one) => one.line ?? 1));
    const taker = takers.find((one) => (one.line ?? 1) === line)?.operator_id;
    const bar = tableAt(at - 1).find(({ operator_id }) => operator_id === taker)?.barred;
    return bar === undefined || bar === 'saved' ? null : { at, why: bar, line };
  }
  return null;
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

/** The words by which an operator is found in a list: the name and the tags. */
export const operatorWords = (operator: Pick<BoardOperator, 'name' | 'tags'> | undefined): string =>
  operator ? [operator.name, ...operator.tags].join(' ') : '';

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

/** What the rule of a source makes of one of its weights. */
export interface Standing {
  readonly line: number;
  /** share of the contacts that arrive as things are now; 0: they go to others. null: the rule gives nobody a share by weight */
  readonly now: number | null;
  /** share of the contacts that come to the line, as if everyone on it were active and free; null as above */
  readonly free: number | null;
}

export interface SourceSums {
  /** sum of all weights */
  readonly all: number;
  /** operators who could take a contact that arrives now */
  readonly eligible: number;
  readonly operators: number;
  /** by operator */
  readonly standings: ReadonlyMap<number, Standing>;
}

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
    sums = sumsIn(candidates(board, source_id), board.rules[source_id] ?? defaultRule);
    known.set(source_id, sums);
  }
  return sums;
}

/** A contact that arrives now, and asks for nobody in particular. */
const ARRIVING: Omit<Facts, 'cost'> = { created_at: 0, past: null, fits: null, owner_id: null };

/** The sums of a source with these candidates. */
export function sumsIn(table: readonly Candidate[], rule: Rule): SourceSums {
  const arranged = arrange(table, rule, { ...ARRIVING, cost: rule.cost }, 0);
  const nows = entitlements(arranged, rule.strategy);
  const hasShares = givesShares(rule.strategy);
  const of_line: number[] = [];
  let [all, eligible] = [0, 0];
  for (const candidate of arranged) {
    const { weight, line = 1 } = candidate;
    all += weight;
    of_line[line] = (of_line[line] ?? 0) + weight;
    if (passedOver(candidate) === null) eligible += 1;
  }
  const standings = new Map<number, Standing>();
  for (const [i, { operator_id, weight, line = 1 }] of arranged.entries())
    standings.set(operator_id, hasShares ? { line, now: nows[i] ?? 0, free: chance(weight, of_line[line] ?? 0) } : { line, now: null, free: null });
  return { all, eligible, operators: table.length, standings };
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
