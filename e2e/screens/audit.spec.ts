import { readFile } from 'node:fs/promises';
import { expect, test } from '../harness/desk.ts';

test('the log shows who changed what, is filtered by its address, undoes changes, and is saved as a file', async ({ desk, console: page }) => {
  const anna = await desk.operator('=HYPERLINK("x")', 3);
  const bot = await desk.source('Бот', { [anna.id]: 70 });
  await desk.host.api('PATCH', `/operators/${anna.id}`, { max_load: 8, is_active: false, inactive_reason: 'training' });
  await page.getByRole('link', { name: 'Журнал' }).click();
  const rows = page.getByRole('row');
  await expect(rows.nth(1)).toContainText('=HYPERLINK("x"): лимит 3 → 8; на линии → обучение');
  await expect(rows.nth(1)).toContainText('API, администратор');
  await expect(rows.nth(2)).toContainText('Бот, =HYPERLINK("x"): вес нет → 70');
  await expect(rows.nth(3)).toContainText('Добавлен источник Бот');

  await rows
    .nth(1)
    .getByRole('button', { name: /^Вернуть/ })
    .click();
  await expect(rows.nth(1)).toContainText('Возвращено, как было до изменения');
  await expect(rows.nth(1)).toContainText('обучение → на линии');
  expect(await desk.host.api('GET', `/operators/${anna.id}`)).toMatchObject({ max_load: 3, is_active: true });
  await expect(rows.nth(2).getByRole('button', { name: /^Вернуть/ })).toBeHidden();

  await page.getByRole('combobox', { name: 'Что меняли' }).click();
  await page.getByRole('option', { name: 'Веса' }).click();
  await expect(rows).toHaveCount(2);
  expect(page.url()).toContain('topic=weights');
  await page.reload();
  await expect(rows).toHaveCount(2);
  await page.goto(`${desk.host.ready.apiUrl}/console/#/audit?source=${bot.id}&topic=operators`);
  await expect(page.getByText('Ничего не нашлось')).toBeVisible();
  await page.getByRole('button', { name: 'Сбросить' }).click();
  await expect(rows).toHaveCount(6);

  await page.getByRole('combobox', { name: 'Период' }).click();
  await page.getByRole('option', { name: 'Вчера' }).click();
  await expect(page.getByText('Ничего не нашлось')).toBeVisible();
  expect(page.url()).toMatch(/from=\d{4}-\d\d-\d\d&to=/);
  await page.getByRole('button', { name: 'Сбросить' }).click();
  await expect(rows).toHaveCount(6);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Сохранить CSV' }).click();
  const file = await readFile(await (await download).path(), 'utf8');
  expect(file.startsWith('\ufeff"Номер";"Когда";"Кто";"Что изменилось"\r\n')).toBe(true);
  expect(file, 'times as reports have them').toMatch(/^\d+;"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d";"API, администратор";/m);
  expect(file).toContain(`;"'=HYPERLINK(""x""): лимит 3 → 8; на линии → обучение"\r\n`);
});

test('saving the log can be cancelled, and other filters keep the present entries until theirs are loaded', async ({ desk, console: page }) => {
  await desk.operator('Анна');
  await desk.source('VK');
  await page.getByRole('link', { name: 'Журнал' }).click();
  const rows = page.getByRole('row');
  await expect(rows).toHaveCount(3);
  const saved: string[] = [];
  page.on('download', (file) => saved.push(file.suggestedFilename()));

  process.kill(desk.host.ready.pid, 'SIGSTOP');
  await page.getByRole('button', { name: 'Сохранить CSV' }).click();
  await page.getByRole('button', { name: 'Остановить (0)' }).click();
  await page.getByRole('combobox', { name: 'Что меняли' }).click();
  await page.getByRole('option', { name: 'Операторы' }).click();
  await expect(page.getByRole('table')).toHaveAttribute('aria-busy', 'true');
  await expect(rows).toHaveCount(3);
  process.kill(desk.host.ready.pid, 'SIGCONT');
  await expect(rows).toHaveCount(2);
  await expect(page.getByRole('table')).not.toHaveAttribute('aria-busy');

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Сохранить CSV' }).click();
  await download;
  expect(saved).toHaveLength(1);
});
