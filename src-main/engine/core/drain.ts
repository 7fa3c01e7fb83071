import { type Board, candidates } from '#shared/board.ts';
import { ok, type Result } from '#shared/contract/problems.ts';
import { changesWithTime } from '#shared/distribution/rule.ts';
import { type Candidate, canBeTaken, nextMoment, passedOver } from '#shared/distribution/table.ts';
import { isBefore, type Turn } from '#shared/distribution/turn.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { waitingClasses } from '#store/tables/contact-classes.ts';
import { oldestWaiting, returnedWaiting, type Waiting } from '#store/tables/contacts.ts';
import { type Past, pastOf } from '#store/tables/decisions.ts';
import { tableFor, turnOf } from './contact-table.ts';
import { placeWaiting } from './place.ts';
import type { Answer, Write } from './write.ts';

/** Maximum number of contacts assigned in one transaction: about ten milliseconds, during which the event loop is blocked. */
const STEP = 200;
/** Number of waiting contacts read from a source at a time. Some are not needed when other sources have older ones. */
const AT_ONCE = 20;

/** Contacts that wait for the same operators, oldest first: while the first cannot be assigned, no other can. */
interface Line {
  readonly contacts: Waiting[];
  /** the turn of the first */
  turn: Turn;
  /** reads the next of them from the database */
  readonly goOn: (() => Line | null) | null;
}

/**
 * Assigns waiting contacts to the slots that this command opened: by their turn over all sources, each by the rule of its source.
 * A source whose operators are full does not block another, nor does a class of contacts for whom nobody is free. Contacts that were put back
 * into the queue stand in lines of their own, since they pass over who let them go. Afterwards nobody waits who could be assigned, so a new contact overtakes nobody. When there are more than
 * one transaction should assign, `write.opened` keeps the rest, and the writer continues with `openToAll` before it runs anything else.
 */
function drain(write: Write): void {
  if (write.opened.size === 0) return;
  let left = write.world.drainStep ?? STEP;
  const lines = new Set<Line>();
  const add = (line: Line | null) => line && lines.add(line);
  const lineOf = (contacts: Waiting[], goOn: Line['goOn']): Line | null => (contacts[0] ? { contacts, turn: turnOf(write, contacts[0]), goOn } : null);
  /** Reads the next waiting contacts of a source and class, if any may be assigned. */
  const lineUp = (source_id: number, class_id: number | null, atOnce: number): Line | null => {
    const slots = slotsOf(write.table(source_id));
    if (slots === 0 || !write.board.waiting[source_id]) return null;
    return lineOf(oldestWaiting(write.tx, source_id, class_id, Math.min(left, slots, atOnce)), () => lineUp(source_id, class_id, AT_ONCE));
  };
  for (const key in write.board.waiting) {
    const source_id = Number(key);
    const weights = write.board.weights[source_id];
    if (!weights || !some(write.opened, (operator_id) => (weights[operator_id] ?? 0) > 0)) continue;
    add(lineUp(source_id, null, AT_ONCE));
    if (slotsOf(write.table(source_id)) === 0) continue;
    if (write.hasClasses(source_id)) for (const class_id of waitingClasses(write.tx, source_id)) add(lineUp(source_id, class_id, 1));
    if (write.hasReturned(source_id))
      for (const contacts of byPast(returnedWaiting(write.tx, source_id), (id) => write.pastOf(id))) add(lineOf(contacts, null));
  }
  while (lines.size > 0 && left > 0) {
    const line = nextOf(lines);
    const contact = first(line);
    lines.delete(line);
    if (!canBeTaken(write.tableFor(contact))) continue;
    placeWaiting(write, contact, line.turn, runnerUp(write, lines, line.contacts[1]));
    const [, ...others] = line.contacts;
    add(others[0] ? lineOf(others, line.goOn) : (line.goOn?.() ?? null));
    left -= 1;
  }
  for (const line of lines) if (!canBeTaken(write.tableFor(first(line)))) lines.delete(line);
  if (lines.size === 0) write.opened.clear();
}

/** The turn of the contact that comes after the first: the next of its own line, or the first of another. */
function runnerUp(write: Write, others: ReadonlySet<Line>, second: Waiting | undefined): Turn | null {
  const next = others.size > 0 ? nextOf(others).turn : null;
  const own = second ? turnOf(write, second) : null;
  if (next === null || own === null) return next ?? own;
  return isBefore(next, own) ? next : own;
}

/** Contacts that were put back, oldest first, in groups of one class that pass over the same operators. */
function byPast(contacts: readonly Waiting[], pastOfContact: (id: number) => Past): Waiting[][] {
  const groups = new Map<string, Waiting[]>();
  for (const contact of contacts) {
    const { had, let_go } = pastOfContact(contact.id);
    const key = [contact.class_id, ...[had, let_go].map((ids) => [...ids].sort((a, b) => a - b).join())].join(' ');
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
 * When a waiting contact may become assignable without any command, in epoch milliseconds: the next moment of the first contact of each line of waiting ones
 * at which its rule changes something by itself. Those behind it are younger, so that nothing changes for them before. null: never.
 */
export function nextOpening(db: Reading, board: Board, now: number): number | null {
  let next: number | null = null;
  const look = { tx: db, board, now };
  for (const key in board.rules) {
    const source_id = Number(key);
    const rule = board.rules[source_id];
    if (!board.waiting[source_id] || !rule || !changesWithTime(rule)) continue;
    const table = candidates(board, source_id);
    if (slotsOf(table) === 0) continue;
    const groups = byPast(returnedWaiting(db, source_id), (id) => pastOf(db, id));
    const heads = [null, ...waitingClasses(db, source_id)].flatMap((class_id) => oldestWaiting(db, source_id, class_id, 1));
    for (const contact of [...heads, ...groups.flatMap(([eldest]) => eldest ?? [])]) {
      const moment = nextMoment(tableFor(look, contact, table));
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

/** The line whose first contact is next. */
function nextOf(lines: ReadonlySet<Line>): Line {
  let next: Line | undefined;
  for (const line of lines) if (!next || isBefore(line.turn, next.turn)) next = line;
  if (!next) throw new Error('nobody waits');
  return next;
}

function first({ contacts: [contact] }: Line): Waiting {
  if (!contact) throw new Error('nobody waits');
  return contact;
}

function some<T>(items: Iterable<T>, test: (item: T) => boolean): boolean {
  for (const item of items) if (test(item)) return true;
  return false;
}
