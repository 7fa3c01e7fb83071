import { expect, test } from 'vitest';
import { KeptDesk } from '#engine/testing/keeper.ts';
import { Exports } from '#reports/exports.ts';
import { Reports } from '#reports/reports.ts';
import type { Scheduler } from '#reports/scheduler.ts';
import { consoleRouter, type HostInfo } from '#shared/contract/console.ts';
import { ok } from '#shared/contract/problems.ts';
import { createHost } from './host.ts';

const noSchedules = {} as Scheduler; // nothing here asks for them

test('a console sees the backups, makes one, restores it, and says where second ones go', async () => {
  const desk = await (await KeptDesk.open()).filled(2);
  const info = (): HostInfo => ({ version: '1', api_url: '', data_dir: '', language: 'ru', time_zone: 'UTC', demo_running: false });
  const reports = new Reports({ reader: desk.reader, now: () => desk.now, timeZone: 'UTC', serviceSeconds: () => 20, language: 'ru' });
  const host = createHost(desk.engine, {
    info,
    startDemo: async () => ok(null),
    stopDemo: () => undefined,
    watchAlerts: () => () => undefined,
    backups: desk.keeper,
    reader: desk.reader,
    reports,
    exports: new Exports(reports, { url: '/exports/' }),
    scheduler: noSchedules,
  });
  const console = consoleRouter.createCaller({ host });

  const made = await console.backUpNow();
  expect(made).toMatchObject({ ok: true, value: { kind: 'manual', verified: true } });
  const { items, ...rest } = await console.backups();
  expect(items).toEqual([made.ok && made.value]);
  expect(rest).toEqual({ folder: desk.places.backups, second_folder: null, safe_until: desk.now, troubles: [] });
  await desk.add(1);
  expect(await console.restoreBackup({ name: items[0]?.name ?? '' })).toMatchObject({
    ok: true,
    value: { backup: items[0], before: { kind: 'before_restore' } },
  });
  expect(desk.contacts()).toBe(2);
  expect(await console.restoreBackup({ name: 'nothing' })).toMatchObject({ ok: false, problem: { code: 'not_found' } });
  expect(await console.setSecondBackupFolder({ folder: 'relative' })).toMatchObject({ ok: false, problem: { code: 'folder_unusable' } });
  expect(await console.setSecondBackupFolder({ folder: null })).toEqual({ ok: true, value: null });
});
