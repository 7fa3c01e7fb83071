/**
 * Permanently withdrawn credentials, such as revoked keys. A withdrawal is stored apart from the row that it ends, so that it
 * can be carried over into a backup made before it.
 */
import type { Reading, Writing } from '#store/sqlite/open.ts';

/** Ends the credential in its own table. Returns the number of rows changed. */
type End = (tx: Writing, identity: Uint8Array, at: number) => number;

/** How to end a credential, by kind. */
const END = {
  /** `identity` is the SHA-256 of the key */
  source_key: (tx, identity, at) => tx.run('UPDATE source_keys SET revoked_at = ? WHERE hash = ? AND revoked_at IS NULL', at, identity).changes,
  /** `identity` is the SHA-256 of the key */
  person_key: (tx, identity, at) => tx.run('UPDATE person_keys SET revoked_at = ? WHERE hash = ? AND revoked_at IS NULL', at, identity).changes,
  /** `identity` is the random id of the password */
  password: (tx, identity) => tx.run('UPDATE people SET password = NULL, password_id = NULL WHERE password_id = ?', identity).changes,
  /** `identity` is the SHA-256 of its token */
  invitation: (tx, identity) => tx.run('UPDATE people SET invitation = NULL, invited_until = NULL WHERE invitation = ?', identity).changes,
} as const satisfies Record<string, End>;

export type WithdrawalKind = keyof typeof END;
const isKnown = (kind: string): kind is WithdrawalKind => Object.hasOwn(END, kind);

export interface Withdrawal {
  readonly kind: string;
  /** identifies the credential in every copy of the database: the hash of its secret, or a random id; never a row id, which may be reused after a restore */
  readonly identity: Uint8Array;
  readonly withdrawn_at: number;
}

/** Withdraws a credential permanently. The only way to end a credential that must not come back with a backup. */
export function withdraw(tx: Writing, kind: WithdrawalKind, identity: Uint8Array, now: number): void {
  withdrawAgain(tx, { kind, identity, withdrawn_at: now });
}

/** Applies a withdrawal that is recorded in another state of the database. */
export function withdrawAgain(tx: Writing, { kind, identity, withdrawn_at }: Withdrawal): void {
  tx.run('INSERT OR IGNORE INTO withdrawals (kind, identity, withdrawn_at) VALUES (?, ?, ?)', kind, identity, withdrawn_at);
  if (isKnown(kind)) END[kind](tx, identity, withdrawn_at);
}

/** All withdrawals recorded in the database. */
export function withdrawals(db: Reading): Withdrawal[] {
  return db.all('SELECT kind, identity, withdrawn_at FROM withdrawals ORDER BY kind, identity');
}

/** Withdrawals of a database from before the table, derived from the rows themselves. */
export function withdrawalsBeforeTable(db: Reading): Withdrawal[] {
  return db.all(
    `SELECT 'source_key' AS kind, k.hash AS identity, coalesce(k.revoked_at, s.archived_at) AS withdrawn_at FROM source_keys k JOIN sources s ON s.id = k.source_id
     WHERE k.revoked_at IS NOT NULL OR s.archived_at IS NOT NULL`,
  );
}
