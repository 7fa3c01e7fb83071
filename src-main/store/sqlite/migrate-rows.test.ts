import { execFile, spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { verifyChain } from '#store/journal/chain.ts';
import { operatorNamed } from '#store/tables/operators.ts';
import { allSettings } from '#store/tables/settings.ts';
import { MIGRATIONS, store } from '#store/testing/database.ts';
import { folder } from '#store/testing/folder.ts';
import { firstMigrations } from '#store/testing/migrations.ts';
import { openStore } from './open.ts';

/** Rows that each version wrote, in every table, with its number of migrations. */
const VERSIONS = [
  { rows: 'rows-0000.sql', migrations: 1 },
  { rows: 'rows-0001.sql', migrations: 2 },
  { rows: 'rows-0002.sql', migrations: 3 },
  { rows: 'rows-0003.sql', migrations: 4 },
  { rows: 'rows-0004.sql', migrations: 5 },
  { rows: 'rows-0005.sql', migrations: 6 },
  { rows: 'rows-0006.sql', migrations: 7 },
  { rows: 'rows-0007.sql', migrations: 8 },
  { rows: 'rows-0008.sql', migrations: 9 },
  { rows: 'rows-0009.sql', migrations: 10 },
  { rows: 'rows-0010.sql', migrations: 11 },
  { rows: 'rows-0011.sql', migrations: 12 },
  { rows: 'rows-0012.sql', migrations: 13 },
  { rows: 'rows-0013.sql', migrations: 14 },
  { rows: 'rows-0014.sql', migrations: 15 },
  { rows: 'rows-0015.sql', migrations: 16 },
  { rows: 'rows-0016.sql', migrations: 17 },
  { rows: 'rows-0017.sql', migrations: 18 },
  { rows: 'rows-0018.sql', migrations: 19 },
  { rows: 'rows-0019.sql', migrations: 20 },
];

/** The migrations from the two newest versions are killed at every write; from older versions, which run the same migrations, at every 16th outside the long form. */
const EACH_WRITE = process.env.LONG_FORM ? 1 : 16;

function databaseOf({ rows, migrations }: (typeof VERSIONS)[number]): string {
  const file = join(folder(), 'desk.db');
  const opened = openStore(file, { migrations: firstMigrations(migrations, folder()) });
  opened.connection.pragma('foreign_keys = OFF'); // tables are in alphabetical order
  opened.connection.exec(readFileSync(join(import.meta.dirname, '../testing', rows), 'utf8'));
  expect(opened.connection.pragma('foreign_key_check')).toEqual([]);
  opened.close();
  return file;
}

/** All rows of all tables, restricted to `columns`. */
function contents(file: string, columns?: Record<string, string[]>): { rows: Record<string, unknown[]>; columns: Record<string, string[]>; applied: number } {
  const connection = new Database(file);
  const tables = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'migrations'").pluck();
  const then =
    columns ??
    Object.fromEntries((tables.all() as string[]).map((name) => [name, (connection.pragma(`table_info(${name})`) as { name: string }[]).map((c) => c.name)]));
  const rows = Object.fromEntries(
    Object.entries(then).map(([name, its]) => [name, connection.prepare(`SELECT ${its.join()} FROM ${name} ORDER BY 1${its.length > 1 ? ', 2' : ''}`).all()]),
  );
  const applied = connection.prepare('SELECT COUNT(*) FROM migrations').pluck().get() as number;
  connection.close();
  return { rows, columns: then, applied };
}

test('rows with names that look the same keep their names, and block new ones', () => {
  const file = join(folder(), 'desk.db');
  const before = openStore(file, { migrations: firstMigrations(10, folder()) });
  before.connection.exec(`INSERT INTO operators (id, name, name_key, is_active, max_load, active_changed_at, created_at, archived_at) VALUES
    (1, 'Анна Иванова', 'анна иванова', 1, 3, 1, 1, NULL), (2, 'Анна Иванова', 'анна иванова', 1, 3, 1, 1, NULL), (3, 'Aнна Иванова', 'aнна иванова', 1, 3, 1, 1, NULL),
    (4, 'АННА  ИВАНОВА', 'анна  иванова', 0, 3, 1, 1, 5)`);
  before.close();
  const opened = store(file);
  expect(opened.reading.all('SELECT id, name, name_key FROM operators ORDER BY id')).toEqual([
    { id: 1, name: 'Анна Иванова', name_key: 'анна иванова\n1' },
    { id: 2, name: 'Анна Иванова', name_key: 'анна иванова' },
    { id: 3, name: 'Aнна Иванова', name_key: 'анна иванова\n3' },
    { id: 4, name: 'АННА  ИВАНОВА', name_key: 'анна иванова' },
  ]);
  expect(['Анна Иванова', 'анна иванова', 'Aнна Иванова', 'Анна Иванов'].map((name) => operatorNamed(opened.reading, name))).toEqual([1, 1, 3, undefined]);
  opened.connection.exec('UPDATE operators SET archived_at = 7 WHERE id = 2');
  expect(operatorNamed(opened.reading, 'анна иванова')).toBe(1);
  opened.close();
});

test('the console asks about external ids if several sources gave some, and only then', () => {
  const asks = [1, 2].map((sources) => {
    const file = join(folder(), 'desk.db');
    const before = openStore(file, { migrations: firstMigrations(10, folder()) });
    before.connection.exec(`INSERT INTO sources (id, name, name_key, settings, created_at) VALUES (1, 'a', 'a', '{}', 1), (2, 'b', 'b', '{}', 1);
      INSERT INTO leads (id, created_at) VALUES (1, 1), (2, 1);
      INSERT INTO lead_identifiers (kind, value, lead_id, created_at, given_by) VALUES ('external_id', 'x', 1, 1, 1), ('external_id', 'y', 2, 1, ${sources}), ('phone', '+79001234567', 2, 1, 2)`);
    before.close();
    const opened = store(file);
    const asked = allSettings(opened.reading).asks_external_ids;
    opened.close();
    return asked;
  });
  expect(asks).toEqual([undefined, true]);
});

test('keys that were revoked or belong to an archived source are withdrawn permanently', () => {
  const file = join(folder(), 'desk.db');
  const before = openStore(file, { migrations: firstMigrations(3, folder()) });
  before.connection.exec(`INSERT INTO sources (id, name, name_key, settings, created_at, archived_at) VALUES (1, 'a', 'a', '{}', 1, NULL), (2, 'b', 'b', '{}', 1, 7);
    INSERT INTO source_keys (id, source_id, hash, hint, created_at, revoked_at) VALUES (1, 1, X'01', 'a', 1, NULL), (2, 1, X'02', 'b', 1, 5), (3, 2, X'03', 'c', 1, NULL)`);
  before.close();
  const opened = store(file);
  expect(opened.reading.all('SELECT id, revoked_at FROM source_keys ORDER BY id')).toEqual([
    { id: 1, revoked_at: null },
    { id: 2, revoked_at: 5 },
    { id: 3, revoked_at: 7 },
  ]);
  expect(opened.reading.all('SELECT kind, hex(identity) AS identity, withdrawn_at FROM withdrawals')).toEqual([
    { kind: 'source_key', identity: '02', withdrawn_at: 5 },
    { kind: 'source_key', identity: '03', withdrawn_at: 7 },
  ]);
  opened.close();
});

describe.each(VERSIONS)('from a database with $migrations migration(s)', (version) => {
  test('every row is unchanged, and the chain is valid over all of them', () => {
    const file = databaseOf(version);
    const before = contents(file);
    expect(Object.entries(before.rows).filter(([, rows]) => rows.length === 0)).toEqual([]);
    const opened = store(file);
    const revisions = before.rows.journal?.length ?? 0;
    expect(verifyChain(opened.reading, 0)).toMatchObject({ ok: true, revision: revisions });
    expect(opened.connection.pragma('integrity_check', { simple: true })).toBe('ok');
    opened.close();
    expect(contents(file, before.columns).rows).toEqual(before.rows);
  });

  const strace = spawnSync('strace', ['-V']).status === 0;
  test.skipIf(!strace)(
    `killed at a write, the database is as before or after one of the migrations${strace ? '' : ' (needs strace)'}`,
    async () => {
      const original = databaseOf(version);
      const before = contents(original);
      const program = join(import.meta.dirname, '../testing/open-and-close.ts');
      /** Kills the migration at its nth write. False when it has fewer writes. */
      const killedAt = async (n: number): Promise<boolean> => {
        const file = join(folder(), 'desk.db');
        copyFileSync(original, file);
        const killed = await new Promise<boolean>((resolve) => {
          const options = ['-qq', '-o', '/dev/null', '-e', 'trace=pwrite64', '-e', `inject=pwrite64:signal=SIGKILL:when=${n}`, process.execPath, program, file];
          execFile('strace', options, (error) => resolve(error !== null));
        });
        const left = contents(file, before.columns); // opening the database replays the write-ahead log
        expect(left.rows, `after write ${n}`).toEqual(before.rows);
        expect(left.applied).toBeGreaterThanOrEqual(version.migrations);
        const opened = openStore(file, { migrations: MIGRATIONS });
        expect(verifyChain(opened.reading, 0), `after write ${n}`).toMatchObject({ ok: true });
        opened.close();
        return killed;
      };
      let next = 1;
      let killed = 0;
      const sweep = async () => {
        for (;;) {
          const at = next;
          next += VERSIONS.slice(-2).includes(version) ? 1 : EACH_WRITE;
          if (!(await killedAt(at))) return;
          killed++;
        }
      };
      await Promise.all([sweep(), sweep(), sweep()]);
      expect(killed).toBeGreaterThan(1); // each migration has some 15 writes
      console.log(`killed ${killed} times`);
    },
    240_000,
  );
});
