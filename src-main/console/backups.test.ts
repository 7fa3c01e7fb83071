import { expect, test } from 'vitest';
import { KeptDesk } from '#vault/testing/keeper.ts';
import { consoleOf } from './testing/console.ts';

test('a console lists backups, makes one, restores it, and sets the second folder', async () => {
  const desk = await (await KeptDesk.open()).filled(2);
  const console = consoleOf(desk);

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
  expect(await console.setSecondBackupFolder({ folder: null })).toMatchObject({ ok: true, value: null });
});
