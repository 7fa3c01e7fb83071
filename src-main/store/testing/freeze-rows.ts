/**
 * Writes rows-NNNN.sql for the newest released migration, from the rows of the one before it:
 * `node src-main/store/testing/freeze-rows.ts NUMBER_OF_MIGRATIONS`. Run once per migration, before the next one is added.
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '#store/sqlite/open.ts';
import { firstMigrations } from './migrations.ts';

const migrations = Number(process.argv[2]);
const folder = () => mkdtempSync(join(tmpdir(), 'switchyard-rows-'));
const rowsOf = (count: number) => join(import.meta.dirname, `rows-${String(count - 1).padStart(4, '0')}.sql`);
const file = join(folder(), 'desk.db');

const before = openStore(file, { migrations: firstMigrations(migrations - 1, folder()) });
before.connection.pragma('foreign_keys = OFF'); // tables are in alphabetical order
before.connection.exec(readFileSync(rowsOf(migrations - 1), 'utf8'));
before.close();
const { connection, reading, close } = (() => {
  const opened = openStore(file, { migrations: firstMigrations(migrations, folder()) });
  return { connection: opened.connection, reading: opened.reading, close: () => opened.close() };
})();

const literal = (value: string | number | Buffer | null): string => {
  if (value === null) return 'NULL';
  if (Buffer.isBuffer(value)) return `X'${value.toString('hex').toUpperCase()}'`;
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
};
const names = reading.all<{ name: string }>(
  "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'migrations' ORDER BY name",
);
let sql = `-- the rows of rows-${String(migrations - 2).padStart(4, '0')}.sql as the next migration left them; frozen: made once, never again\n`;
for (const { name } of names) {
  const isWide = (connection.pragma(`table_info(${name})`) as unknown[]).length > 1;
  const rows = connection.prepare(`SELECT * FROM ${name} ORDER BY 1${isWide ? ', 2' : ''}`).all() as Record<string, string | number | Buffer | null>[]; // every row has the table's columns
  if (!rows[0]) continue;
  const values = rows.map((row) => `  (${Object.values(row).map(literal).join(', ')})`);
  sql += `INSERT INTO ${name} (${Object.keys(rows[0]).join(', ')}) VALUES\n${values.join(',\n')};\n`;
}
close();
writeFileSync(rowsOf(migrations), sql);
console.log(`${rowsOf(migrations)}: ${sql.split('\n').length} lines`);
