/**
 * Migrates a database to the newest version. Applied migrations must be a prefix of the known ones. Each migration is one transaction.
 * drizzle's own migrator is not used: foreign keys cannot be switched off inside its transaction, so rebuilding a table would
 * cascade. It also skips late migrations silently and accepts a database from a newer version.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { chainFirstRows } from './chain-first-rows.ts';
import { handlesOf, type Writing } from './handles.ts';
import { keyNames } from './key-names.ts';
import { StoreError } from './store-error.ts';

export interface Migration {
  position: number;
  tag: string;
  sql: string;
  hash: string;
}

/** Migration steps that need code, run after the SQL in the same transaction. Each is frozen in a file of its own: it imports no code that goes on changing. */
const STEPS: Readonly<Record<string, (tx: Writing) => void>> = { '0001_journal_chain': chainFirstRows, '0010_identity': keyNames };

function known(folder: string): Migration[] {
  const index = JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')) as { entries: { tag: string }[] }; // drizzle-kit writes it
  return index.entries.map(({ tag }, position) => {
    const sql = readFileSync(join(folder, `${tag}.sql`), 'utf8');
    return { position, tag, sql, hash: createHash('sha256').update(sql).digest('hex') };
  });
}

/** Applies pending migrations. @throws StoreError when the database is from a newer version or has different migrations */
export function migrate(connection: Database.Database, folder: string): void {
  for (const migration of pendingMigrations(connection, folder)) apply(connection, migration);
}

/** Pending migrations, in order. @throws StoreError as `migrate` does */
export function pendingMigrations(connection: Database.Database, folder: string): Migration[] {
  const migrations = known(folder);
  const hasTable = connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").get() !== undefined;
  const applied = hasTable ? (connection.prepare('SELECT tag, hash FROM migrations ORDER BY position').all() as { tag: string; hash: string }[]) : [];
  const stranger = applied.find((done, i) => migrations[i]?.tag !== done.tag);
  if (stranger)
    throw new StoreError(
      `The database was written by a newer version of Switchyard (migration ${stranger.tag}; this version ends at ${migrations.at(-1)?.tag}). Install that version; nothing was changed.`,
    );
  const edited = applied.find((done, i) => migrations[i]?.hash !== done.hash);
  if (edited) throw new StoreError(`Migration ${edited.tag} differs from the one that this database was made with. Reinstall Switchyard; nothing was changed.`);
  return migrations.slice(applied.length);
}

/**
 * The name of a table, index, trigger or view that differs from what its migrations create, or null. A trigger, a generated column or a conflict clause affects
 * every write of the desk, and could undo it; without an index two rows could have one key.
 * @throws StoreError as `migrate` does
 */
export function strayDefinition(connection: Database.Database, folder: string): string | null {
  const pending = pendingMigrations(connection, folder).length;
  const migrations = known(folder);
  const made = new Database(':memory:');
  try {
    for (const migration of migrations.slice(0, migrations.length - pending)) apply(made, migration);
    const [own, its] = [definitionsOf(made), definitionsOf(connection)];
    const names = new Set([...own.keys(), ...its.keys()]);
    return [...names].find((name) => own.get(name) !== its.get(name)) ?? null;
  } finally {
    made.close();
  }
}

/** What SQLite itself adds, for AUTOINCREMENT and ANALYZE. */
const SQLITES_OWN = [
  'CREATE TABLE sqlite_sequence(name,seq)',
  'CREATE TABLE sqlite_stat1(tbl,idx,stat)',
  'CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)',
];

/** The SQL of each table, index, trigger and view, by type and name. */
function definitionsOf(connection: Database.Database): Map<string, string> {
  const rows = connection.prepare<[], { type: string; name: string; sql: string }>('SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL').all();
  return new Map(rows.filter(({ sql }) => !SQLITES_OWN.includes(sql)).map(({ type, name, sql }) => [`${type} ${name}`, sql]));
}

function apply(connection: Database.Database, migration: Migration): void {
  connection.pragma('foreign_keys = OFF'); // has no effect inside a transaction
  connection.unsafeMode(true); // for migrations that change the text of a CHECK in place
  connection.exec('BEGIN IMMEDIATE');
  try {
    connection.exec('CREATE TABLE IF NOT EXISTS migrations (position INTEGER PRIMARY KEY, tag TEXT NOT NULL, hash TEXT NOT NULL) STRICT');
    connection.exec(migration.sql);
    STEPS[migration.tag]?.(handlesOf(connection));
    const broken = connection.pragma('foreign_key_check') as unknown[]; // a list of rows by definition
    if (broken.length > 0)
      throw new StoreError(`Migration ${migration.tag} would leave ${broken.length} rows without the rows that they refer to; nothing was changed.`);
    connection.prepare('INSERT INTO migrations (position, tag, hash) VALUES (?, ?, ?)').run(migration.position, migration.tag, migration.hash);
    connection.exec('COMMIT');
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error;
  } finally {
    connection.unsafeMode(false);
    connection.pragma('foreign_keys = ON');
  }
}
