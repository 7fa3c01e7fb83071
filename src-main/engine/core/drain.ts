import { type Board, candidates, type LeadBrief } from '#shared/board.ts';
import { ok, type Result } from '#shared/contract/problems.ts';
import { changesWithTime, momentsOf, restsUntil } from '#shared/distribution/rule.ts';
import { type Candidate, canBeTaken, passedOver } from '#shared/distribution/table.ts';
import { isBefore, type Turn } from '#shared/distribution/turn.ts';
import { closedAt, countedFrom } from '#shared/source-hours.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { leadBriefOf, nextWaiting, returnedWaiting, sourcesWithReturned } from '#store/tables/contacts.ts';
import { type Past, pastOf } from '#store/tables/pasts.ts';
import { handOverOfAbsent } from './absent.ts';
import { isTakeable, NOBODY_SAVED, turnOf, type Waits } from './contact-table.ts';
import { placeWaiting } from './place.ts';
import { nextOvertaking } from './savings.ts';
import type { Answer, Write } from './write.ts';
import type { WriteCache } from './write-cache.ts';

/** Maximum number of contacts assigned in one transaction: about ten milliseconds, during which the event loop is blocked. */
const STEP = 200;
/** Number of waiting contacts read from a source at a time. Some are not needed when other sources have older ones. */
const AT_ONCE = 20;

interface InLine extends Waits {
  /** absent: not read yet */
  readonly lead?: LeadBrief;
}

/** Contacts that wait for the same operators, oldest first: while the first cannot be assigned, no other can. */
interface Line {
  contacts: readonly [InLine, ...InLine[]];
  /** the turn of the first */
  turn: Turn;
  /** reads at most so many contacts that come after this one */
  readonly more: (after: Waits, limit: number) => readonly InLine[];
}

/**
 * Assigns waiting contacts to the slots that this command opened: by their turn over all sources, each by the rule of its source.
 * A source whose operators are full does not block another, nor does a class of contacts for whom nobody is free. Contacts that were put back
 * into the queue stand in lines of their own, since they pass over who let them go. An assignment may release an operator who was saved for a
 * contact, see savings.ts, and with that one others may be assigned. Afterwards nobody waits who could be assigned, so a new contact overtakes nobody.
 * When there are more than one transaction should assign, `write.opened` keeps the rest, and the writer continues with `openToAll` before it runs
 * anything else.
 */
function drain(write: Write): void {
  write.openReleased();
  if (write.opened.size === 0) return;
  let left = write.world.drainStep ?? STEP;
  const isOpen = ({ contacts: [first] }: Line) => isTakeable(write, first, write.table(first.source_id));
  let lines = linesOf(write);
  const takeNext = (): Line | undefined => {
    let next = nextOf(lines);
    if (next && !isOpen(next)) {
      lines = lines.filter(isOpen); // all at once: there may be thousands, and slots are only taken here
      next = nextOf(lines);
    }
    lines = lines.filter((line) => line !== next);
    return next;
  };
  let next = takeNext();
  while (next && left > 0) {
    const rival = takeNext();
    if (rival) lines.push(rival);
    const [contact] = next.contacts;
    placeWaiting(write, contact, contact.lead ?? leadBriefOf(write.tx, contact.id), { turn: next.turn, next: runnerUp(write, next, rival) });
    left -= 1;
    if (write.openReleased()) lines = linesOf(write);
    else if (advance(write, next, Math.min(AT_ONCE, left))) lines.push(next);
    next = takeNext();
  }
  if (!next) write.opened.clear();
}

/** The lines of the sources for which an operator may have gained a slot. */
function linesOf(write: Write): Line[] {
  const lines: Line[] = [];
  for (const key in write.board.waiting) {
    const source_id = Number(key);
    const weights = write.board.weights[source_id];
    if (!weights || !some(write.opened, (operator_id) => (weights[operator_id] ?? 0) > 0) || slotsOf(write.table(source_id)) === 0) continue;
    if (closedAt(write.board, write.board.rules[source_id], write.now)) continue;
    for (const [class_id, head] of write.heads(source_id))
      lines.push({
        contacts: [head],
        turn: turnOf(write, head),
        more: ({ id }, limit) => nextWaiting(write.tx, source_id, class_id, { after: id, limit }),
      });
    if (!write.hasReturned(source_id)) continue;
    for (const contacts of byPast(returnedWaiting(write.tx, source_id), (id) => write.pastOf(id)))
      lines.push({ contacts, turn: turnOf(write, contacts[0]), more: () => [] });
  }
  return lines;
}

