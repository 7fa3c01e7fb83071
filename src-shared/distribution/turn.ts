/**
 * Who of those who wait is next: whoever has waited the largest share of the target, times the urgency. It is the accumulating priority queue
 * (L. Kleinrock, "A delay dependent queue discipline", Naval Research Logistics Quarterly 11, 1964; D. Stanford, P. Taylor, I. Ziedins,
 * "Waiting time distributions in the accumulating priority queue", Queueing Systems 77, 2014): nobody starves, and a new contact, whose share is 0, overtakes nobody.
 */

/** A contact that waits. */
export interface Turn {
  readonly id: number;
  /** milliseconds */
  readonly waited: number;
  /** seconds */
  readonly target: number;
  readonly urgency: number;
}

/** The share of its target that the contact has waited, times its urgency. */
export const shareOf = ({ waited, target, urgency }: Turn): number => (Math.max(0, waited) * urgency) / (1000 * target);

const product = (a: Turn, b: Turn): number => Math.max(0, a.waited) * a.urgency * b.target;
const exactly = (a: Turn, b: Turn): bigint => BigInt(Math.max(0, a.waited)) * BigInt(a.urgency) * BigInt(b.target);

/**
 * The first moment, in epoch milliseconds, at which `turn` comes before `other`, which is before it now. Both go on waiting. Null: it never does.
 * @param now when both had waited so long, in epoch milliseconds
 */
export function overtakesAt(turn: Turn, other: Turn, now: number): number | null {
  const [pace, its] = [BigInt(turn.urgency) * BigInt(other.target), BigInt(other.urgency) * BigInt(turn.target)];
  if (pace <= its) return null;
  const gap = BigInt(other.waited) * its - BigInt(turn.waited) * pace;
  const ms = Number((gap + (pace - its) - 1n) / (pace - its));
  const later = (by: number) => isBefore({ ...turn, waited: turn.waited + by }, { ...other, waited: other.waited + by });
  return now + (later(ms) ? ms : ms + 1); // at the same share the older contact is first
}

/** Whether `a` comes before `b`. Exact; among equal shares, and among contacts with equal targets, the older contact does. */
export function isBefore(a: Turn, b: Turn): boolean {
  if (a.target === b.target && a.urgency === b.urgency) return a.id < b.id;
  const [x, y] = [product(a, b), product(b, a)];
  if (Number.isSafeInteger(x) && Number.isSafeInteger(y)) return x > y || (x === y && a.id < b.id);
  const [left, right] = [exactly(a, b), exactly(b, a)];
  return left > right || (left === right && a.id < b.id);
}
