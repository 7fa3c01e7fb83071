import { fc, test as property } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { setCompetence } from '#engine/competences.ts';
import { updateOperator } from '#engine/operators.ts';
import { groupings, narrowed, type ReportQuery, reportQuery, type Table } from '#shared/contract/reports.ts';
import { Recount } from './testing/recount.ts';
import { ReportingDesk } from './testing/reporting-desk.ts';

const MINUTE = 60_000;

/** Where and when: the clocks of most of these change within the days that follow. */
const scenes = [
  { timeZone: 'Europe/Berlin', start: Date.UTC(2026, 2, 28, 20) },
  { timeZone: 'Europe/Berlin', start: Date.UTC(2026, 9, 24, 20) },
  { timeZone: 'America/Sao_Paulo', start: Date.UTC(2018, 10, 3, 20) },
  { timeZone: 'Asia/Kathmandu', start: Date.UTC(2026, 10, 29, 15) },
  { timeZone: 'Australia/Lord_Howe', start: Date.UTC(2026, 3, 4, 10) },
  { timeZone: 'Europe/Moscow', start: Date.UTC(2026, 11, 31, 18) },
];

type Step =
  | { readonly kind: 'submit'; readonly source: number; readonly person: number }
  | { readonly kind: 'close' | 'move'; readonly nth: number; readonly to: number }
  | { readonly kind: 'operator'; readonly nth: number; readonly is_active: boolean; readonly max_load: number }
  | { readonly kind: 'weight'; readonly source: number; readonly nth: number; readonly weight: number }
  | { readonly kind: 'ask' }
  | { readonly kind: 'pass'; readonly minutes: number };

const small = fc.integer({ min: 0, max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('submit' as const), source: fc.integer({ min: 0, max: 1 }), person: fc.integer({ min: 0, max: 8 }) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('close' as const), nth: fc.nat(30), to: small }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('move' as const), nth: fc.nat(30), to: fc.integer({ min: 0, max: 3 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('operator' as const), nth: small, is_active: fc.boolean(), max_load: fc.integer({ min: 0, max: 3 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('weight' as const), source: fc.integer({ min: 0, max: 1 }), nth: small, weight: fc.integer({ min: 0, max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('ask' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.oneof(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 900 })) }),
  },
);

const filters = fc.record(
  {
    hours: fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 12 }),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 6 }),
    operator_ids: fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 }),
    source_ids: fc.uniqueArray(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 1 }),
    service_seconds: fc.constantFrom(0, 60, 3600),
  },
  { requiredKeys: [] },
);

/** Lives through the steps; some of them ask for a report in between, so that the columns are brought forward and not only read. */
async function lived(scene: (typeof scenes)[number], steps: readonly Step[]): Promise<ReportingDesk> {
  const reporting = await ReportingDesk.open();
  const { desk } = reporting;
  desk.engine.read.store.connection.pragma('synchronous = OFF'); // nothing here is about power cuts
  desk.now = scene.start;
  reporting.timeZone = scene.timeZone;
  const sources = [await desk.source('Сайт'), await desk.source('Бот')];
  const people = [await desk.operator('Анна', 2), await desk.operator('Борис', 1), await desk.operator('Вера', 1, false)];
  await desk.weights(sources[0] ?? 0, { [people[0] ?? 0]: 3, [people[1] ?? 0]: 1, [people[2] ?? 0]: 2 });
  await desk.weights(sources[1] ?? 0, { [people[0] ?? 0]: 1, [people[2] ?? 0]: 0 });
  const contacts = () => desk.rows<{ id: number }>("SELECT id FROM contacts WHERE status <> 'closed'").map(({ id }) => id);
  for (const one of steps) {
    const open = contacts();
    const chosen = 'nth' in one ? open[one.nth % Math.max(1, open.length)] : undefined;
    // a refusal (full, closed …) is a step as well
    if (one.kind === 'submit') await desk.submit(sources[one.source] ?? 0, { phone: `+7900123450${one.person}` });
    else if (one.kind === 'close' && chosen) await reporting.close(chosen);
    else if (one.kind === 'move' && chosen) await reporting.move(chosen, people[one.to] ?? null);
    else if (one.kind === 'operator')
      await desk.do((write) => updateOperator(write, people[one.nth] ?? 0, { is_active: one.is_active, max_load: one.max_load }));
    else if (one.kind === 'weight') await desk.do((write) => setCompetence(write, people[one.nth] ?? 0, sources[one.source] ?? 0, one.weight));
    else if (one.kind === 'ask') reporting.ask({ report: 'waits', from: '2018-01-01', to: '2018-01-01' });
    else if (one.kind === 'pass') desk.now += one.minutes * MINUTE;
  }
  desk.now += 30 * MINUTE;
  return reporting;
}

