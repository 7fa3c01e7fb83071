import { eligibleSum } from '#shared/distribution.ts';
import { oldestWaiting } from '#store/contacts.ts';
import { placeWaiting } from './place.ts';
import type { Write } from './write.ts';

/**
 * Gives the slots that this command opened to those who wait: oldest first over all sources, each by the same draw.
 * A source whose people are full does not hold up another. Until the next slot opens nobody waits who could be taken,
 * so a new arrival overtakes nobody.
 */
export function drain(write: Write): void {
  if (write.opened.size === 0) return;
  const heads = new Map<number, number>();
  for (const key in write.board.waiting) {
    const source_id = Number(key);
    const weights = write.board.weights[source_id];
    if (!weights || !some(write.opened, (operator_id) => (weights[operator_id] ?? 0) > 0)) continue;
    const oldest = eligibleSum(write.table(source_id)) > 0 ? oldestWaiting(write.tx, source_id) : null;
    if (oldest !== null) heads.set(source_id, oldest);
  }
  write.opened.clear();
  while (heads.size > 0) {
    const [source_id, contact_id] = oldestOf(heads);
    const operator_id = placeWaiting(write, contact_id);
    const next = write.board.waiting[source_id] ? oldestWaiting(write.tx, source_id) : null;
    if (next === null) heads.delete(source_id);
    else heads.set(source_id, next);
    const taker = write.board.operators[operator_id];
    if (taker && taker.load >= taker.max_load) for (const other of heads.keys()) if (eligibleSum(write.table(other)) === 0) heads.delete(other);
  }
}

function oldestOf(heads: ReadonlyMap<number, number>): [source_id: number, contact_id: number] {
  let oldest: [number, number] | undefined;
  for (const head of heads) if (!oldest || head[1] < oldest[1]) oldest = head;
  if (!oldest) throw new Error('nobody waits');
  return oldest;
}

function some<T>(items: Iterable<T>, test: (item: T) => boolean): boolean {
  for (const item of items) if (test(item)) return true;
  return false;
}
