/** Changes that would help waiting contacts; each can be made in one step and undone in one. Pure; runs anywhere. */
import type { Board, BoardOperator, WaitingContact } from './board.ts';
import type { InactiveReason } from './contract/entities.ts';
import { defaultRule, opensAfter, tagsEndAt } from './distribution/rule.ts';
import { hasRoom } from './distribution/table.ts';
import { hasAll, neededTags } from './distribution/tags.ts';
import { closedAt, countedFrom } from './source-hours.ts';

/** A change, with the previous value. `helps`: how many of the source's waiting contacts would be assigned immediately, if no other source takes the slots first. */
export type Remedy = { readonly source_id: number; readonly operator_id: number; readonly helps: number } & (
  | { readonly kind: 'activate'; readonly reason: InactiveReason | null }
  | { readonly kind: 'raise_limit'; readonly from: number; readonly to: number }
  | { readonly kind: 'give_weight'; readonly from: number; readonly to: number }
);

/** A limit is raised by at most this fraction at a time, and by at least one. */
const RAISE_BY = 0.2;
const NEW_WEIGHT = 100;

/** An operator who went offline longer ago than this without a reason counts as off shift while others work. */
const LEFT_MS = 2 * 3_600_000;

/**
 * The best change of each kind, the most helpful first. Empty if somebody can take the contacts already, or no such simple change helps. Nobody is
 * proposed who would take none of those that the board knows: for want of a tag, or because the line is closed.
 * Nothing helps while the source is closed.
 * @param now epoch ms
 */
export function remediesFor(board: Board, source_id: number, now: number): Remedy[] {
  const waiting = board.waiting[source_id] ?? 0;
  if (waiting === 0 || closedAt(board, board.rules[source_id], now)) return [];
  const known = board.queue.filter((item) => item.source_id === source_id);
  const cost = (known[0] ? known[0].cost : board.rules[source_id]?.cost) ?? 1;
  const takers = known.map((item) => takersOf(board, item, now));
  /** how many of those that wait would take the operator; of the ones that the board does not know none, if it knows of one that would not */
  const willing = ({ id }: BoardOperator): number => {
    const of_known = takers.filter((takes) => takes(id)).length;
    return of_known === known.length ? waiting : of_known;
  };
  const best: Partial<Record<Remedy['kind'], Remedy>> = {};
  const consider = (remedy: Remedy) => {
    const known = best[remedy.kind];
    if (!known || ease(remedy, cost) < ease(known, cost) || (ease(remedy, cost) === ease(known, cost) && remedy.helps > known.helps))
      best[remedy.kind] = remedy;
  };
  const isShiftOn = Object.values(board.operators).some(({ is_active, is_archived }) => is_active && !is_archived);
  const weights = board.weights[source_id];
  for (const key in weights) {
    const operator = board.operators[key as unknown as number]; // a record's keys are strings; as an index they are the same
    const weight = weights[key as unknown as number] ?? 0;
    if (!operator || operator.is_archived) continue;
    const for_it = willing(operator);
    if (for_it === 0) continue;
    if (weight > 0 && operator.is_active && hasRoom({ ...operator, cost })) return []; // about to be assigned
    if (!operator.is_active && isOffShift(operator, now, isShiftOn)) continue;
    const remedy = remedyBy(operator, weight, { waiting: for_it, source_id, cost });
    if (remedy) consider(remedy);
  }
  return Object.values(best).sort((a, b) => Number(isAgainst(a, cost)) - Number(isAgainst(b, cost)) || b.helps - a.helps || order[a.kind] - order[b.kind]);
}

/** Tells who may take a waiting contact once they are active, have room and a weight. Who let it go is not known. */
function takersOf(board: Board, { source_id, created_at: came_at, asks = {} }: WaitingContact, now: number): (operator_id: number) => boolean {
  const rule = board.rules[source_id] ?? defaultRule;
  const created_at = countedFrom(board, rule, came_at, now);
  const { operators, weights } = board;
  const isAsked = (tagsEndAt(rule, created_at) ?? Number.POSITIVE_INFINITY) > now;
  const tags = isAsked ? neededTags(rule.needs, asks.needs) : [];
  const hasAsked = hasAll(tags);
  const fits = (operator_id: number) => tags.length === 0 || hasAsked(operators[operator_id]?.tags ?? []);
  const lineOf = (operator_id: number) => rule.line_of[operator_id] ?? 1;
  const onLine = Object.entries(weights[source_id] ?? {}).flatMap(([id, weight]) => (weight > 0 && operators[Number(id)]?.is_active ? [Number(id)] : []));
  const first = Math.min(...onLine.filter(fits).map(lineOf));
  const isOpen = (line: number) => line === 1 || created_at + 1000 * opensAfter(rule, line) <= now || (rule.open_early && first >= line);
  const owner_id = rule.owner.mode === 'off' ? undefined : asks.owner_id;
  const isWaitedFor = owner_id !== undefined && created_at + 1000 * rule.owner.wait_seconds > now && onLine.includes(owner_id) && fits(owner_id);
  return (operator_id) => fits(operator_id) && (operator_id === owner_id || (!isWaitedFor && isOpen(lineOf(operator_id))));
}

/** Order among equals: raising a limit is cheap, calling a person back from a break is not, and a weight of 0 was set on purpose. */
const order = { raise_limit: 0, activate: 1, give_weight: 2 } as const satisfies Record<Remedy['kind'], number>;

/** Reasons with which nobody is called back. */
const away: ReadonlySet<InactiveReason> = new Set(['sick', 'off', 'no_answer', 'closing', 'shift_over']);

/** Operators who are ill or off shift are never called back. */
function isOffShift({ inactive_reason, active_changed_at }: BoardOperator, now: number, isShiftOn: boolean): boolean {
  if (inactive_reason !== null) return away.has(inactive_reason);
  return isShiftOn && now - active_changed_at > LEFT_MS;
}

/** Calling back an operator on a break is preferred to one in training. */
const reasons: readonly (InactiveReason | null)[] = [null, 'break', 'lunch', 'training'];
const ease = (remedy: Remedy, cost: number): number => (remedy.kind === 'activate' ? reasons.indexOf(remedy.reason) : Number(isAgainst(remedy, cost)));

/** The limit was set to 0, or below what the operator holds. It is changed only if nothing else helps. */
const isAgainst = (remedy: Remedy, cost: number): boolean =>
  remedy.kind === 'raise_limit' && (remedy.from === 0 || remedy.to - cost * remedy.helps > remedy.from);

/** @param cost slots that a contact takes */
function remedyBy(
  operator: BoardOperator,
  weight: number,
  { waiting, source_id, cost }: { readonly waiting: number; readonly source_id: number; readonly cost: number },
): Remedy | null {
  const { id: operator_id, is_active, inactive_reason: reason, load, max_load } = operator;
  const fit = Math.floor(Math.max(0, max_load - load) / cost);
  const helps = Math.min(waiting, fit);
  if (weight > 0 && !is_active) return fit > 0 ? { kind: 'activate', reason, source_id, operator_id, helps } : null;
  if (weight > 0) {
    const more = Math.min(waiting, Math.max(1, Math.floor((max_load * RAISE_BY) / cost)));
    return { kind: 'raise_limit', source_id, operator_id, from: max_load, to: load + more * cost, helps: more };
  }
  return is_active && fit > 0 ? { kind: 'give_weight', source_id, operator_id, from: weight, to: NEW_WEIGHT, helps } : null;
}
