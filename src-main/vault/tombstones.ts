/** What a restore must not bring back: erased leads and withdrawn credentials. */
import { DatabaseFile } from '#store/sqlite/database-file.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { type ErasedLead, erasedLeads } from '#store/tables/erase.ts';
import { type Withdrawal, withdrawals, withdrawalsBeforeTable } from '#store/tables/withdrawals.ts';

export interface Tombstones {
  readonly erased: readonly ErasedLead[];
  readonly withdrawn: readonly Withdrawal[];
}

/** Tombstones of a database that may be damaged or older than their tables, as far as they can be read. */
export function tombstonesOf(db: Reading): Tombstones {
  return {
    erased: firstThatReads(() => erasedLeads(db)),
    withdrawn: firstThatReads(
      () => withdrawals(db),
      () => withdrawalsBeforeTable(db),
    ),
  };
}

/** Tombstones of a closed database file. */
export function tombstonesIn(file: string): Tombstones {
  let database: DatabaseFile | undefined;
  try {
    database = DatabaseFile.toRead(file);
    return tombstonesOf(database.reading);
  } catch {
    return { erased: [], withdrawn: [] };
  } finally {
    database?.close();
  }
}

function firstThatReads<T>(...ways: (() => T[])[]): T[] {
  for (const way of ways) {
    try {
      return way();
    } catch {
      // no such table, or not readable
    }
  }
  return [];
}
