import type { Writing } from '../../../src-main/store/sqlite/open.ts';

export * from '../../../src-main/store/tables/withdrawals.ts';

/** Ends the key without recording the withdrawal. */
export function withdraw(tx: Writing, _kind: 'source_key', identity: Uint8Array, now: number): void {
  tx.run('UPDATE source_keys SET revoked_at = ? WHERE hash = ?', now, identity);
}
