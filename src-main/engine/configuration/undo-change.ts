/** Undoing a configuration change: former values are restored where the values that it set are still in place. */
import { isDeepStrictEqual } from 'node:util';
import { isClosedByRule, openAgain } from '#engine/contacts/closing.ts';
import { contactMoved, outcome, placeAll } from '#engine/contacts/contacts.ts';
import type { FormerPlace } from '#engine/core/place.ts';
import type { Answer, Write } from '#engine/core/write.ts';
import type { Undone } from '#shared/contract/audit.ts';
import type { ContactOutcome } from '#shared/contract/contacts.ts';
import { adminPrincipal, type Principal } from '#shared/contract/principal.ts';
import { fail, notAllowed, notFound, ok } from '#shared/contract/problems.ts';
import { hostSettings } from '#shared/contract/settings.ts';
import type { Effect } from '#shared/effects/effects.ts';
import type { JournalEntry } from '#store/journal/journal.ts';
import { stepOfChange } from '#store/journal/journal.ts';
import { contactById } from '#store/tables/contacts.ts';
import { wasDecidedByHand } from '#store/tables/decisions.ts';
import { liveKeys } from '#store/tables/sources.ts';
import { configure, contradicting, fieldsOf, following } from './configuration.ts';
import type { Fields } from './field-rules.ts';
import type { Difference, Look, Subject, Wanted } from './things/thing.ts';
import { differenceOf } from './things/things.ts';

/** Whether somebody with this role may undo a step: people and settings of the host are the administrators', and viewers change nothing. */
export function mayUndo({ role }: Pick<Principal, 'role'>, rows: readonly JournalEntry[]): boolean {
  const isOfHost = ({ kind, after }: Difference) => kind === 'person' || (kind === 'settings' && hostSettings.some((key) => key in after));
  return role === 'administrator' || (role === 'supervisor' && !differencesOf(rows).some(isOfHost));
}

/** Undoes everything that the write which produced this revision did. The undo is a step of its own and can be undone likewise. */
export function undoChange(write: Write, revision: number, asked: Pick<Principal, 'role'> = adminPrincipal): Answer<Undone> {
  const rows = stepOfChange(write.tx, revision);
  if (rows.length === 0) return notFound('change', revision);
  if (!mayUndo(asked, rows)) return notAllowed;
  const differences = differencesOf(rows);
  const [moves, closed] = [movesOf(rows), closedIn(rows)];
  if (differences.length === 0 && moves.length === 0 && closed.length === 0)
    return fail('not_undoable', `Change ${revision} is not a change of configuration, or it changed keys.`);
  const moved = changedSince(write, differences);
  if (moved)
    return fail('changed_since', `What change ${revision} made of ${moved.kind} ${moved.id} has been changed since.`, { params: { what: moved.kind } });
  if (closed.some((one) => !isStillClosed(write, one)))
    return fail('changed_since', `What change ${revision} closed has been opened since.`, { params: { what: 'contact' } });
  const wanted = takingBack(differences);
  const result = configure(write, wanted, { undoes: rows[0]?.revision ?? revision });
  if (!result.ok) return result;
  const contacts = moveBack(write, moves);
  const opened = closed.map(({ contact_id }) => openAgain(write, contact_id));
  const back = wanted.filter(({ kind, fields }) => kind === 'source' && fields.is_archived === false);
  const sources_without_key = back.map(({ id }) => id).filter((id) => liveKeys(write.tx, id).length === 0);
  return () => ok({ contacts: [...contacts(), ...opened.map((one) => one())], sources_without_key });
}

interface ContactMoved extends FormerPlace {
  readonly contact_id: number;
}

/** The contacts that a step moved, with their former places. */
const movesOf = (rows: readonly JournalEntry[], kinds: readonly Effect['kind'][] = ['contact_waiting', 'contact_assigned']): ContactMoved[] =>
  rows.flatMap(({ kind, contact_id, data }) =>
    data !== null && contact_id !== null && kinds.includes(kind as Effect['kind'])
      ? [{ contact_id, ...(data as FormerPlace) }] // as `place.ts` writes it
      : [],
  );

