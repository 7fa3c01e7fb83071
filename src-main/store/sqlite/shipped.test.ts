/** Guards what was released: a database of any version can be read by every later one, and its chain can be verified. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { describe, expect, test } from 'vitest';
import { CHAIN_START, chainAt, digestOfRoster, nextLink } from '#store/journal/chain.ts';
import { MIGRATIONS, store } from '#store/testing/database.ts';
import { folder } from '#store/testing/folder.ts';
import { firstMigrations } from '#store/testing/migrations.ts';
import { openStore } from './open.ts';
import * as schema from './schema.ts';

interface Column {
  readonly type: string;
  readonly notNull: boolean;
}
type Tables = Readonly<Record<string, Readonly<Record<string, Column>>>>;

/** Tables of one version as drizzle-kit described them when its migration was generated. */
function tablesOf(snapshot: string): Tables {
  const { tables } = JSON.parse(readFileSync(join(MIGRATIONS, 'meta', snapshot), 'utf8')) as { tables: Record<string, { columns: Record<string, Column> }> };
  return Object.fromEntries(Object.entries(tables).map(([name, { columns }]) => [name, columns]));
}
const snapshots = globSync('*_snapshot.json', { cwd: join(MIGRATIONS, 'meta') }).toSorted();

/** Columns that are gone, have another type, or no longer accept NULL (or accept it now, so that older code would read one). */
function missing(before: Tables, after: Tables): string[] {
  return Object.entries(before).flatMap(([table, columns]) =>
    Object.entries(columns)
      .filter(([name, { type, notNull }]) => after[table]?.[name]?.type !== type || after[table]?.[name]?.notNull !== notNull)
      .map(([name]) => `${table}.${name}`),
  );
}

describe('columns are only ever added:', () => {
  test.each(snapshots.slice(1).map((snapshot, i) => [snapshots[i] ?? '', snapshot] as const))('all of %s are in %s', (before, after) => {
    expect(missing(tablesOf(before), tablesOf(after))).toEqual([]);
  });

  test('those of the newest migration are in the schema', () => {
    const tables = Object.values(schema)
      .filter((value) => is(value, SQLiteTable))
      .map((table) => getTableConfig(table));
    const declared = Object.fromEntries(
      tables.map(({ name, columns }) => [name, Object.fromEntries(columns.map((c) => [c.name, { type: c.getSQLType(), notNull: c.notNull }]))]),
    );
    expect(missing(tablesOf(snapshots.at(-1) ?? ''), declared)).toEqual([]);
  });

  test('detects a column that was removed, renamed or given another type', () => {
    const before = { leads: { id: { type: 'integer', notNull: true }, name: { type: 'text', notNull: false } } };
    expect(missing(before, {})).toEqual(['leads.id', 'leads.name']);
    expect(missing(before, { leads: { ...before.leads, name: { type: 'blob', notNull: false } } })).toEqual(['leads.name']);
    expect(missing(before, { leads: { ...before.leads, name: { type: 'text', notNull: true } } })).toEqual(['leads.name']);
    expect(missing(before, { leads: { ...before.leads, more: { type: 'text', notNull: false } } })).toEqual([]);
  });
});

describe('chained rows keep their links:', () => {
  test('a link covers the same fields in the same order as before', () => {
    const row = {
      revision: 7,
      at: 1_700_000_000_000,
      actor: 'source:3',
      kind: 'contact_assigned',
      contact_id: 5,
      operator_id: 2,
      source_id: 3,
      data: '{"a":1}',
    };
    const roster = digestOfRoster(3, '[[2,10,4,1]]', 1_600_000_000_000);
    expect(roster).toBe('yhPj5nQgf+ZwGnSS89+JVkZM/JjgGHaWc7cciLd7S9E=');
    expect(nextLink(CHAIN_START, { ...row, kind: 'operator_saved' }, null).toString('hex')).toBe(
      '222f72ea0b1b1edfac4bf166edcffecd40a086504f50947fd6282be53659e90a',
    );
    expect(nextLink(CHAIN_START, row, [4, 5, row.at, 'draw', 1, roster, 'AAAA', 10, 3, 2, 10, null]).toString('hex')).toBe(
      'c97ba316a6c0dba669aea50c8b9275d800720c1edd994e7c8f9fb2c3740b372f',
    );
  });

  test('migration 0001 computes the same links for a journal from before the chain as when it was released', () => {
    const file = join(folder(), 'desk.db');
    const first = openStore(file, { migrations: firstMigrations(1, folder()) });
    first.connection.pragma('foreign_keys = OFF'); // tables are in alphabetical order
    first.connection.exec(readFileSync(join(import.meta.dirname, '../testing/rows-0000.sql'), 'utf8'));
    first.close();
    const { reading } = store(file);
    const last = reading.get<{ revision: number }>('SELECT MAX(revision) AS revision FROM journal')?.revision ?? 0;
    expect(last).toBeGreaterThan(5);
    expect(chainAt(reading, last)?.toString('hex')).toBe('f9bc84b264b9f9ae83fbc7e20204956287c554bf3490a929914e4ff52e2666c3');
  });
});
