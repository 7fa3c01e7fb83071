import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { MIGRATIONS } from '#store/testing/database.ts';
import { folder } from '#store/testing/folder.ts';
import { openStore, StoreError } from './open.ts';

/** A folder with the real migrations, followed by these. */
function migrationsWith(...more: { tag: string; sql: string }[]): string {
  const path = folder();
  cpSync(MIGRATIONS, path, { recursive: true });
  const index = join(path, 'meta', '_journal.json');
  const journal = JSON.parse(readFileSync(index, 'utf8')) as { entries: { idx: number; tag: string }[] };
  for (const { tag, sql } of more) {
    writeFileSync(join(path, `${tag}.sql`), sql);
    journal.entries.push({ idx: journal.entries.length, tag });
  }
  writeFileSync(index, JSON.stringify(journal));
  return path;
}

function contents(file: string): unknown {
  const connection = new Database(file, { readonly: true });
  const schema = connection.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();
  const leads = connection.prepare('SELECT * FROM leads').all();
  const migrations = connection.prepare('SELECT * FROM migrations').all();
  connection.close();
  return { schema, leads, migrations };
}

function desk(migrations: string = MIGRATIONS): string {
  const file = join(folder(), 'desk.db');
  const opened = openStore(file, { migrations });
  opened.transaction((tx) => {
    tx.run("INSERT INTO leads (id, name, created_at) VALUES (1, 'Анна', 1)");
    tx.run("INSERT INTO lead_identifiers (kind, value, lead_id, created_at) VALUES ('phone', '+79001234567', 1, 1)");
  });
  opened.close();
  return file;
}

const thrown = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('migrations', () => {
  test('that are applied are not applied again', () => {
    const file = desk();
    const before = contents(file);
    openStore(file, { migrations: MIGRATIONS }).close();
    expect(contents(file)).toEqual(before);
  });

  test('that are new are applied in order to the existing rows', () => {
    const file = desk();
    const migrations = migrationsWith(
      { tag: '0101_a', sql: 'ALTER TABLE leads ADD COLUMN note text' },
      { tag: '0102_b', sql: "UPDATE leads SET note = 'new'" },
    );
    const opened = openStore(file, { migrations });
    expect(opened.reading.all('SELECT name, note FROM leads')).toEqual([{ name: 'Анна', note: 'new' }]);
    expect(opened.reading.all<{ tag: string }>('SELECT tag FROM migrations ORDER BY position').slice(-2)).toEqual([{ tag: '0101_a' }, { tag: '0102_b' }]);
    opened.close();
  });

  test('may rebuild a table that others refer to, without losing their rows', () => {
    const file = desk();
    const sql = `CREATE TABLE new_leads (id integer PRIMARY KEY NOT NULL, name text, operator_id integer, created_at integer NOT NULL, merged_into integer, note text) STRICT;
      INSERT INTO new_leads SELECT id, name, operator_id, created_at, merged_into, NULL FROM leads; DROP TABLE leads; ALTER TABLE new_leads RENAME TO leads;`;
    const opened = openStore(file, { migrations: migrationsWith({ tag: '0101_rebuild', sql }) });
    expect(opened.reading.all('SELECT lead_id, value, name FROM lead_identifiers i JOIN leads l ON l.id = i.lead_id')).toEqual([
      { lead_id: 1, value: '+79001234567', name: 'Анна' },
    ]);
    expect(opened.connection.pragma('foreign_keys', { simple: true })).toBe(1);
    opened.close();
  });

  test('of a newer version are named, and that database is not changed', () => {
    const file = desk(migrationsWith({ tag: '0101_from_the_future', sql: 'CREATE TABLE future (x integer) STRICT' }));
    const before = contents(file);
    const error = thrown(() => openStore(file, { migrations: MIGRATIONS }));
    expect(error).toBeInstanceOf(StoreError);
    expect(String(error)).toContain('newer version of Switchyard (migration 0101_from_the_future;');
    expect(contents(file)).toEqual(before);
  });

  test('that were edited after they were applied are refused', () => {
    const file = desk(migrationsWith({ tag: '0101_a', sql: 'CREATE TABLE a (x integer) STRICT' }));
    const before = contents(file);
    const error = thrown(() => openStore(file, { migrations: migrationsWith({ tag: '0101_a', sql: 'CREATE TABLE a (y integer) STRICT' }) }));
    expect(error).toBeInstanceOf(StoreError);
    expect(String(error)).toContain('0101_a differs from the one that this database was made with');
    expect(contents(file)).toEqual(before);
  });

  test('of another history are refused, also when their number is the same', () => {
    const file = desk(migrationsWith({ tag: '0101_a', sql: 'CREATE TABLE a (x integer) STRICT' }));
    expect(() => openStore(file, { migrations: migrationsWith({ tag: '0101_b', sql: 'CREATE TABLE b (x integer) STRICT' }) })).toThrow('0101_a');
  });

  test('that fail half-way leave nothing, and earlier ones stay applied', () => {
    const file = desk();
    const good = { tag: '0101_good', sql: 'CREATE TABLE good (x integer) STRICT' };
    const bad = { tag: '0102_bad', sql: 'CREATE TABLE bad (x integer) STRICT; UPDATE leads SET name = NULL; INSERT INTO nowhere VALUES (1)' };
    expect(() => openStore(file, { migrations: migrationsWith(good, bad) })).toThrow('no such table: nowhere');
    const opened = openStore(file, { migrations: migrationsWith(good) });
    expect(opened.reading.all("SELECT name FROM sqlite_schema WHERE name IN ('good', 'bad')")).toEqual([{ name: 'good' }]);
    expect(opened.reading.all('SELECT name FROM leads')).toEqual([{ name: 'Анна' }]);
    opened.close();
  });

  test('that would leave rows without their parents are refused', () => {
    const file = desk();
    const before = contents(file);
    expect(() => openStore(file, { migrations: migrationsWith({ tag: '0101_orphans', sql: 'DELETE FROM leads' }) })).toThrow(
      'without the rows that they refer to',
    );
    expect(contents(file)).toEqual(before);
  });

  test('that fail at the first start leave an empty database, with which the next start works', () => {
    const empty = folder();
    mkdirSync(join(empty, 'meta'));
    writeFileSync(join(empty, 'meta', '_journal.json'), JSON.stringify({ entries: [{ tag: '0000_bad' }] }));
    writeFileSync(join(empty, '0000_bad.sql'), 'CREATE TABLE bad (x integer) STRICT; nonsense');
    const file = join(folder(), 'desk.db');
    expect(() => openStore(file, { migrations: empty })).toThrow('syntax error');
    const opened = openStore(file, { migrations: MIGRATIONS });
    expect(opened.reading.all("SELECT name FROM sqlite_schema WHERE name = 'bad'")).toEqual([]);
    opened.close();
  });
});
