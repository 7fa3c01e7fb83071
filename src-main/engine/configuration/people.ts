/** People who use the desk: who they are, how they are invited, and their keys for scripts. */
import { hash } from 'node:crypto';
import { hashKey } from '#engine/access/source-keys.ts';
import type { Write } from '#engine/core/write.ts';
import { iso } from '#engine/views/present.ts';
import type { Read } from '#engine/views/queries.ts';
import type { CreatedPersonKey, Me, Person, PersonInput, PersonPatch } from '#shared/contract/people.ts';
import { type Principal, personOf } from '#shared/contract/principal.ts';
import { fail, notFound, ok, type Result } from '#shared/contract/problems.ts';
import { DAY_MS } from '#shared/time.ts';
import type { Reading } from '#store/sqlite/open.ts';
import {
  allPeople,
  freePersonId,
  insertPersonKey,
  invite,
  keysOfPerson,
  type PersonRow,
  personById,
  personInvitedBy,
  revokePersonKey,
  setPassword,
} from '#store/tables/people.ts';
import { configure } from './configuration.ts';

/** How long an invitation can be accepted. */
const INVITATION_MS = DAY_MS;
const KEYS_PER_PERSON = 10;

const present = (db: Reading, { id, name, role, operator_id, password, invited_until, created_at }: PersonRow, now: number): Person => ({
  id,
  name,
  role,
  operator_id,
  has_password: password !== null,
  invited_until: invited_until !== null && invited_until > now ? iso(invited_until) : null,
  keys: keysOfPerson(db, id).map((key) => ({ id: key.id, hint: key.hint, created_at: iso(key.created_at) })),
  created_at: iso(created_at),
});

/** All people, by name. */
export const people = ({ store, now }: Read): Person[] => allPeople(store.reading).map((row) => present(store.reading, row, now()));

export function person({ store, now }: Read, id: number): Result<Person> {
  const found = inUse(store.reading, id);
  return found.ok ? ok(present(store.reading, found.value, now())) : found;
}

/** The name of the person that an actor is, also of one who was removed; null: it is none. */
export function personNameOf({ store }: Pick<Read, 'store'>, actor: string): string | null {
  const id = personOf(actor);
  return id === null ? null : (personById(store.reading, id)?.name ?? null);
}

/** Who a principal is, for its own eyes. */
export function me(read: Read, { actor, role, operator_id }: Principal): Me {
  return { id: personOf(actor), name: personNameOf(read, actor), role: role === 'source' ? 'viewer' : role, operator_id };
}

function inUse(db: Reading, id: number): Result<PersonRow> {
  const row = personById(db, id);
  return row && row.removed_at === null ? ok(row) : notFound('person', id);
}

function presented({ tx, now }: Write, id: number): Result<Person> {
  const found = inUse(tx, id);
  return found.ok ? ok(present(tx, found.value, now)) : found;
}

/** An invitation, as it is made: the token is in no database. */
export interface Invited {
  readonly person: Person;
  readonly token: string;
  /** epoch milliseconds */
  readonly until: number;
}

/** Adds a person and invites them. Fails with `name_taken`, and with `not_found` or `archived` for the operator. */
export function createPerson(write: Write, input: PersonInput): Result<Invited> {
  const id = freePersonId(write.tx);
  const result = configure(write, [{ kind: 'person', id, fields: { ...input } }]);
  return result.ok ? invitePerson(write, id) : result;
}

/** Changes name or rights. What the person has open continues with the new rights. */
export function updatePerson(write: Write, id: number, patch: PersonPatch): Result<Person> {
  const found = inUse(write.tx, id);
  if (!found.ok) return found;
  const result = configure(write, [{ kind: 'person', id, fields: { ...patch } }]);
  return result.ok ? presented(write, id) : result;
}

/** Removes a person with everything the person could sign in with. Undoing it brings back name and role only. */
export function removePerson(write: Write, id: number): Result<null> {
  const found = inUse(write.tx, id);
  return found.ok ? configure(write, [{ kind: 'person', id, fields: { name: null, role: null } }]) : found;
}

/** Makes an invitation, which replaces the one before. */
export function invitePerson(write: Write, id: number): Result<Invited> {
  const found = inUse(write.tx, id);
  if (!found.ok) return found;
  const token = write.world.newKey();
  const until = write.now + INVITATION_MS;
  invite(write.tx, id, { invitation: hashOfInvitation(token), until, now: write.now });
  changed(write, found.value, { what: 'invited' });
  const shown = presented(write, id);
  return shown.ok ? ok({ person: shown.value, token, until }) : shown;
}

const hashOfInvitation = (token: string): Buffer => hash('sha256', token, 'buffer');

/** Whom an invitation is for; null: it was used or replaced, has expired, or never was one. */
export function invitedBy(db: Reading, token: string, now: number): PersonRow | null {
  const row = personInvitedBy(db, hashOfInvitation(token));
  return row && row.invited_until !== null && row.invited_until > now ? row : null;
}

/** Uses up an invitation: from now on, the person signs in with this password. Null: the invitation is none. */
export function acceptInvitation(write: Write, token: string, given: { password: Uint8Array; password_id: Uint8Array }): Result<PersonRow | null> {
  const row = invitedBy(write.tx, token, write.now);
  if (!row) return ok(null);
  setPassword(write.tx, row.id, { ...given, now: write.now });
  changed(write, row, { what: 'password' });
  return ok(personById(write.tx, row.id) ?? null);
}

/** Makes a key with the rights of the person. It is shown in the answer only, never again. */
export function addPersonKey(write: Write, id: number): Result<CreatedPersonKey> {
  const found = inUse(write.tx, id);
  if (!found.ok) return found;
  if (keysOfPerson(write.tx, id).length >= KEYS_PER_PERSON)
    return fail('too_many_keys', `Person ${id} has ${KEYS_PER_PERSON} keys. Revoke one first.`, { params: { limit: KEYS_PER_PERSON } });
  const key = write.world.newKey();
  const hint = key.slice(-4);
  const key_id = insertPersonKey(write.tx, { person_id: id, hash: hashKey(key), hint, now: write.now });
  changed(write, found.value, { what: 'key_made', key_id, hint });
  return ok({ id: key_id, hint, created_at: iso(write.now), key });
}

/** Revokes a key permanently. */
export function removePersonKey(write: Write, id: number, key_id: number): Result<null> {
  const found = inUse(write.tx, id);
  if (!found.ok) return found;
  const hint = revokePersonKey(write.tx, id, key_id, write.now);
  if (hint === undefined) return notFound('key', key_id);
  changed(write, found.value, { what: 'key_revoked', key_id, hint });
  return ok(null);
}

const changed = (write: Write, { id, name }: PersonRow, what: object): void =>
  write.emit({ kind: 'person_access_changed', person_id: id }, { person_id: id, name, ...what });
