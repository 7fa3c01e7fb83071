import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, openConsole, test } from '../harness/desk.ts';

const rowsOf = (page: Page, kind: string): Locator => page.getByTestId('backups').getByRole('row').filter({ hasText: kind });
const recent = (page: Page): Locator => page.getByTestId('recent');

async function backUp(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Сделать копию сейчас' }).click();
  await expect(rowsOf(page, 'вручную')).toContainText('проверена');
}

test('a restore returns the desk to the backup, and restoring the former state undoes the restore', async ({ desk, console }) => {
  const anna = await desk.operator('Анна', 5);
  const source = await desk.source('Telegram', { [anna.id]: 1 });
  await desk.contact(source, 'a', 'Первый');
  await console.getByRole('link', { name: 'Копии' }).click();
  await backUp(console);
  const second = await desk.contact(source, 'b', 'Второй');

  await console.keyboard.press('Digit1');
  await expect(recent(console)).toContainText('Второй');
  await console.getByRole('link', { name: 'Копии' }).click();
  await rowsOf(console, 'вручную').getByRole('button', { name: 'Восстановить' }).click();
  const question = console.getByRole('dialog');
  await expect(question).toContainText('будет отложено в отдельную копию');
  await expect(question.getByRole('button', { name: 'Не восстанавливать' })).toBeFocused();
  await question.getByRole('button', { name: 'Восстановить', exact: true }).click();
  await expect(question).toBeHidden();
  const notice = console.getByTestId('restored');
  await expect(notice).toContainText(/switchyard_.*_before_restore\.db/);

  await console.keyboard.press('Digit1');
  await expect(recent(console)).toContainText('Первый');
  await expect(recent(console)).not.toContainText('Второй');
  await expect(console.getByTestId(`operator-row-${anna.id}`)).toContainText('1 / 5');
  await expect(desk.host.api('GET', `/contacts/${second.id}`)).rejects.toThrow('404');

  await console.getByRole('link', { name: 'Копии' }).click();
  await notice.getByRole('button', { name: 'Вернуть, как было' }).click();
  await question.getByRole('button', { name: 'Восстановить', exact: true }).click();
  await expect(question).toBeHidden();
  await expect(rowsOf(console, 'перед восстановлением')).toHaveCount(2);
  await console.keyboard.press('Digit1');
  await expect(recent(console)).toContainText('Второй');
  await expect(console.getByTestId(`operator-row-${anna.id}`)).toContainText('2 / 5');
  expect(await desk.host.api('GET', `/contacts/${second.id}`)).toMatchObject({ id: second.id, operator_id: anna.id });
});

test('an unusable second folder is refused with the reason; a usable one has the newest backup at once', async ({ desk, console }) => {
  await desk.operator('Анна');
  await console.getByRole('link', { name: 'Копии' }).click();
  await backUp(console);
  const panel = console.getByTestId('second-folder');
  const path = panel.getByRole('textbox', { name: 'Путь ко второй папке' });
  const folder = join(desk.host.ready.dataDir, '..', 'share');
  await path.fill('copies');
  await path.press('Enter');
  await expect(panel.getByRole('alert')).toContainText('Нужен полный путь');
  await path.fill(folder);
  await path.press('Enter');
  await expect(panel.getByRole('alert')).toContainText('Папки нет');

  mkdirSync(folder);
  await path.press('Enter');
  await expect(panel).toContainText(folder);
  await expect(rowsOf(console, 'вручную')).toContainText('в обеих папках');

  const stop = panel.getByRole('button', { name: 'Больше не копировать' });
  await stop.click(); // asks for confirmation
  await stop.click();
  await expect(path).toBeVisible();
  await expect(rowsOf(console, 'вручную').getByRole('cell', { name: 'здесь', exact: true })).toBeVisible();
});

test('the rail shows that the last verified backup is over an hour old, until there is a newer one', async ({ desk, page }) => {
  const anna = await desk.operator('Анна');
  const source = await desk.source('Telegram', { [anna.id]: 1 });
  await page.clock.install();
  await openConsole(page, desk);
  await page.getByRole('link', { name: 'Копии' }).click();
  await backUp(page);
  await expect(page.getByTestId('backups-mark')).toBeHidden();
  await desk.contact(source, 'a');

  await page.clock.fastForward(2 * 3_600_000);
  await expect(page.getByRole('link', { name: 'Копии' })).toContainText('давно');
  await expect(page.getByTestId('backups')).toContainText('Проверенной копии больше часа');
  await page.getByRole('button', { name: 'Сделать копию сейчас' }).click();
  await page.reload(); // the host's clock did not jump: loads again
  await expect(page.getByTestId('backups-mark')).toBeHidden();
});

test('a backup of another desk is shown as such, and restored only after two confirmations that name its origin', async ({ desk, console }) => {
  const anna = await desk.operator('Анна', 5);
  const source = await desk.source('Telegram', { [anna.id]: 1 });
  await desk.contact(source, 'a', 'Первый');
  await console.getByRole('link', { name: 'Копии' }).click();
  await backUp(console);
  await desk.contact(source, 'b', 'Второй');
  const folder = join(desk.host.ready.dataDir, 'backups');
  const [made = ''] = readdirSync(folder).filter((name) => name.includes('_manual'));
  const bytes = readFileSync(join(folder, made));
  writeFileSync(join(folder, made.replace('switchyard_20', 'switchyard_21').replace('_manual', '_scheduled')), bytes.subarray(0, -1024));
  const at = bytes.lastIndexOf('"desk":"') + 8;
  bytes.write('00000000', at);
  writeFileSync(join(folder, made.replace('switchyard_20', 'switchyard_22').replace('_manual', '_exit')), bytes);

  await expect(rowsOf(console, 'регулярная')).toContainText('без печати');
  const foreign = rowsOf(console, 'при выходе');
  await expect(foreign).toContainText('чужая');
  await console.screenshot({ path: 'screenshots/backups-foreign.png' });
  await foreign.getByRole('button', { name: 'Восстановить' }).click();
  const question = console.getByRole('dialog');
  await expect(question).toContainText('Эту копию сделало другое рабочее место: компьютер');
  await question.getByRole('button', { name: 'Восстановить чужую копию…' }).click();
  await expect(question.getByRole('alert')).toContainText('Ключи источников из этой копии откроют это рабочее место');
  await console.screenshot({ path: 'screenshots/backups-foreign-question.png' });
  await question.getByRole('button', { name: 'Да, восстановить чужую копию' }).click();
  await expect(question).toBeHidden();
  await console.keyboard.press('Digit1');
  await expect(recent(console)).toContainText('Первый');
  await expect(recent(console)).not.toContainText('Второй');
});
