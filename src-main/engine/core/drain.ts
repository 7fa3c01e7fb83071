import { type Board, candidates } from '#shared/board.ts';
import { ok, type Result } from '#shared/contract/problems.ts';
import { type Candidate, canBeTaken, nextMoment, passedOver } from '#shared/distribution/table.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { oldestWaiting, returnedWaiting, type Waiting } from '#store/tables/contacts.ts';
import { type Past, pastOf } from '#store/tables/decisions.ts';
import { tableFor } from './contact-table.ts';
import { placeWaiting } from './place.ts';
import type { Answer, Write } from './write.ts';

/** Maximum number of contacts assigned in one transaction: about ten milliseconds, during which the event loop is blocked. */
const STEP = 200;
/** Number of waiting contacts read from a source at a time. Some are not needed when other sources have older ones. */
const AT_ONCE = 20;

/** Contacts that wait for the same operators, oldest first: while the first cannot be assigned, no other can. */
interface Line {
  readonly contacts: Waiting[];
  /** whether there may be more of them in the database */
  readonly goesOn: boolean;
}

/**
 * Assigns waiting contacts to the slots that this command opened: oldest first over all sources, each by the rule of its source.
 * A source whose operators are full does not block another. Contacts that were returned to the queue wait in lines of their own, since
 * operators who let them go are passed over. Afterwards no waiting contact can be assigned, so a new contact overtakes none. When there are more than
 * one transaction should assign, `write.opened` keeps the rest, and the writer continues with `openToAll` before it runs anything else.
 */
function drain(write: Write): void {
  if (write.opened.size === 0) return;
  let left = write.world.drainStep ?? STEP;
  const lines = new Set<Line>();
  /** Reads the source's next waiting contacts, if any may be assigned. */
  const lineUp = (source_id: number): void => {
    const slots = slotsOf(write.table(source_id));
    const contacts = slots > 0 && write.board.waiting[source_id] ? oldestWaiting(write.tx, source_id, Math.min(left, slots, AT_ONCE)) : [];
    if (contacts.length > 0) lines.add({ contacts, goesOn: true });
  };
  for (const key in write.board.waiting) {
    const source_id = Number(key);
    const weights = write.board.weights[source_id];
    if (!weights || !some(write.opened, (operator_id) => (weights[operator_id] ?? 0) > 0)) continue;
    lineUp(source_id);
    if (write.hasReturned(source_id) && slotsOf(write.table(source_id)) > 0)
      for (const contacts of byPast(returnedWaiting(write.tx, source_id), (id) => write.pastOf(id))) lines.add({ contacts, goesOn: false });
  }
  while (lines.size > 0 && left > 0) {
    const line = oldestOf(lines);
    const contact = first(line);
    if (!canBeTaken(write.tableFor(contact))) {
      lines.delete(line);
      continue;
    }
    placeWaiting(write, contact);
    line.contacts.shift();
    if (line.contacts.length === 0) {
      lines.delete(line);
      if (line.goesOn) lineUp(contact.source_id);
    }
    left -= 1;
  }
  for (const line of lines) if (!canBeTaken(write.tableFor(first(line)))) lines.delete(line);
  if (lines.size === 0) write.opened.clear();
}

/** Contacts that were returned to the queue, oldest first, grouped by the operators that they pass over. */
function byPast(contacts: readonly Waiting[], pastOfContact: (id: number) => Past): Waiting[][] {
  const groups = new Map<string, Waiting[]>();
  for (const contact of contacts) {
    const { had, let_go } = pastOfContact(contact.id);
    const key = [had, let_go].map((ids) => [...ids].sort((a, b) => a - b).join()).join(' ');
    const group = groups.get(key);
    if (group) group.push(contact);
    else groups.set(key, [contact]);
  }
  return [...groups.values()];
}

/** Drains the queue within a use case that then places contacts itself, so that no waiting contact should have been assigned before them. */
export function drainFirst(write: Write): void {
  while (write.opened.size > 0) drain(write);
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

/**
 * When a waiting contact may become assignable without any command, in epoch milliseconds: the next opening of a line for the first contact of each
 * line of waiting ones. Contacts behind it are younger, so nothing opens for them earlier. null: never.
 */
export function nextOpening(db: Reading, board: Board, now: number): number | null {
  let next: number | null = null;
  for (const key in board.rules) {
    const source_id = Number(key);
    if (!board.waiting[source_id] || !board.rules[source_id]?.lines.length) continue;
    const table = candidates(board, source_id);
    if (!table.some((one) => (one.line ?? 1) > 1 && passedOver(one) === null)) continue;
    const groups = byPast(returnedWaiting(db, source_id), (id) => pastOf(db, id));
    for (const contact of [...oldestWaiting(db, source_id, 1), ...groups.flatMap(([eldest]) => eldest ?? [])]) {
      const moment = nextMoment(tableFor({ tx: db, board, now }, contact, table));
      if (moment !== null && (next === null || moment < next)) next = moment;
    }
  }
  return next;
}

/** Whether a waiting contact may be assignable, as far as the board alone shows. */
export function isDrainOwed(board: Board): boolean {
  return Object.keys(board.waiting).some((key) => canBeTaken(candidates(board, Number(key))));
}

function slotsOf(table: readonly Candidate[]): number {
  let slots = 0;
  for (const candidate of table) if (passedOver(candidate) === null) slots += candidate.max_load - candidate.load;
  return slots;
}

/** The line whose first contact has waited longest. */
function oldestOf(lines: ReadonlySet<Line>): Line {
  let oldest: Line | undefined;
  for (const line of lines) if (!oldest || first(line).id < first(oldest).id) oldest = line;
  if (!oldest) throw new Error('nobody waits');
  return oldest;
}

function first({ contacts: [contact] }: Line): Waiting {
  if (!contact) throw new Error('nobody waits');
  return contact;
}

function some<T>(items: Iterable<T>, test: (item: T) => boolean): boolean {
  for (const item of items) if (test(item)) return true;
  return false;
}
