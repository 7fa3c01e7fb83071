import { expect, test } from 'vitest';
import { updateOperator } from '#engine/configuration/operators.ts';
import { updateRule } from '#engine/configuration/rules.ts';
import { declineContact, expireAcceptance } from '#engine/contacts/acceptance.ts';
import { value } from '#engine/testing/desk.ts';
import { latestOfContact } from '#store/tables/decisions.ts';
import { ReportingDesk } from './testing/reporting-desk.ts';

const MINUTE = 60_000;

test('a day of a small desk, counted by hand', async () => {
  const reporting = await ReportingDesk.open();
  const { desk } = reporting;
  desk.now = Date.parse('2026-11-22T09:00:00Z'); // noon in Moscow
  const source = await desk.source('Сайт');
  const anna = await desk.operator('Анна', 1);
  await desk.weights(source, { [anna]: 1 });
  const first = value(await desk.submit(source, { phone: '+79001234567' })).contact;
  desk.now += MINUTE;
  const second = value(await desk.submit(source, { phone: '+79001234567' })).contact; // waits: Anna is full
  desk.now += 3 * MINUTE;
  value(await reporting.close(first.id)); // Anna takes the second
  desk.now += 2 * MINUTE;
  value(await reporting.close(second.id));
  desk.now += 54 * MINUTE;

  const day = { from: '2026-11-22', to: '2026-11-22' };
  const [row] = reporting.rows({ report: 'summary', ...day });
  expect(row).toEqual({
    day: '2026-11-22',
    received: 2,
    returning: 1,
    returning_share: 0.5,
    waited: 1,
    waited_share: 0.5,
    wait_average: 3 * MINUTE,
    wait_p90: 3 * MINUTE,
    wait_longest: 3 * MINUTE,
    waiting: 0,
    in_time: 1,
    late: 1,
    service_level: 0.5,
    assigned: 2,
    closed: 2,
    handling_average: 3 * MINUTE,
    handling_p90: 4 * MINUTE,
    handling_longest: 4 * MINUTE,
    load_average: 0.1, // over the hour that the desk exists
    capacity_average: 1,
    capacity_used: 6 / 60,
    queue_average: 0.05,
    merges: 0,
    refused: 0,
  });
  const { table } = reporting.ask({ report: 'summary', ...day });
  expect(table.total).toEqual([null, ...(table.rows[0] ?? []).slice(1)]);
  expect(reporting.rows({ report: 'summary', ...day, group_by: 'hour' }).map((r) => r.received)).toEqual(
    Array.from({ length: 24 }, (_, hour) => (hour === 12 ? 2 : 0)),
  );
  expect(reporting.rows({ report: 'summary', ...day, group_by: 'operator' })).toMatchObject([
    { operator_id: anna, operator: 'Анна', received: 2, closed: 2, assigned: 2, capacity_used: 0.1 },
  ]);
  expect(reporting.rows({ report: 'contacts', ...day, measure: 'waited' })).toMatchObject([{ contact_id: second.id, wait: 3 * MINUTE, operator: 'Анна' }]);
  expect(reporting.rows({ report: 'load', ...day, hours: [11, 12] })).toMatchObject([
    { received: 0, load_average: null, capacity_average: null },
    { at: Date.parse('2026-11-22T09:00:00Z'), received: 2, load_average: 0.1, capacity_average: 1, queue_average: 0.05 },
  ]);
  expect(reporting.rows({ report: 'fairness', ...day })).toMatchObject([{ operator_id: anna, drawn: 2, expected: 2, verdict: 'too_few', nobody_eligible: 1 }]);
});

test('a contact that was put back waits like any other, in every count', async () => {
  const reporting = await ReportingDesk.open();
  const { desk } = reporting;
  desk.now = Date.parse('2026-11-22T09:00:00Z');
  const source = await desk.source('Сайт');
  const anna = await desk.operator('Анна', 1);
  await desk.weights(source, { [anna]: 1 });
  const first = value(await desk.submit(source, { phone: '+79001234567' })).contact;
  await desk.submit(source, { phone: '+79001234568' });
  await desk.do((write) => updateOperator(write, anna, { is_active: false }));
  value(await reporting.move(first.id, null));
  const day = { from: '2026-11-22', to: '2026-11-22' };
  expect(desk.engine.board().waiting[source]).toBe(2);
  expect(reporting.rows({ report: 'summary', ...day })).toMatchObject([{ waiting: 2, waited: 1 }]);
  expect(reporting.ask({ report: 'waits', ...day }).table.total?.[4]).toBe(2);
  expect(reporting.rows({ report: 'contacts', ...day, measure: 'waiting' })).toMatchObject([{ contact_id: 2 }, { contact_id: first.id }]);
});

