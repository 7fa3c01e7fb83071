/** A real disk failure and a full disk: what the console shows, what can still be read, what is refused, and that it recovers by itself. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { BUILT_ENTRY, HostProcess } from '#shells/testing/host-process.ts';
import { mountSmall, noSmallDisk } from '../../faults/hard-times.ts';
import { noStrace, Strace } from '../../faults/harness/strace.ts';
import { changes } from '../harness/changes.ts';
import { Desk, expect, openConsole, test } from '../harness/desk.ts';
import { eachOf, go, line, setOff, setUp } from '../harness/walk.ts';

const [withoutStrace, withoutDisk] = [noStrace(), noSmallDisk()];

/** These do not write into the database: backups are files, a restore replaces a database that is no longer written, and links are not stored. */
const ELSEWHERE = new Set(['back up', 'set a second folder', 'restore a backup', 'write a scheduled report now', 'make a link to the console']);

/** These need an earlier change to have been made. */
const AFTER_ANOTHER = new Set(['take the mark of a shared identifier back', 'remove a case']);

async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.CI) await page.screenshot({ path: join('screenshots', `${name}.png`), animations: 'disabled' });
}

test('after three disk faults nothing more is written: the console says so, every change is refused with a reason, everything can be read, and a restart recovers', async ({
  desk,
  page,
}) => {
  test.skip(withoutStrace !== null, withoutStrace ?? '');
  const stage = await setUp({ page, desk });
  const strace = await Strace.attach(desk.host.ready.pid, 'fsync:error=EIO:when=1+');
  for (let nth = 0; nth < 3; nth++) await expect(desk.contact({ id: 1 }, `fault-${nth}`)).rejects.toThrow('503');
  await strace.detach();

  await expect(line(page)).toContainText(
    /В \d\d:\d\d:\d\d диск дал сбой\. Ничего больше не записывается, всё принятое цело;.* Проверьте диск и перезапустите Switchyard\./,
  );
  await eachOf(stage, changes, async (change) => {
    if (ELSEWHERE.has(change.name) || AFTER_ANOTHER.has(change.name)) return;
    await setOff(page, change);
    await expect(page.getByRole('alert').filter({ hasText: 'Сейчас ничего не записывается, ничего не изменено.' }).first()).toBeVisible();
    await change.kept?.(page);
    await change.giveUp?.(page);
  });
  await go(page, '#/contacts');
  await expect(page.getByTestId('contact-row-7')).toContainText('Олег');
  await go(page, '#/contacts?contact=7');
  await expect(page.getByRole('dialog').getByRole('table')).toBeVisible();
  await go(page, '#/reports?by=operator');
  await expect(page.getByTestId('reports')).toContainText('Итого');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await picture(page, `ru-${colorScheme}-read-only-reports`);
  }

  await desk.host.restart();
  await expect(line(page)).toContainText('Switchyard был закрыт', { timeout: 20_000 });
  await go(page, '#/live');
  await desk.contact({ id: 1 }, 'fault-0', 'Зинаида');
  await expect(page.getByTestId('recent')).toContainText('Зинаида');
});

test('on a full disk contacts are refused with the reason, reading works, and contacts are accepted again once there is space', async ({ page }) => {
  test.skip(withoutDisk !== null, withoutDisk ?? '');
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-small-'));
  expect(mountSmall(folder)).toBe(true);
  mkdirSync(join(folder, 'desk'));
  const host = await HostProcess.start(BUILT_ENTRY, { dataDir: join(folder, 'desk', 'data'), args: ['--lang', 'en'] });
  try {
    await page.addInitScript(() => localStorage.setItem('switchyard.language', 'ru'));
    const desk = new Desk(host);
    const anna = await desk.operator('Анна', 9);
    const source = await desk.source('VK', { [anna.id]: 1 });
    await desk.contact(source, 'before', 'Мария');
    await openConsole(page, desk);
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(join(folder, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - 64 * 1024)));
    await expect(line(page)).toContainText(/С \d\d:\d\d:\d\d диск заполнен\. .* Освободите место — приём возобновится сам\./, { timeout: 20_000 });
    await expect(desk.contact(source, 'during')).rejects.toThrow('503');
    await picture(page, 'ru-light-disk-full');
    await page.getByRole('link', { name: 'Обращения' }).click();
    await expect(page.getByTestId('contact-row-1')).toContainText('Мария');
    rmSync(join(folder, 'ballast'));
    await expect(line(page)).toContainText('Соединение есть', { timeout: 20_000 });
    await desk.contact(source, 'during', 'Нина');
    await expect(page.getByTestId('contact-row-2')).toContainText('Нина');
  } finally {
    await host.running.stop();
    spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
});
