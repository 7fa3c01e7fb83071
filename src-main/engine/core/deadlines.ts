/**
 * What the desk does by itself at a moment: deadlines are rows, carried out as ordinary commands in the order of their moments, before newer ones.
 * Each is carried out once: its row is deleted in the same transaction.
 *
 * Time counts against an operator only while the desk is up. While there are deadlines, the desk notes at least every `SEEN_EVERY_MS` that it is. When it
 * then finds that it was not, because it was off or asleep or its clock was set, contacts are to be accepted, and are closed, later by as much: nobody could
 * accept them or send a message meanwhile.
 */
import { ok } from '#shared/contract/problems.ts';
import type { Away } from '#shared/effects/contacts.ts';
import { latestAt } from '#store/journal/journal.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { type Deadline, type DeadlineKind, putOff, recallBoundaries, seenAt, setSeen, shiftDeadlines, takeDeadline } from '#store/tables/deadlines.ts';
import type { Answer, Write } from './write.ts';

/** Maximum number of deadlines carried out in one transaction: some ten milliseconds. */
export const FIRED_AT_ONCE = 16;
export const SEEN_EVERY_MS = 5000;
/** By how much the desk may be late in noting that it is up. */
const LATE_MS = 2000;
/** By how much the clock may be set back without a deadline being moved. */
const SET_BACK_MS = 60_000;
/** By how much a deadline is put off that cannot be carried out because of a bug. */
const PUT_OFF_MS = 60_000;

/** The command that carries out a deadline. */
export type Deadlines = (id: number) => (write: Write) => Answer<null>;

/** Carries out deadlines that are due by their kind. */
export const carryOut =
  (kinds: Readonly<Record<DeadlineKind, (write: Write, deadline: Deadline) => Answer<null>>>): Deadlines =>
  (id) =>
  (write) => {
    const deadline = takeDeadline(write.tx, id, write.now);
    return deadline ? kinds[deadline.kind](write, deadline) : ok(null);
  };

/** When the desk was last known to be up, in epoch milliseconds. */
export const lastSeen = (db: Reading): number => Math.max(seenAt(db) ?? 0, latestAt(db));

/** Whether the desk was not up between these moments, or its clock was set. */
export const isAway = (seen: number, now: number): boolean => now - seen > SEEN_EVERY_MS + LATE_MS || seen - now > SET_BACK_MS;

/** Notes that the desk was not up: contacts are to be accepted, and are closed, later by as much, and not accepting them does not count as missed. */
export const wasAway =
  (away: Away) =>
  (write: Write): Answer<null> => {
    shiftDeadlines(write.tx, away);
    if (away.to < away.from) recallBoundaries(write.tx, away.to);
    setSeen(write.tx, away.to);
    write.emit({ kind: 'desk_was_away', ...away });
    return ok(null);
  };

export function noteSeen(write: Write): Answer<null> {
  setSeen(write.tx, write.now);
  return ok(null);
}

export const putOffBy =
  (id: number) =>
  (write: Write): Answer<null> => {
    putOff(write.tx, id, write.now + PUT_OFF_MS);
    return ok(null);
  };
