import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportRuns, keptSchedules, removeSchedule, schedules } from '#engine/configuration/scheduled-exports.ts';
import { value } from '#engine/testing/desk.ts';
import { type ScheduleInput, scheduleInput } from '#shared/contract/scheduled-exports.ts';
import { folder } from '#store/testing/folder.ts';
import { KeptDesk } from '#vault/testing/keeper.ts';
import { Reports } from './reports.ts';
import { Scheduler } from './scheduler.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function scheduling(timeZone = 'Europe/Moscow') {
  const desk = await (await KeptDesk.open()).filled(3); // the clock is at 22 November 2026, a Sunday
  const reports = new Reports({ reader: desk.reader, now: () => desk.now, timeZone, serviceSeconds: () => 20, language: 'en' });
  const begin = () =>
    new Scheduler({
      schedules: keptSchedules(desk.engine),
      reports,
      now: () => desk.now,
      timeZone,
      every: () => () => undefined,
      log: (_, error) => desk.errors.push(error),
    });
  const runs = () => exportRuns(desk.engine.read);
  return { desk, folder: folder(), begin, runs, scheduler: begin() };
}

const input = (folder: string, more: Partial<ScheduleInput> = {}): ScheduleInput =>
  scheduleInput.parse({ question: { report: 'contacts' }, format: 'csv', language: 'en', folder, every: 'day', time: '07:00', ...more });

test('a daily report is written in the morning with the day before, once', async () => {
  const { desk, folder, scheduler, runs } = await scheduling();
  const schedule = value(await scheduler.create('console', input(folder)));
  expect(new Date(schedule.next_at).toISOString()).toBe('2026-11-23T04:00:00.000Z');
  desk.now = schedule.next_at - 1;
  await scheduler.tick();
  expect(readdirSync(folder)).toEqual([]);
  desk.now += 1;
  await scheduler.tick();
  await scheduler.tick();
  expect(readdirSync(folder)).toEqual(['switchyard-contacts-2026-11-22-1.csv']);
  const file = join(folder, 'switchyard-contacts-2026-11-22-1.csv');
  expect(readFileSync(file, 'utf8').trimEnd().split('\r\n').length).toBe(4);
  expect(runs()).toEqual([{ id: 1, schedule_id: 1, at: desk.now, file, rows: 3, bytes: readFileSync(file).length, error: null }]);
  expect(schedules(desk.engine.read)[0]?.next_at).toBe(desk.now + DAY);
});

test('missed runs are made up once, with the last period', async () => {
  const { desk, folder, scheduler, begin, runs } = await scheduling();
  value(await scheduler.create('console', input(folder)));
  desk.now += 5 * DAY;
  await begin().tick();
  expect(readdirSync(folder)).toEqual(['switchyard-contacts-2026-11-26-1.csv']);
  expect(runs()).toMatchObject([{ rows: 0 }]);
  expect(new Date(schedules(desk.engine.read)[0]?.next_at ?? 0).toISOString()).toBe('2026-11-28T04:00:00.000Z');
});

test('a weekly report has the week from Monday to Sunday', async () => {
  const { desk, folder, scheduler } = await scheduling();
  const { next_at } = value(await scheduler.create('console', input(folder, { every: 'week', weekday: 1, format: 'xlsx' })));
  desk.now = next_at;
  await scheduler.tick();
  expect(readdirSync(folder)).toEqual(['switchyard-contacts-2026-11-16-2026-11-22-1.xlsx']);
});

test('a missing folder is recorded in the log, leaves no partial file, and the next time stays', async () => {
  const { desk, folder, scheduler, runs } = await scheduling();
  const { next_at } = value(await scheduler.create('console', input(folder)));
  rmSync(folder, { recursive: true });
  desk.now = next_at;
  await scheduler.tick();
  expect(runs()).toMatchObject([{ file: null, rows: null, error: expect.stringContaining('ENOENT') }]);
  expect(schedules(desk.engine.read)[0]?.next_at).toBe(next_at + DAY);
  expect(desk.errors).toEqual([]);
});

test('correcting a clock that was a year ahead does not suspend a schedule for a year', async () => {
  const { desk, folder, scheduler, runs } = await scheduling();
  const { next_at } = value(await scheduler.create('console', input(folder)));
  desk.now += 365 * DAY;
  await scheduler.tick();
  desk.now -= 365 * DAY;
  await scheduler.tick();
  expect(schedules(desk.engine.read)[0]?.next_at).toBe(next_at);
  expect(runs().length).toBe(1);
});

