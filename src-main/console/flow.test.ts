import { expect, test } from 'vitest';
import { closeContact } from '#engine/contacts/contacts.ts';
import { submitContact } from '#engine/contacts/submit-contact.ts';
import { value } from '#engine/testing/desk.ts';
import { FlowCounter } from '#reports/flow.ts';
import type { Flow } from '#shared/contract/flow.ts';
import { DAY_MS } from '#shared/time.ts';
import { KeptDesk } from '#vault/testing/keeper.ts';
import { consoleOf } from './testing/console.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const submit = (desk: KeptDesk, external_id: string) =>
  desk.engine.write('source:1', (write) => submitContact(write, { input: { source_id: 1, external_id }, idempotency_key: null, fingerprint: null }));

/** The counts that are not 0, by how many minutes ago. */
const ago = (counts: readonly number[]) => Object.fromEntries(counts.flatMap((count, i) => (count > 0 ? [[counts.length - 1 - i, count]] : [])));
const site = ({ sources }: Flow) => sources.find(({ source_id }) => source_id === 1);

test('the last hour is the same whether it was read or counted', async () => {
  const desk = await (await KeptDesk.open()).filled(3);
  const [early, late] = [consoleOf(desk), consoleOf(desk)];
  await early.flow();
  const began = desk.now;
  desk.now += 10 * MINUTE_MS;
  for (const id of ['a', 'b']) value(await submit(desk, id));
  value(await desk.engine.write('admin', (write) => closeContact(write, 1)));
  desk.now += 5 * MINUTE_MS;
  value(await submit(desk, 'c'));
  const counted = await early.flow();
  expect(await late.flow()).toEqual(counted);
  expect(ago(counted.came)).toEqual({ 0: 1, 5: 2, [(desk.now - began) / MINUTE_MS]: 3 });
  expect(ago(counted.closed)).toEqual({ 5: 1 });
  expect(site(counted)).toEqual({ source_id: 1, last_at: desk.now, today: 6, came: counted.came, is_silent: false });

  desk.now += HOUR_MS;
  expect(ago((await early.flow()).came)).toEqual({});
  expect(site(await early.flow())).toMatchObject({ today: 6, last_at: desk.now - HOUR_MS });
  desk.now += DAY_MS;
  expect(site(await early.flow())).toMatchObject({ today: 0 });
});

test('what comes between the question and its reading is counted once', async () => {
  const desk = await (await KeptDesk.open()).filled(1);
  const ask = async (...asked: Parameters<typeof desk.reader.ask>) => {
    desk.now += 20;
    value(await submit(desk, 'between'));
    return desk.reader.ask(...asked);
  };
  const counter = new FlowCounter({ engine: desk.engine, reader: { ask } as typeof desk.reader, now: () => desk.now, timeZone: 'UTC' });
  const flow = await counter.figures();
  expect(ago(flow.came)).toEqual({ 0: 2 });
  expect(site(flow)).toMatchObject({ today: 2, last_at: desk.now });
});

test('a source that goes quiet in its busy hours is silent until its next contact, and what came while the desk was not up counts for nothing', async () => {
  const desk = await (await KeptDesk.open()).filled(1);
  const nine = (week: number) => Date.UTC(2026, 10, 23, 9) + week * 7 * DAY_MS; // Mondays
  for (let week = 0; week < 3; week++)
    for (let nth = 0; nth < 60; nth++) {
      desk.now = nine(week) + nth * 2 * MINUTE_MS;
      value(await submit(desk, `${week}-${nth}`));
    }
  desk.now = nine(3);
  const console = consoleOf(desk); // the desk is up from now on
  value(await submit(desk, 'x'));
  desk.now += 5 * MINUTE_MS;
  expect(site(await console.flow())).toMatchObject({ is_silent: false });
  desk.now += 55 * MINUTE_MS;
  expect(site(await console.flow())).toMatchObject({ is_silent: true, last_at: nine(3) });
  expect(site(await consoleOf(desk).flow()), 'of a desk that has just started').toMatchObject({ is_silent: false });
  value(await submit(desk, 'y'));
  expect(site(await console.flow())).toMatchObject({ is_silent: false });
});

test('a source is not silent outside of its hours', async () => {
  const desk = await (await KeptDesk.open()).filled(1);
  const nine = (week: number) => Date.UTC(2026, 10, 23, 9) + week * 7 * DAY_MS;
  for (let week = 0; week < 3; week++)
    for (let nth = 0; nth < 60; nth++) {
      desk.now = nine(week) + nth * 2 * MINUTE_MS;
      value(await submit(desk, `${week}-${nth}`));
    }
  desk.now = nine(3);
  const console = consoleOf(desk);
  value(await submit(desk, 'x'));
  desk.now += HOUR_MS;
  expect(site(await console.flow())).toMatchObject({ is_silent: true });
  const days = [[{ from: '00:00', to: '09:30', kind: 'work' as const }]];
  const schedule = { name: 'Утро', time_zone: 'UTC', anchor_date: '2026-11-23', days, exceptions: [] };
  const { id } = value(await console.saveWorkSchedule({ id: null, schedule }));
  value(await console.updateRule({ source_id: 1, patch: { schedule_id: id } }));
  expect(site(await console.flow())).toMatchObject({ is_silent: false });
});

test('after a restore the figures are those of the restored desk', async () => {
  const desk = await (await KeptDesk.open()).filled(2);
  const backup = value(await desk.keeper.backUpNow());
  const console = consoleOf(desk);
  value(await submit(desk, 'a'));
  expect(site(await console.flow())).toMatchObject({ today: 3 });
  value(await desk.keeper.restore('console', backup));
  expect(site(await console.flow())).toMatchObject({ today: 2 });
});
