import { type Board, candidates } from '#shared/board.ts';
import { ok, type Result } from '#shared/contract/problems.ts';
import { type Candidate, canBeTaken, passedOver } from '#shared/distribution/table.ts';
import { oldestWaiting, type Waiting } from '#store/contacts.ts';
import { placeWaiting } from './place.ts';
import type { Answer, Write } from './write.ts';

/** So many are given away in one transaction: some ten milliseconds' worth, since the event loop stands still meanwhile. */
const STEP = 200;
/** So many of a source are read at once: some are not needed when other sources have older ones. */
const AT_ONCE = 20;

/**
 * Gives the slots that this command opened to those who wait: oldest first over all sources, each by the same draw.
 * A source whose people are full does not hold up another. Until the next slot opens nobody waits who could be taken,
 * so a new arrival overtakes nobody. When there is more to give away than one transaction should, `write.opened` keeps them,
 * and the writer goes on with `openToAll` before it does anything else.
 */
function drain(write: Write): void {
  if (write.opened.size === 0) return;
  let left = write.world.drainStep ?? STEP;
  const lines = new Map<number, Waiting[]>();
  /** The next of the source who can be taken, if there are any. */
  const lineUp = (source_id: number): void => {
    const slots = slotsOf(write.table(source_id));
    const line = slots > 0 && write.board.waiting[source_id] ? oldestWaiting(write.tx, source_id, Math.min(left, slots, AT_ONCE)) : [];
    if (line.length > 0) lines.set(source_id, line);
    else lines.delete(source_id);
  };
  for (const key in write.board.waiting) {
    const weights = write.board.weights[Number(key)];
    if (weights && some(write.opened, (operator_id) => (weights[operator_id] ?? 0) > 0)) lineUp(Number(key));
  }
  for (; lines.size > 0 && left > 0; left--) {
    const line = oldestOf(lines);
    const contact = line.shift();
    if (!contact) throw new Error('nobody waits');
    const operator_id = placeWaiting(write, contact);
    if (line.length === 0) lineUp(contact.source_id);
    const taker = write.board.operators[operator_id];
    if (taker && taker.load >= taker.max_load) for (const other of lines.keys()) if (!canBeTaken(write.table(other))) lines.delete(other);
  }
  if (lines.size === 0) write.opened.clear();
}

/** Runs a use case, gives the slots that it opened to those who wait, and makes its answer. */
export function carryOut<T>(write: Write, command: (write: Write) => Answer<T>): Result<T> {
  const answer = command(write);
  drain(write);
  return typeof answer === 'function' ? answer() : answer;
}

/** A use case that opens every slot somebody may wait for: what an earlier transaction left, or did not come to, is given away with it. */
export function openToAll(write: Write): Result<null> {
  for (const key in write.board.waiting) for (const id in write.board.weights[Number(key)]) write.opened.add(Number(id));
  return ok(null);
}

/** Whether anybody waits who could be taken. */
export function isDrainOwed(board: Board): boolean {
  return Object.keys(board.waiting).some((key) => canBeTaken(candidates(board, Number(key))));
}

function slotsOf(table: readonly Candidate[]): number {
  let slots = 0;
  for (const candidate of table) if (passedOver(candidate) === null) slots += candidate.max_load - candidate.load;
  return slots;
}

/** Of those who can be taken, the one that has waited longest stands first in it. */
function oldestOf(lines: ReadonlyMap<number, Waiting[]>): Waiting[] {
  let oldest: Waiting[] | undefined;
  for (const line of lines.values()) if (!oldest || first(line) < first(oldest)) oldest = line;
  if (!oldest) throw new Error('nobody waits');
  return oldest;
}

const first = (line: readonly Waiting[]): number => line[0]?.id ?? Number.POSITIVE_INFINITY;

function some<T>(items: Iterable<T>, test: (item: T) => boolean): boolean {
  for (const item of items) if (test(item)) return true;
  return false;
}
