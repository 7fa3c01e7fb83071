import { type Board, candidates } from '#shared/board.ts';
import { ok, type Result } from '#shared/contract/problems.ts';
import { type Candidate, canBeTaken, passedOver } from '#shared/distribution/table.ts';
import { oldestWaiting, type Waiting } from '#store/tables/contacts.ts';
import { placeWaiting } from './place.ts';
import type { Answer, Write } from './write.ts';

/** Maximum number of contacts assigned in one transaction: about ten milliseconds, during which the event loop is blocked. */
const STEP = 200;
/** Number of waiting contacts read from a source at a time. Some are not needed when other sources have older ones. */
const AT_ONCE = 20;

/**
 * Assigns waiting contacts to the slots that this command opened: oldest first over all sources, each by the same draw.
 * A source whose operators are full does not block another. Afterwards nobody waits who could be assigned,
 * so a new contact overtakes nobody. When there are more than one transaction should assign, `write.opened` keeps the rest,
 * and the writer continues with `openToAll` before it runs anything else.
 */
function drain(write: Write): void {
  if (write.opened.size === 0) return;
  let left = write.world.drainStep ?? STEP;
  const lines = new Map<number, Waiting[]>();
  /** Reads the source's next waiting contacts, if any can be assigned. */
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

/** Runs a use case, drains the queue into the slots that it opened, and produces its answer. */
export function carryOut<T>(write: Write, command: (write: Write) => Answer<T>): Result<T> {
  const answer = command(write);
  drain(write);
  return typeof answer === 'function' ? answer() : answer;
}

/** A use case that marks every slot with a possible waiter as open: it drains what an earlier transaction left. */
export function openToAll(write: Write): Result<null> {
  for (const key in write.board.waiting) for (const id in write.board.weights[Number(key)]) write.opened.add(Number(id));
  return ok(null);
}

/** Whether a waiting contact could be assigned. */
export function isDrainOwed(board: Board): boolean {
  return Object.keys(board.waiting).some((key) => canBeTaken(candidates(board, Number(key))));
}

function slotsOf(table: readonly Candidate[]): number {
  let slots = 0;
  for (const candidate of table) if (passedOver(candidate) === null) slots += candidate.max_load - candidate.load;
  return slots;
}

/** The line whose first contact has waited longest. */
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
