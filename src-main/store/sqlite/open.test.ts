import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { Candidate } from '#shared/distribution/table.ts';
import { latestRevision } from '#store/journal/journal.ts';
import { decisionsOfContact, insertDecision, insertRoster, tableOf } from '#store/tables/decisions.ts';
import { MIGRATIONS, store } from '#store/testing/database.ts';
import { folder } from '#store/testing/folder.ts';
import { openStore } from './open.ts';

const PRAGMAS = ['synchronous', 'journal_mode', 'foreign_keys', 'trusted_schema', 'fullfsync', 'secure_delete', 'cell_size_check'];

describe('opening', () => {
  test('sets the same durability the first, second and third time', () => {
    const file = join(folder(), 'desk.db');
    const seen = Array.from({ length: 3 }, () => {
      const opened = openStore(file, { migrations: MIGRATIONS });
      const actual = Object.fromEntries(PRAGMAS.map((pragma) => [pragma, opened.connection.pragma(pragma, { simple: true })]));
      opened.close();
      return actual;
    });
    const expected = { synchronous: 2, journal_mode: 'wal', foreign_keys: 1, trusted_schema: 0, fullfsync: 1, secure_delete: 1, cell_size_check: 1 };
    expect(seen).toEqual([expected, expected, expected]);
  });

  test('finds what was committed before, and closing checkpoints the write-ahead log', () => {
    const file = join(folder(), 'desk.db');
    const first = openStore(file, { migrations: MIGRATIONS });
    first.transaction((tx) => tx.run("INSERT INTO leads (name, created_at) VALUES ('Анна', 1)"));
    first.close();
    first.close();
    expect(store(file).reading.all('SELECT name FROM leads')).toEqual([{ name: 'Анна' }]);
  });

  test('refuses a file that is not a database, and does not change it', () => {
    const file = join(folder(), 'desk.db');
    const text = 'Switchyard keeps its contacts here. '.repeat(40);
    writeFileSync(file, text);
    expect(() => openStore(file, { migrations: MIGRATIONS })).toThrow('not a database');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});

describe('a transaction', () => {
  const count = (opened: ReturnType<typeof store>) => opened.reading.get<{ n: number }>('SELECT COUNT(*) AS n FROM leads')?.n;

  test('is stored completely or not at all', () => {
    const opened = store();
    opened.transaction((tx) => tx.run('INSERT INTO leads (created_at) VALUES (1)'));
    expect(() =>
      opened.transaction((tx) => {
        tx.run('INSERT INTO leads (created_at) VALUES (2)');
        throw new Error('no');
      }),
    ).toThrow('no');
    expect([count(opened), opened.connection.inTransaction]).toEqual([1, false]);
  });

  test('continues when a savepoint within it is rolled back', () => {
    const opened = store();
    opened.transaction((tx) => {
      tx.run('INSERT INTO leads (created_at) VALUES (1)');
      expect(() =>
        opened.savepoint(() => {
          tx.run('INSERT INTO leads (created_at) VALUES (2)');
          throw new Error('no');
        }),
      ).toThrow('no');
      opened.savepoint(() => tx.run('INSERT INTO leads (created_at) VALUES (3)'));
    });
    expect(opened.reading.all('SELECT created_at FROM leads')).toEqual([{ created_at: 1 }, { created_at: 3 }]);
  });

  test('is not begun while another connection writes', () => {
    const file = join(folder(), 'desk.db');
    const opened = store(file);
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    let ran = false;
    expect(() =>
      opened.transaction(() => {
        ran = true;
      }),
    ).toThrow('locked');
    other.exec('ROLLBACK');
    other.close();
    opened.transaction((tx) => tx.run('INSERT INTO leads (created_at) VALUES (1)'));
    expect([ran, count(opened)]).toEqual([false, 1]);
  });
});

test('an empty journal is at revision 0', () => {
  expect(latestRevision(store().reading)).toBe(0);
});

test('a decision stores its table exactly, whatever the loads', () => {
  const opened = store();
  const loads = [0, 1, 127, 128, 129, 16_383, 16_384, 2_097_151, 2_097_152, 268_435_455, 268_435_456, 2 ** 31 - 1];
  const table: Candidate[] = loads.map((load, i) => ({ operator_id: i + 1, weight: i * 7, load, max_load: 10_000 - i, is_active: i % 2 === 0 }));
  const kept = opened.transaction((tx) => {
    tx.run("INSERT INTO sources (id, name, name_key, settings, created_at) VALUES (1, 'S', 's', '{}', 0)");
    tx.run('INSERT INTO leads (id, created_at) VALUES (1, 0)');
    tx.run("INSERT INTO contacts (id, source_id, lead_id, status, made_lead, created_at) VALUES (1, 1, 1, 'waiting', 1, 0)");
    const roster = insertRoster(tx, 1, table, 0);
    insertDecision(tx, {
      contact_id: 1,
      at: 5,
      kind: 'draw',
      roster,
      table,
      evidence: { sum: 0, r: null },
      operator_id: null,
      weight: null,
      waiting_reason: 'all_full',
      arrangement: null,
      note: null,
    });
    return decisionsOfContact(tx, 1);
  });
  expect(kept.map(tableOf)).toEqual([table]);
  expect(() => tableOf({ members: '[[1,1,1,1],[2,1,1,1]]', loads: Uint8Array.of(3), keys: null, barred: null, cost: null })).toThrow('fewer loads');
});
