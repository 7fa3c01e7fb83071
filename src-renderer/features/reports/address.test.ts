import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { hashOf, parseRoute } from '#kit/navigation/route.ts';
import { groupings, measures } from '#shared/contract/reports.ts';
import { groupingsOf, noFilters, paramsOf, queryOf, type Shown, shownIn, usualPeriods, views } from './address.ts';

const TODAY = '2026-11-22';
const read = (hash: string) => shownIn(new URLSearchParams(parseRoute(hash).query));

const numbers = (min: number, max: number) => fc.uniqueArray(fc.integer({ min, max }), { maxLength: 6 }).map((list) => list.sort((a, b) => a - b));
const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
const days = fc.tuple(day, day).map(([a, b]) => ({ from: a < b ? a : b, to: a < b ? b : a }));
const shown: fc.Arbitrary<Shown> = fc
  .record({
    view: fc.constantFrom(...views),
    period: fc.oneof(fc.constantFrom(...usualPeriods), days),
    hours: numbers(0, 23),
    weekdays: numbers(1, 7),
    operators: numbers(0, 5000),
    sources: numbers(1, 5000),
    service_seconds: fc.option(fc.integer({ min: 0, max: 86_400 })),
    group_by: fc.constantFrom(...groupings),
    sorting: fc.option(fc.record({ key: fc.constantFrom('received', 'wait_p90', 'operator'), descending: fc.boolean() })),
    list: fc.option(
      fc.record({
        report: fc.constant('contacts'),
        measure: fc.constantFrom(...measures),
        group_by: fc.constantFrom(...groupings),
        from: fc.constant('2026-11-01'),
        to: fc.constant(TODAY),
        hours: fc.constant([9, 10]),
        operator_ids: fc.constant([0, 7]),
        wait_from_ms: fc.nat(),
      }),
    ),
  })
  .map((any) => ({ ...any, group_by: groupingsOf(any.view).includes(any.group_by) ? any.group_by : 'day' }) as Shown);

property.prop([shown])('the state of the screen is read back from its address', (now) => {
  expect(read(hashOf('reports', paramsOf(now)))).toEqual(now);
});

test('an empty or invalid address shows the last thirty days by day', () => {
  const usual = { view: 'summary', ...noFilters, group_by: 'day', sorting: null, list: null };
  for (const hash of ['#/reports', '#/reports?view=x&by=y&period=z&hours=24,-1,x&weekdays=0,8&operators=-1&sources=0&seconds=-1&list=from%3Dyesterday'])
    expect(read(hash)).toEqual(usual);
});

test('the query has the days of the period, and no filters where everything is meant', () => {
  expect(queryOf(read('#/reports?period=week&operators=0,3'), TODAY)).toEqual({
    report: 'summary',
    from: '2026-11-16',
    to: TODAY,
    operator_ids: [0, 3],
    group_by: 'day',
    measure: 'received',
  });
  expect(queryOf(read('#/reports?from=2026-11-22&to=2026-11-21'), TODAY)).toBeNull();
});