const byKey = ({ columns, rows }: Table): Map<unknown, Record<string, unknown>> =>
  new Map(rows.map((row) => [row[0] ?? 0, Object.fromEntries(columns.map(({ key }, i) => [key, row[i] ?? null]))]));

/** What both say, to nine digits. */
function shared(counted: Readonly<Record<string, unknown>>, row: Readonly<Record<string, unknown>>): [Record<string, unknown>, Record<string, unknown>] {
  const digits = (value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(9)) : value);
  const keys = Object.keys(counted).filter((key) => key in row);
  const pick = (from: Readonly<Record<string, unknown>>) => Object.fromEntries(keys.map((key) => [key, digits(from[key])]));
  return [pick(counted), pick(row)];
}

const dayOf = (at: number, days: number) => new Date(at + days * 86_400_000).toISOString().slice(0, 10);

describe('every number is what a plain count of the rows gives', () => {
  property.prop(
    [fc.constantFrom(...scenes), fc.array(step, { minLength: 5, maxLength: 60 }), filters, fc.constantFrom(...groupings), fc.constantFrom(0, 1, 2)],
    { numRuns: 25 },
  )(
    'in the summary, by whatever it is grouped and filtered',
    async (scene, steps, filter, group_by, later) => {
      const reporting = await lived(scene, steps);
      const query: ReportQuery = reportQuery.parse({
        report: 'summary',
        group_by,
        from: dayOf(scene.start, later - 1),
        to: dayOf(scene.start, later + 3),
        ...filter,
      });
      const { table } = reporting.ask(query);
      const counted = new Recount(reporting, query).summary();
      const total = counted.get('') ?? {};
      counted.delete('');
      const rows = byKey(table);
      for (const [key, row] of counted) {
        const hasCounts = Object.values(row).some((value) => value !== null && value !== 0);
        if (!rows.has(key) && !hasCounts) continue;
        // a thing lasts as long as the period, which the plain count only knows of the time
        const isThing = group_by === 'operator' || group_by === 'source';
        const { load_average: _load, queue_average: _queue, ...others } = row;
        const [expected, found] = shared(isThing ? others : row, rows.get(key) ?? {});
        expect({ key, ...found }).toEqual({ key, ...expected });
      }
      for (const [key, row] of rows) expect(counted.has(key as string) || (row.received === 0 && row.assigned === 0 && row.closed === 0)).toBe(true);
      const [expected, found] = shared(total, Object.fromEntries(table.columns.map(({ key }, i) => [key, table.total?.[i] ?? null])));
      expect(found).toEqual(expected);
    },
    120_000,
  );

  property.prop([fc.constantFrom(...scenes), fc.array(step, { minLength: 20, maxLength: 80 }), filters], { numRuns: 15 })(
    'in the fairness report',
    async (scene, steps, filter) => {
      const reporting = await lived(scene, steps);
      const query = reportQuery.parse({ report: 'fairness', from: dayOf(scene.start, -1), to: dayOf(scene.start, 40), ...filter, operator_ids: undefined });
      const rows = byKey(reporting.ask(query).table);
      const counted = new Recount(reporting, query).fairness();
      expect(new Set(rows.keys())).toEqual(new Set(counted.keys()));
      for (const [operator_id, row] of counted) {
        const zeros = { drawn: 0, expected: 0, eligible: 0, passed_full: 0, passed_inactive: 0, passed_zero_weight: 0, nobody_eligible: 0, by_hand: 0 };
        const [expected, found] = shared({ ...zeros, ...row }, rows.get(operator_id) ?? {});
        expect({ operator_id, ...found }).toEqual({ operator_id, ...expected });
      }
    },
    120_000,
  );

  property.prop([fc.constantFrom(...scenes), fc.array(step, { minLength: 5, maxLength: 60 }), filters, fc.constantFrom(...groupings)], { numRuns: 25 })(
    'and behind each number of a row are as many contacts',
    async (scene, steps, filter, group_by) => {
      const reporting = await lived(scene, steps);
      const query = reportQuery.parse({ report: 'summary', group_by, from: dayOf(scene.start, -1), to: dayOf(scene.start, 40), ...filter });
      const { table } = reporting.ask(query);
      for (const row of table.rows)
        for (const measure of ['received', 'returning', 'waited', 'waiting', 'in_time', 'late', 'assigned', 'closed'] as const) {
          const list = reporting.ask({ ...narrowed(query, row[0] ?? 0), report: 'contacts', measure }, { limit: 500 });
          const number = row[table.columns.findIndex(({ key }) => key === measure)];
          expect({ row: row[0], measure, number: list.row_count, rows: list.table.rows.length }).toEqual({ row: row[0], measure, number, rows: number });
        }
    },
    120_000,
  );
});