test('a contact that was queued has waited, even if a slot was free within the same millisecond', async () => {
  const reporting = await ReportingDesk.open();
  const { desk } = reporting;
  desk.now = Date.parse('2026-11-22T09:00:00Z');
  const source = await desk.source('Сайт');
  const anna = await desk.operator('Анна', 1);
  await desk.weights(source, { [anna]: 1 });
  const first = value(await desk.submit(source, { phone: '+79001234567' })).contact;
  const second = value(await desk.submit(source, { phone: '+79001234568' })).contact;
  const day = { from: '2026-11-22', to: '2026-11-22' };
  const told = { received: 2, waited: 1, waited_share: 0.5 };
  expect(reporting.rows({ report: 'summary', ...day })).toMatchObject([{ ...told, waiting: 1, wait_average: null }]);
  value(await reporting.close(first.id)); // Anna takes the second
  expect(reporting.rows({ report: 'summary', ...day })).toMatchObject([{ ...told, waiting: 0, wait_average: 0, in_time: 2 }]);
  value(await reporting.move(second.id, null)); // a contact that was assigned at once has not waited, whatever happens later
  expect(reporting.rows({ report: 'contacts', ...day, measure: 'waited' })).toMatchObject([{ contact_id: second.id, wait: 0 }]);
  const third = value(await desk.submit(source, { phone: '+79001234569' })).contact;
  value(await reporting.close(third.id)); // closed without an operator: it has waited
  expect(reporting.rows({ report: 'summary', ...day })).toMatchObject([{ received: 3, waited: 2 }]);
});

test('what an operator did not accept in time or declined is counted for that one when it went back, and only where there is any', async () => {
  const reporting = await ReportingDesk.open();
  const { desk } = reporting;
  desk.now = Date.parse('2026-11-22T09:00:00Z');
  const source = await desk.source('Сайт');
  const [anna, boris] = [await desk.operator('Анна', 9), await desk.operator('Борис', 9)];
  await desk.weights(source, { [anna]: 1 });
  const byOperator = () => reporting.rows({ report: 'summary', from: '2026-11-22', to: '2026-11-22', group_by: 'operator' });
  const first = value(await desk.submit(source, { phone: '+79001234567' })).contact;
  expect(byOperator()[0]).not.toHaveProperty('missed');
  await desk.weights(source, { [anna]: 1, [boris]: 1 });
  value(await desk.do((write) => declineContact(write, first.id, {})));
  expect(byOperator()).toMatchObject([
    { operator_id: anna, assigned: 1, missed: 0, declined: 1 },
    { operator_id: boris, assigned: 1, missed: 0, declined: 0 },
  ]);
  await desk.do((write) => expireAcceptance(write, { subject_id: first.id, decision_id: latestOfContact(write.tx, first.id)?.id ?? 0, is_witnessed: true }));
  expect(byOperator()).toMatchObject([
    { operator_id: anna, missed: 0, declined: 1 },
    { operator_id: boris, missed: 1, declined: 0 },
  ]);
});

test('messages that joined a contact are counted when they came, beside the contacts, and only where there are any', async () => {
  const reporting = await ReportingDesk.open();
  const { desk } = reporting;
  desk.now = Date.parse('2026-11-22T09:00:00Z');
  const source = await desk.source('Сайт');
  await desk.weights(source, { [await desk.operator('Анна', 9)]: 1 });
  value(await desk.do((write) => updateRule(write, source, { repeat: { mode: 'join', within_seconds: null } })));
  const day = (to: string) => ({ report: 'summary' as const, from: '2026-11-22', to, group_by: 'day' as const });
  await desk.submit(source, { phone: '+79001234567' });
  expect(reporting.rows(day('2026-11-22'))[0]).not.toHaveProperty('messages');
  await desk.submit(source, { phone: '+79001234567' });
  desk.now += 24 * 60 * MINUTE;
  for (let n = 0; n < 2; n++) await desk.submit(source, { phone: '+79001234567' });
  expect(reporting.rows(day('2026-11-23'))).toMatchObject([
    { received: 1, assigned: 1, messages: 1 },
    { received: 0, assigned: 0, messages: 2 },
  ]);
  expect(reporting.rows({ ...day('2026-11-23'), group_by: 'source' })).toMatchObject([{ received: 1, messages: 3 }]);
});
