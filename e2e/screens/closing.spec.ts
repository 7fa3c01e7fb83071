/** Contacts that the rule of their source closes: the rule, the card, the audit log. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Desk, expect, openConsole, test } from '../harness/desk.ts';

/** Lets the time of all contacts be over, as the next start of the host finds it. */
async function letTimePass(desk: Desk): Promise<void> {
  const database = new Database(join(desk.host.ready.dataDir, 'switchyard.db'));
  database.exec("UPDATE deadlines SET due_at = 1 WHERE kind = 'close'");
  database.close();
  await desk.host.restart();
}

test('a time to close after is a part of the rule, in hours; it says when it is too short', async ({ desk, console }) => {
  const anna = await desk.operator('Анна');
  const vk = await desk.source('VK', { [anna.id]: 1 });
  await console.getByRole('link', { name: 'Источники' }).click();
  await console.getByRole('button', { name: 'Правило: VK' }).click();
  const form = console.getByRole('form', { name: 'Правило: VK' });
  await form.getByRole('button', { name: 'закрыть само', exact: true }).click();
  const hours = form.getByRole('textbox', { name: 'Через сколько часов' });
  await expect(hours).toHaveValue('24');
  await hours.fill('0,01');
  await expect(form.getByRole('alert')).toHaveText('Время до закрытия — число часов от 0.02 до 8784.');
  await hours.fill('1,5');
  await form.getByRole('button', { name: 'Применить' }).click();
  await expect(console.getByTestId(`rule-${vk.id}`)).toContainText('закрыть через 1 ч 30 мин без признаков жизни');
  expect(await desk.host.api('GET', `/sources/${vk.id}/rule`)).toMatchObject({ close_after_seconds: 5400 });
});

test('the card says when a contact closes by itself, then why it is closed, and opens it again', async ({ desk, page }) => {
  const anna = await desk.operator('Анна', 3);
  const vk = await desk.source('VK', { [anna.id]: 1 });
  await desk.host.api('PATCH', `/sources/${vk.id}/rule`, { close_after_seconds: 3600 });
  const { id } = await desk.contact(vk, 'tg-1', 'Иван Петров');
  await openConsole(page, desk);
  await page.goto(`${page.url().split('#')[0]}#/contacts?contact=${id}`);
  const card = page.getByTestId('decision-card').getByRole('dialog');
  await expect(card.getByTestId('contact-status')).toContainText(/закроется само .*\d\d:\d\d:\d\d/);
  await letTimePass(desk);
  await expect(card.getByTestId('contact-status')).toHaveText('Закрыто', { timeout: 20_000 });
  await expect(card).toContainText('Закрыто по правилу источника: слишком долго не было признаков жизни');
  await expect(card).toContainText('Было у оператора Анна.');
  await expect(card.locator('[data-reassign], [data-close]')).toHaveCount(0);
  await card.getByRole('button', { name: 'Открыть снова' }).click();
  await expect(card.getByTestId('contact-status')).toContainText('Анна');
  await expect(card.getByRole('button', { name: 'Открыть снова' })).toBeHidden();
  expect(await desk.host.api('GET', `/contacts/${id}`)).toMatchObject({ status: 'assigned', operator_id: anna.id, closed_at: null });
});

test('the audit log says what a rule closed, and undoes it once', async ({ desk, page }) => {
  const anna = await desk.operator('Анна', 3);
  const vk = await desk.source('VK', { [anna.id]: 1 });
  await desk.host.api('PATCH', `/sources/${vk.id}/rule`, { close_after_seconds: 3600 });
  const { id } = await desk.contact(vk, 'tg-1', 'Иван Петров');
  await letTimePass(desk);
  await openConsole(page, desk);
  await page.goto(`${page.url().split('#')[0]}#/audit`);
  const entry = page.getByRole('row').filter({ hasText: `Обращение ${id} закрыто по правилу источника «VK»` });
  await expect(entry).toContainText('было у Анна');
  await entry.getByRole('button', { name: /^Вернуть/ }).click();
  await expect.poll(async () => (await desk.host.api<{ status: string }>('GET', `/contacts/${id}`)).status).toBe('assigned');
});
