/** People, with what they sign in with. Removed ones keep their rows, without any credential. */
import type { Rights } from '#shared/contract/principal.ts';
import { nameKey } from '#shared/plain-text.ts';
import type { Reading, Writing } from '#store/sqlite/open.ts';
import { withdraw } from './withdrawals.ts';

export interface PersonRow extends Rights {
  readonly id: number;
  readonly name: string;
  /** see passwords.ts; null: none yet, or withdrawn */
  readonly password: Uint8Array | null;
  readonly password_id: Uint8Array | null;
  readonly invited_until: number | null;
  readonly created_at: number;
  readonly removed_at: number | null;
}

export interface PersonKeyRow {
  readonly id: number;
  readonly person_id: number;
  readonly hint: string;
  readonly created_at: number;
}

const COLUMNS = 'id, name, role, operator_id, password, password_id, invited_until, created_at, removed_at';

/** All people in use, by name. */
export const allPeople = (db: Reading): PersonRow[] => db.all(`SELECT ${COLUMNS} FROM people WHERE removed_at IS NULL ORDER BY name_key, id`);

/** Also one who was removed; undefined: there never was one. */
export const personById = (db: Reading, id: number): PersonRow | undefined => db.get(`SELECT ${COLUMNS} FROM people WHERE id = ?`, id);

/** The person in use with this name; undefined: nobody has it. */
export const personNamed = (db: Reading, name: string): PersonRow | undefined =>
  db.get(`SELECT ${COLUMNS} FROM people WHERE name_key = ? AND removed_at IS NULL`, nameKey(name));

/** The person in use whose invitation has this SHA-256. */
export const personInvitedBy = (db: Reading, invitation: Uint8Array): PersonRow | undefined =>
  db.get(`SELECT ${COLUMNS} FROM people WHERE invitation = ? AND removed_at IS NULL`, invitation);

/** The person in use with this live key. @param hash SHA-256 of the key */
export const personOfKey = (db: Reading, hash: Uint8Array): (Rights & { id: number }) | undefined =>
  db.get(
    'SELECT p.id, p.role, p.operator_id FROM person_keys k JOIN people p ON p.id = k.person_id WHERE k.hash = ? AND k.revoked_at IS NULL AND p.removed_at IS NULL',
    hash,
  );

/** An id that no person ever had. */
export const freePersonId = (db: Reading): number => (db.get<{ id: number | null }>('SELECT MAX(id) AS id FROM people')?.id ?? 0) + 1;

/** Adds the person, brings one back who was removed, or changes name and rights. */
export function putPerson(tx: Writing, { id, name, role, operator_id, now }: Rights & { id: number; name: string; now: number }): void {
  tx.run(
    `INSERT INTO people (id, name, name_key, role, operator_id, created_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET
       name = excluded.name, name_key = excluded.name_key, role = excluded.role, operator_id = excluded.operator_id, removed_at = NULL`,
    id,
    name,
    nameKey(name),
    role,
    operator_id,
    now,
  );
}

/** Removes the person, and withdraws what the person could sign in with. */
export function removePerson(tx: Writing, id: number, now: number): void {
  withdrawInvitation(tx, id, now);
  withdrawPassword(tx, id, now);
  for (const { hash } of tx.all<{ hash: Uint8Array }>('SELECT hash FROM person_keys WHERE person_id = ? AND revoked_at IS NULL', id))
    withdraw(tx, 'person_key', hash, now);
  tx.run('UPDATE people SET removed_at = ? WHERE id = ?', now, id);
}

/** Replaces the invitation. @param invitation SHA-256 of its token */
export function invite(tx: Writing, id: number, { invitation, until, now }: { invitation: Uint8Array; until: number; now: number }): void {
  withdrawInvitation(tx, id, now);
  tx.run('UPDATE people SET invitation = ?, invited_until = ? WHERE id = ?', invitation, until, id);
}

/** Replaces the password, which uses up the invitation. @param password_id random */
export function setPassword(tx: Writing, id: number, { password, password_id, now }: { password: Uint8Array; password_id: Uint8Array; now: number }): void {
  withdrawInvitation(tx, id, now);
  withdrawPassword(tx, id, now);
  tx.run('UPDATE people SET password = ?, password_id = ? WHERE id = ?', password, password_id, id);
}

function withdrawInvitation(tx: Writing, id: number, now: number): void {
  const row = tx.get<{ invitation: Uint8Array | null }>('SELECT invitation FROM people WHERE id = ?', id);
  if (row?.invitation) withdraw(tx, 'invitation', row.invitation, now);
}

function withdrawPassword(tx: Writing, id: number, now: number): void {
  const row = tx.get<{ password_id: Uint8Array | null }>('SELECT password_id FROM people WHERE id = ?', id);
  if (row?.password_id) withdraw(tx, 'password', row.password_id, now);
}

/** Live keys, by id. */
export const keysOfPerson = (db: Reading, person_id: number): PersonKeyRow[] =>
  db.all('SELECT id, person_id, hint, created_at FROM person_keys WHERE person_id = ? AND revoked_at IS NULL ORDER BY id', person_id);

/** Returns the new key's id. */
export function insertPersonKey(tx: Writing, { person_id, hash, hint, now }: { person_id: number; hash: Uint8Array; hint: string; now: number }): number {
  return Number(tx.run('INSERT INTO person_keys (person_id, hash, hint, created_at) VALUES (?, ?, ?, ?)', person_id, hash, hint, now).lastInsertRowid);
}

/** Returns the key's hint; undefined: the person has no such live key. */
export function revokePersonKey(tx: Writing, person_id: number, key_id: number, now: number): string | undefined {
  const key = tx.get<{ hash: Uint8Array; hint: string }>(
    'SELECT hash, hint FROM person_keys WHERE id = ? AND person_id = ? AND revoked_at IS NULL',
    key_id,
    person_id,
  );
  if (key) withdraw(tx, 'person_key', key.hash, now);
  return key?.hint;
}
