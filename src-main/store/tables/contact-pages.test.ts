import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { ContactStatus } from '#shared/contract/entities.ts';
import { SEED } from '#shared/testing/tables.ts';
import type { Store } from '#store/sqlite/open.ts';
import { store } from '#store/testing/database.ts';
import { type ContactFilter, wholePage } from './contact-pages.ts';
import { insertSetBack, latestArrival } from './periods.ts';

interface Row {
  readonly source_id: number;
  readonly lead_id: number;
  readonly operator_id: number;
  readonly status: ContactStatus;
  readonly created_at: number;
}

/** A store with leads 1 to 4; 3 is a part of 1. */
function filled(rows: readonly Row[]): Store {
  const opened = store();
  const { connection } = opened;
  connection.exec(`
    INSERT INTO operators (id, name, name_key, is_active, max_load, active_changed_at, created_at) VALUES (1, 'A', 'a', 1, 99, 0, 0), (2, 'B', 'b', 1, 99, 0, 0);
    INSERT INTO sources (id, name, name_key, settings, created_at) VALUES (1, 'S', 's', '{}', 0), (2, 'T', 't', '{}', 0);
    INSERT INTO leads (id, created_at, merged_into, part_of) VALUES (1, 0, NULL, NULL), (2, 0, NULL, NULL), (3, 0, 1, 1), (4, 0, NULL, NULL);`);
  const insert = connection.prepare(
    'INSERT INTO contacts (source_id, lead_id, operator_id, status, made_lead, created_at, closed_at) VALUES (?, ?, ?, ?, 0, ?, ?)',
  );
  opened.transaction((tx) => {
    for (const { source_id, lead_id, operator_id, status, created_at } of rows) {
      const isSetBack = created_at < latestArrival(tx);
      const { lastInsertRowid } = insert.run(source_id, lead_id, status === 'waiting' ? null : operator_id, status, created_at, status === 'closed' ? 1 : null);
      if (isSetBack) insertSetBack(tx, Number(lastInsertRowid));
    }
  });
  return opened;
}

const row = fc.record({
  source_id: fc.constantFrom(1, 2),
  lead_id: fc.constantFrom(1, 2, 3, 4),
  operator_id: fc.constantFrom(1, 2),
  status: fc.constantFrom<ContactStatus>('waiting', 'assigned', 'closed'),
  created_at: fc.nat(20),
});
const maybe = <T>(...values: T[]) => fc.constantFrom(undefined, ...values);
const filter = fc.record({
  status: maybe<ContactStatus>('waiting', 'assigned', 'closed'),
  operator_id: maybe(1, 2, 9),
  source_id: maybe(1, 2, 9),
  lead_id: maybe(1, 2, 3, 9),
  from: maybe(0, 3, 10, 19, 30),
  to: maybe(0, 4, 10, 20, 30),
});

/** All pages, one after the other. */
function allPages(opened: Store, asked: Omit<ContactFilter, 'before' | 'limit'>, limit: number, most: number): { ids: number[]; lookedAt: number[] } {
  const ids: number[] = [];
  const lookedAt: number[] = [];
  for (let before: number | null | undefined; before !== null; ) {
    const page = wholePage(opened.reading, { ...asked, limit, before }, most);
    ids.push(...page.contacts.map(({ row: { id } }) => id));
    lookedAt.push(page.looked_at);
    before = page.before;
  }
  return { ids, lookedAt };
}

describe('pages of contacts', () => {
  test.prop([fc.array(row, { maxLength: 60, size: 'max' }), filter, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 30 })], {
    seed: SEED,
    numRuns: 200,
  })(
    'together have exactly the contacts that match, newest first, however the clock was set back, and none examines more rows than allowed',
    (rows, asked, limit, most) => {
      const opened = filled(rows);
      const { from = 0, to = 99, lead_id, ...equal } = asked;
      const isAsked = (one: Row) =>
        one.created_at >= from &&
        one.created_at < to &&
        (lead_id === undefined || (one.lead_id === 3 ? 1 : one.lead_id) === lead_id) &&
        Object.entries(equal).every(([key, value]) => {
          const actual = key === 'operator_id' && one.status === 'waiting' ? null : one[key as keyof Row];
          return value === undefined || value === actual;
        });
      const expected = rows.flatMap((one, i) => (isAsked(one) ? [i + 1] : [])).reverse();
      const { ids, lookedAt } = allPages(opened, asked, limit, most);
      opened.close();
      expect(ids).toEqual(expected);
      expect(Math.max(...lookedAt)).toBeLessThanOrEqual(most);
    },
  );

  test('name the whole lead for a contact of a part', () => {
    const opened = filled([{ source_id: 1, lead_id: 3, operator_id: 1, status: 'closed', created_at: 1 }]);
    expect(wholePage(opened.reading, { limit: 1 }).contacts).toMatchObject([{ row: { id: 1 }, lead: { id: 1 } }]);
  });

  test('end early when their contacts are large, and the next one continues', () => {
    const one: Row = { source_id: 1, lead_id: 1, operator_id: 1, status: 'closed', created_at: 1 };
    const opened = filled(Array.from({ length: 60 }, () => one));
    opened.connection.prepare('UPDATE contacts SET attributes = ?').run(JSON.stringify({ text: 'x'.repeat(60_000) }));
    const first = wholePage(opened.reading, { limit: 500 });
    expect(first.contacts.length).toBeLessThan(30);
    expect(first).toMatchObject({ isCut: false });
    expect(allPages(opened, {}, 500, 1000).ids).toEqual(Array.from({ length: 60 }, (_, i) => 60 - i));
  });
});
