import { is, type SQL } from 'drizzle-orm';
import { getTableConfig, SQLiteSyncDialect, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterAll, describe, expect, test } from 'vitest';
import { MIGRATIONS, store } from '#store/testing/database.ts';
import { openStore } from './open.ts';
import * as schema from './schema.ts';

const dialect = new SQLiteSyncDialect();
const sqlOf = (value: SQL | undefined): string | null => (value ? dialect.sqlToQuery(value).sql : null);
const tables = Object.values(schema)
  .filter((value) => is(value, SQLiteTable))
  .map((table) => getTableConfig(table));
const byName = <T extends { name: string }>(rows: T[]): T[] => rows.toSorted((a, b) => (a.name < b.name ? -1 : 1));

describe('the tables declared for drizzle are those of the migrated database:', () => {
  const opened = openStore(':memory:', { migrations: MIGRATIONS });
  const database = opened.reading;
  afterAll(() => opened.close());

  test('all of them', () => {
    const actual = database.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'migrations'");
    expect(byName(actual).map(({ name }) => name)).toEqual(tables.map(({ name }) => name).toSorted());
    expect(tables.length).toBeGreaterThan(10);
  });

  test('every table is STRICT', () => {
    expect(database.all("SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'")).toEqual([]);
  });

  test.each(tables.map((table) => [table.name, table] as const))('the columns of %s', (name, table) => {
    const keys = table.primaryKeys[0]?.columns.map((column) => column.name) ?? [];
    const declared = table.columns.map((column) => ({
      name: column.name,
      type: column.getSQLType().toUpperCase(),
      notnull: Number(column.notNull || column.primary),
      default: column.default === undefined ? null : typeof column.default === 'string' ? `'${column.default}'` : String(column.default),
      pk: column.primary ? 1 : keys.indexOf(column.name) + 1,
    }));
    expect(database.all('SELECT name, upper(type) AS type, "notnull", dflt_value AS "default", pk FROM pragma_table_info(?)', name)).toEqual(declared);
  });

  test.each(tables.map((table) => [table.name, table] as const))('the indexes of %s', (name, table) => {
    const declared = table.indexes.map(({ config }) => ({
      name: config.name,
      unique: Number(config.unique),
      columns: config.columns.map((column) => ('name' in column ? column.name : '?')).join(),
      where: sqlOf(config.where),
    }));
    const actual = database
      .all<{ name: string; unique: number; columns: string; sql: string }>(
        `SELECT l.name, l."unique", (SELECT group_concat(name) FROM pragma_index_info(l.name)) AS columns, s.sql
         FROM pragma_index_list(?) l JOIN sqlite_schema s ON s.name = l.name WHERE l.origin = 'c'`,
        name,
      )
      .map(({ sql, ...index }) => ({ ...index, where: sql.split(' WHERE ')[1] ?? null }));
    expect(byName(actual)).toEqual(byName(declared));
  });

  test.each(tables.map((table) => [table.name, table] as const))('the references of %s', (name, table) => {
    const declared = table.foreignKeys.map((key) => {
      const { columns, foreignTable, foreignColumns } = key.reference();
      return { name: columns[0]?.name ?? '', table: getTableConfig(foreignTable).name, to: foreignColumns[0]?.name };
    });
    expect(byName(database.all<{ name: string }>('SELECT "from" AS name, "table", "to" FROM pragma_foreign_key_list(?)', name))).toEqual(byName(declared));
  });

  test.each(tables.map((table) => [table.name, table] as const))('the checks of %s', (name, table) => {
    const declared = table.checks.map((check) => `CONSTRAINT "${check.name}" CHECK(${sqlOf(check.value)})`);
    const sql = database.get<{ sql: string }>('SELECT sql FROM sqlite_schema WHERE name = ?', name)?.sql ?? '';
    const actual = sql.split('\n').flatMap((line) => /CONSTRAINT .*CHECK.*\)/.exec(line.replace(/\) STRICT$/, ''))?.[0].replace(/,$/, '') ?? []);
    expect(actual).toEqual(declared);
  });
});

