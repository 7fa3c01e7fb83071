import { expect, test } from 'vitest';
import type { Reading } from '#store/sqlite/open.ts';
import { store } from '#store/testing/database.ts';
import { operatorNamed } from './operators.ts';

test('a row whose key has an earlier form blocks names that look the same, until it is renamed or archived', async () => {
  const { connection, reading } = store();
  connection.exec(`INSERT INTO operators (id, name, name_key, is_active, max_load, active_changed_at, created_at) VALUES
    (1, 'Владимир K', 'владимир k', 1, 3, 1, 1), (2, 'Iван', 'iван', 1, 3, 1, 1)`);
  expect([operatorNamed(reading, 'Владимир К'), operatorNamed(reading, 'Іван'), operatorNamed(reading, 'Владимир')]).toEqual([1, 2, undefined]);
  connection.exec("UPDATE operators SET name = 'Олег', name_key = 'олег' WHERE id = 1; UPDATE operators SET archived_at = 2 WHERE id = 2");
  expect([operatorNamed(reading, 'Владимир К'), operatorNamed(reading, 'Іван')]).toEqual([undefined, undefined]);
});

test('a name is looked up in the index, without reading the other names', () => {
  const { reading } = store();
  const plans: string[] = [];
  const explained = {
    all: reading.all.bind(reading),
    get: (sql: string, ...values: Parameters<Reading['get']>[1][]) => {
      plans.push(...reading.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values).map(({ detail }) => detail));
    },
  } as unknown as Reading;
  operatorNamed(explained, 'Анна');
  expect(plans).toContain('SEARCH operators USING INDEX operators_name (name_key>? AND name_key<?)');
});