test('setting the clock back a little writes nothing twice', async () => {
  const { desk, folder, scheduler, runs } = await scheduling();
  const { next_at } = value(await scheduler.create('console', input(folder)));
  desk.now = next_at + 1000;
  await scheduler.tick();
  desk.now -= HOUR;
  await scheduler.tick();
  desk.now += HOUR;
  await scheduler.tick();
  expect(runs().length).toBe(1);
});

test.each([
  { when: 'at a time that the clock leaps over, when it has leapt', night: '2026-03-29T00:59:00Z', due: '2026-03-29T01:00:00.000Z', day: '2026-03-28' },
  { when: 'at a time that the clock shows twice, the first time only', night: '2026-10-25T00:29:00Z', due: '2026-10-25T00:30:00.000Z', day: '2026-10-24' },
])('in a night with a clock change it is written once: $when', async ({ night, due, day }) => {
  const { desk, folder, begin, runs } = await scheduling('Europe/Berlin');
  desk.now = Date.parse(night);
  const scheduler = begin();
  expect(new Date(value(await scheduler.create('console', input(folder, { time: '02:30' }))).next_at).toISOString()).toBe(due);
  for (let minute = 0; minute < 180; minute++) {
    desk.now += 60_000;
    await scheduler.tick();
  }
  expect(readdirSync(folder)).toEqual([`switchyard-contacts-${day}-1.csv`]);
  expect(runs().length).toBe(1);
});

test('a schedule can be run immediately and removed; its log stays, and its id is not reused', async () => {
  const { desk, folder, scheduler, runs } = await scheduling();
  const { id, next_at } = value(await scheduler.create('console', input(folder)));
  expect(value(await scheduler.run('console', id))).toMatchObject({ rows: 0, error: null });
  expect(schedules(desk.engine.read)[0]?.next_at).toBe(next_at);
  value(await desk.do((write) => removeSchedule(write, id)));
  expect([schedules(desk.engine.read), runs().length]).toEqual([[], 1]);
  expect(value(await scheduler.create('console', input(folder))).id).toBe(2);
  expect(await scheduler.run('console', 7)).toMatchObject({ ok: false, problem: { code: 'not_found' } });
  expect(await desk.do((write) => removeSchedule(write, 7))).toMatchObject({ ok: false, problem: { code: 'not_found' } });
});

test.each(['relative/folder', '/nowhere/at/all', import.meta.filename])('%s cannot receive files and is refused', async (folder) => {
  const { scheduler } = await scheduling();
  expect(await scheduler.create('console', input(folder))).toMatchObject({ ok: false, problem: { code: 'export_folder_unusable' } });
});

test("everything is journalled: what a person asks for as a console's, what the clock does as the desk's", async () => {
  const { desk, folder, scheduler, runs } = await scheduling();
  const before = desk.engine.board().revision;
  const { id, next_at } = value(await scheduler.create('console', input(folder)));
  value(await scheduler.run('console', id));
  desk.now = next_at;
  await scheduler.tick();
  desk.now = next_at - 30 * DAY; // the clock was far ahead and is corrected
  await scheduler.tick();
  rmSync(folder, { recursive: true });
  desk.now += DAY;
  await scheduler.tick();
  value(await desk.engine.write('console', (write) => removeSchedule(write, id)));
  const journal = desk.rows<{ actor: string; kind: string; data: string }>(
    'SELECT actor, kind, data FROM journal WHERE revision > ? ORDER BY revision',
    before,
  );
  const told = journal.map(({ actor, kind, data }) => {
    const { schedule_id, ...more } = JSON.parse(data);
    expect(schedule_id).toBe(id);
    return [actor, kind, 'export_run_id' in more ? more.error === null : [more.before, more.after].map((part) => part?.next_at ?? null)];
  });
  const [first, again] = [next_at - 30 * DAY + DAY, next_at - 29 * DAY];
  expect(told).toEqual([
    ['console', 'schedule_saved', [null, next_at]],
    ['console', 'report_exported', true],
    ['desk', 'report_exported', true],
    ['desk', 'schedule_saved', [next_at + DAY, first]],
    ['desk', 'report_exported', false],
    ['console', 'schedule_saved', [again + DAY, null]],
  ]);
  expect(runs()).toHaveLength(3);
});