/** Goes on to the next contact of the line; false: there is none. */
function advance(write: Write, line: Line, atOnce: number): boolean {
  const [former, ...known] = line.contacts;
  const [first, ...others] = known.length > 0 ? known : line.more(former, Math.max(1, atOnce));
  if (!first) return false;
  line.contacts = [first, ...others];
  line.turn = turnOf(write, first);
  return true;
}

/** The turn of the contact that comes after the first of the line: the next in the line, or the first of the rival. */
function runnerUp(write: Write, line: Line, rival: Line | undefined): Turn | null {
  if (!rival || (rival.turn.target === line.turn.target && rival.turn.urgency === line.turn.urgency)) return null; // nothing to explain: the oldest is next
  if (line.contacts.length === 1) line.contacts = [line.contacts[0], ...line.more(line.contacts[0], 1)];
  const own = line.contacts[1] && turnOf(write, line.contacts[1]);
  return own && isBefore(own, rival.turn) ? own : rival.turn;
}

/** Contacts that were put back, oldest first, in groups of one class that pass over the same operators. */
function byPast(contacts: readonly Waits[], pastOfContact: (id: number) => Past): [Waits, ...Waits[]][] {
  const groups = new Map<string, [Waits, ...Waits[]]>();
  for (const contact of contacts) {
    const { had, let_go, last } = pastOfContact(contact.id);
    const key = [contact.class_id, ...[had, let_go].map((ids) => [...ids].sort((a, b) => a - b).join()), last?.operator_id, last?.at].join(' ');
    const group = groups.get(key);
    if (group) group.push(contact);
    else groups.set(key, [contact]);
  }
  return [...groups.values()];
}

/** Drains the queue within a use case that then places contacts itself, so that no waiting contact should have been assigned before them. */
export function drainFirst(write: Write): void {
  do drain(write);
  while (write.opened.size > 0);
}

/**
 * Runs a use case, drains the queue into the slots that it opened, and produces its answer. When nobody waits who could be assigned, what operators hold
 * whose shift is over goes to others as far as there is room.
 */
export function carryOut<T>(write: Write, command: (write: Write) => Answer<T>): Result<T> {
  const answer = command(write);
  const hasOpened = write.opened.size > 0;
  drain(write);
  if (hasOpened && write.opened.size === 0) handOverOfAbsent(write, write.world.drainStep ?? STEP);
  return typeof answer === 'function' ? answer() : answer;
}

/** A use case that marks every slot with a possible waiter as open: it drains what an earlier transaction left. */
export function openToAll(write: Write): Result<null> {
  write.openToAll();
  return ok(null);
}

/**
 * The next moment at which a rule changes something by itself for a contact that waits, in epoch milliseconds: for the first of each line, since those
 * behind it are younger. It may not be enough for the contact to be assigned. null: never.
 */
export function nextOpening(db: Reading, board: Board, cache: WriteCache, now: number): number | null {
  let next = cache.savings?.size ? nextOvertaking({ tx: db, board, now, savings: () => NOBODY_SAVED }, cache.savings, waitingIn(db, board, cache)) : null;
  for (const key in board.rules) {
    const source_id = Number(key);
    const rule = board.rules[source_id];
    if (!board.waiting[source_id] || !rule || slotsOf(candidates(board, source_id)) === 0) continue;
    const note = (moment: number) => {
      if (moment > now && (next === null || moment < next)) next = moment;
    };
    const closed = closedAt(board, rule, now);
    if (closed?.opens_at) note(closed.opens_at);
    if (closed || !changesWithTime(rule)) continue;
    const moments = (created_at: number) => momentsOf(rule, countedFrom(board, rule, created_at, now)).forEach(note);
    for (const { created_at } of cache.heads.of(db, source_id).values()) moments(created_at);
    if (!cache.hasReturned(source_id, () => sourcesWithReturned(db))) continue;
    for (const { id, created_at } of returnedWaiting(db, source_id)) {
      moments(created_at);
      const { last } = cache.past(id, () => pastOf(db, id));
      if (last !== null) note(restsUntil(rule, last.at));
    }
  }
  return next;
}

/** The first waiting contact of each class, and those that were put back into the queue. */
function* waitingIn(db: Reading, board: Board, cache: WriteCache): Iterable<Waits> {
  for (const key in board.waiting) {
    yield* cache.heads.of(db, Number(key)).values();
    if (cache.hasReturned(Number(key), () => sourcesWithReturned(db))) yield* returnedWaiting(db, Number(key));
  }
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

/** The line whose first contact is next; undefined: there is none. */
function nextOf(lines: readonly Line[]): Line | undefined {
  let next: Line | undefined;
  for (const line of lines) if (!next || isBefore(line.turn, next.turn)) next = line;
  return next;
}

function some<T>(items: Iterable<T>, test: (item: T) => boolean): boolean {
  for (const item of items) if (test(item)) return true;
  return false;
}