describe('constraints refuse', () => {
  function database() {
    const { connection } = store();
    connection.exec(`
      INSERT INTO operators (id, name, name_key, is_active, max_load, current_load, active_changed_at, created_at) VALUES (1, 'A', 'a', 1, 2, 1, 0, 0), (2, 'B', 'b', 1, 1, 0, 0, 0);
      INSERT INTO sources (id, name, name_key, settings, created_at) VALUES (1, 'S', 's', '{}', 0);
      INSERT INTO source_keys (id, source_id, hash, hint, created_at) VALUES (1, 1, x'00', '0000', 0);
      INSERT INTO leads (id, created_at) VALUES (1, 0), (2, 0);
      INSERT INTO lead_identifiers (id, kind, value, lead_id, created_at) VALUES (1, 'phone', '+79001234567', 1, 0);
      INSERT INTO contacts (id, source_id, lead_id, status, made_lead, created_at, idempotency_key) VALUES (1, 1, 1, 'waiting', 1, 0, 'k');
      INSERT INTO rosters (id, source_id, members, created_at) VALUES (1, 1, '[]', 0);
    `);
    return connection;
  }

  test.each([
    ['a load above max_load', 'UPDATE operators SET current_load = 3 WHERE id = 1', 'operator is at max_load'],
    ['one more when full', 'UPDATE operators SET current_load = current_load + 1, max_load = 1 WHERE id = 1', 'operator is at max_load'],
    ['a load below none', 'UPDATE operators SET current_load = -1 WHERE id = 1', 'operators_load'],
    ['a max_load below none', 'UPDATE operators SET max_load = -1 WHERE id = 1', 'operators_max_load'],
    ['a weight below 0', 'INSERT INTO competences VALUES (1, 1, -1)', 'competences_weight'],
    ['a weight above 1000', 'INSERT INTO competences VALUES (1, 1, 1001)', 'competences_weight'],
    ['a weight that is not whole', 'INSERT INTO competences VALUES (1, 1, 1.5)', 'cannot store REAL'],
    ['a competence of nobody', 'INSERT INTO competences VALUES (1, 9, 1)', 'FOREIGN KEY'],
    [
      'a name that is in use',
      "INSERT INTO operators (name, name_key, is_active, max_load, active_changed_at, created_at) VALUES ('a', 'a', 1, 1, 0, 0)",
      'UNIQUE',
    ],
    ['a source name that is in use', "INSERT INTO sources (name, name_key, settings, created_at) VALUES ('s', 's', '{}', 0)", 'UNIQUE'],
    ['an identifier of two leads', "INSERT INTO lead_identifiers (kind, value, lead_id, created_at) VALUES ('phone', '+79001234567', 2, 0)", 'UNIQUE'],
    ['an identifier of no kind', "UPDATE lead_identifiers SET kind = 'fax'", 'lead_identifiers_kind'],
    ['an identifier of no lead', 'UPDATE lead_identifiers SET lead_id = 9', 'FOREIGN KEY'],
    [
      'one key for two contacts of a source',
      "INSERT INTO contacts (source_id, lead_id, status, made_lead, created_at, idempotency_key) VALUES (1, 1, 'waiting', 0, 0, 'k')",
      'UNIQUE',
    ],
    ['somebody who waits and has an operator', 'UPDATE contacts SET operator_id = 1', 'contacts_status'],
    ['an assigned contact without an operator', "UPDATE contacts SET status = 'assigned'", 'contacts_status'],
    ['a closed contact without its time', "UPDATE contacts SET status = 'closed'", 'contacts_status'],
    ['a status that nobody knows', "UPDATE contacts SET status = 'lost', operator_id = 1", 'contacts_status'],
    ['a lead that loses its contacts', 'DELETE FROM leads WHERE id = 1', 'FOREIGN KEY'],
    ['a decision of no kind', "INSERT INTO decisions (contact_id, at, kind, roster_id, loads, sum) VALUES (1, 0, 'guess', 1, x'', 0)", 'decisions_kind'],
    ['two sources with one key', "INSERT INTO source_keys (source_id, hash, hint, created_at) VALUES (1, x'00', '0000', 0)", 'UNIQUE'],
    ['text for a time', "UPDATE contacts SET created_at = 'now'", 'cannot store TEXT'],
  ])('%s', (_, sql, message) => {
    expect(() => database().exec(sql)).toThrow(message);
  });

  test('but a max_load may be lowered below the load, and the load may then go down', () => {
    const connection = database();
    connection.exec(
      'UPDATE operators SET current_load = 2 WHERE id = 1; UPDATE operators SET max_load = 0 WHERE id = 1; UPDATE operators SET current_load = 1 WHERE id = 1',
    );
    expect(connection.prepare('SELECT current_load, max_load FROM operators WHERE id = 1').get()).toEqual({ current_load: 1, max_load: 0 });
  });

  test('and names and keys of archived rows may be used again', () => {
    const connection = database();
    connection.exec(`UPDATE operators SET archived_at = 1; UPDATE sources SET archived_at = 1;
      INSERT INTO operators (name, name_key, is_active, max_load, active_changed_at, created_at) VALUES ('A', 'a', 1, 1, 0, 0);
      INSERT INTO sources (name, name_key, settings, created_at) VALUES ('S', 's', '{}', 0)`);
    expect(connection.prepare('SELECT (SELECT COUNT(*) FROM operators) AS operators, (SELECT COUNT(*) FROM sources) AS sources').get()).toEqual({
      operators: 3,
      sources: 2,
    });
  });
});
