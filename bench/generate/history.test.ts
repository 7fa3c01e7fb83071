import { join } from 'node:path';
import { expect, test } from 'vitest';
import { submitContact } from '#engine/contacts/submit-contact.ts';
import { Desk, value } from '#engine/testing/desk.ts';
import { Witness } from '#engine/testing/witness.ts';
import { DatabaseFile } from '#store/sqlite/database-file.ts';
import { folder } from '#store/testing/folder.ts';
import { check } from '#vault/check.ts';
import { keyOf, type Wanted, writeHistory } from './history.ts';

const UNTIL = Date.UTC(2026, 10, 22);

/** A desk on a generated history, and the rule violations in it. */
function generated(wanted: Partial<Wanted>): { desk: Desk; violations: string[] } {
  const file = join(folder(), 'generated.db');
  writeHistory(file, {
    ...{ contacts: 4000, operators: 12, sources: 3, waiting: 0, max_load: null, days: 40, seed: 7, until: UNTIL, timeZone: 'Europe/Moscow' },
    ...wanted,
  });
  const desk = new Desk({ file });
  desk.now = UNTIL;
  const witness = new Witness(desk);
  witness.inspect();
  return { desk, violations: witness.violations };
}

const count = (desk: Desk, where: string): number => desk.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM ${where}`)[0]?.n ?? 0;

test('a generated history keeps every rule, and its pages, references and chain are sound', () => {
  const { desk, violations } = generated({});
  expect(violations).toEqual([]);
  expect(check(new DatabaseFile(desk.engine.read.store.connection), { pages: 'all', chainAfter: 0 })).toMatchObject({ ok: true });
  expect(count(desk, 'contacts')).toBe(4000);
  for (const some of [
    "decisions WHERE kind = 'draw'",
    "decisions WHERE kind = 'drain'",
    "decisions WHERE kind = 'manual'",
    'merges',
    "journal WHERE kind = 'operator_saved'",
  ])
    expect(count(desk, some), some).toBeGreaterThan(0);
  expect(desk.rows('SELECT revision FROM journal j WHERE at < (SELECT at FROM journal WHERE revision = j.revision - 1)')).toEqual([]);
  desk.engine.close();
});

test('has the tables and indexes of an empty desk', () => {
  const { desk } = generated({ contacts: 500 });
  const schema = 'SELECT type, name, sql FROM sqlite_schema ORDER BY type, name';
  expect(desk.rows(schema)).toEqual(new Desk().rows(schema));
  desk.engine.close();
});

test('has the requested number of waiting contacts, every operator full, and the engine continues from there', async () => {
  const { desk, violations } = generated({ waiting: 700, sources: 1 });
  expect(violations).toEqual([]);
  expect(count(desk, "contacts WHERE status = 'waiting'")).toBe(700);
  const source_id = 1;
  expect(desk.engine.sourceOfKey(keyOf(source_id))).toBe(source_id);
  const submission = { input: { source_id, phone: '+79001234567' }, idempotency_key: null, fingerprint: null };
  const { contact } = value(await desk.do((write) => submitContact(write, submission)));
  expect(contact).toMatchObject({ status: 'waiting', waiting_reason: 'all_full' });
  desk.engine.close();
});