/** The contacts that a rule closed in the step. */
const closedIn = (rows: readonly JournalEntry[]): ContactMoved[] => movesOf(rows, ['contact_closed']);

/**
 * Moves contacts back, as far as slots are free. Contacts drawn for since then move back as well; contacts that were
 * moved by hand stay. Returns a function that gives each contact's outcome, to be called once the queue has been drained.
 */
function moveBack(write: Write, moves: readonly ContactMoved[]): () => ContactOutcome[] {
  const away = moves.filter(({ contact_id, before }) => contactById(write.tx, contact_id)?.operator_id !== before);
  const [moved, left] = [new Set<number>(), [] as ContactMoved[]];
  for (const one of away)
    if (wasDecidedByHand(write.tx, one.contact_id, one.decision_id)) moved.add(one.contact_id);
    else left.push(one);
  const done = placeAll(
    write,
    left.map(({ contact_id, before }) => ({ contact_id, operator_id: before })),
    true,
  );
  return () => away.map(({ contact_id }) => outcome(write, contact_id, moved.has(contact_id) ? contactMoved(contact_id) : done.get(contact_id)));
}

/** Whether everything that the rows of one step changed is still unchanged since. */
export function isUndoable(read: Look, rows: readonly JournalEntry[]): boolean {
  const differences = differencesOf(rows);
  const closed = closedIn(rows);
  if (closed.some((one) => !isStillClosed(read, one))) return false;
  return (differences.length > 0 || closed.length > 0 || movesOf(rows).length > 0) && changedSince(read, differences) === null;
}

const isStillClosed = ({ tx }: Pick<Look, 'tx'>, { contact_id, decision_id }: ContactMoved): boolean => isClosedByRule(tx, contact_id, decision_id);

const takingBack = (differences: readonly Difference[]): Wanted[] => differences.map(({ kind, id, before }) => ({ kind, id, fields: before }));

/** The first subject that has changed since the step, or where restoring a field would contradict another field that was changed since. */
function changedSince(read: Look, differences: readonly Difference[]): Subject | null {
  const moved = differences.find((one) => !isStill(read, one));
  if (moved) return moved;
  const wanted = takingBack(differences).map((one) => following(read, one));
  return contradicting(read, wanted);
}

function isStill(read: Look, { after, made, ...subject }: Difference): boolean {
  const present = fieldsOf(read, subject);
  const left: Fields = { ...after, ...made };
  return present !== null && Object.keys(left).every((key) => isDeepStrictEqual(present[key] ?? null, left[key] ?? null));
}

/** The differences by subject, over all rows of a step. */
export function differencesOf(rows: readonly JournalEntry[]): Difference[] {
  const all = new Map<string, Difference>();
  for (const row of rows) {
    const one = differenceOf(row);
    if (!one) continue;
    const key = `${one.kind} ${one.id}`;
    const known = all.get(key);
    all.set(key, known ? joined(known, one) : one);
  }
  return [...all.values()].map(onlyChanged).filter((one) => Object.keys(one.after).length > 0);
}

function joined(first: Difference, next: Difference): Difference {
  const after = { ...first.after, ...next.after };
  return { ...next, before: { ...next.before, ...first.before }, after, ...(first.made && { made: { ...first.made, ...next.after } }) };
}

function onlyChanged(one: Difference): Difference {
  const keys = [...new Set([...Object.keys(one.before), ...Object.keys(one.after)])].filter(
    (key) => !isDeepStrictEqual(one.before[key] ?? null, one.after[key] ?? null),
  );
  const only = (fields: Fields) => Object.fromEntries(keys.map((key) => [key, fields[key] ?? null]));
  return { ...one, before: only(one.before), after: only(one.after) };
}
