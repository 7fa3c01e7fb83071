/** Contacts that an operator must accept: on the shift, on their card, in the rule of their source. */
import { expect, openConsole, test } from '../harness/desk.ts';

test('a time to accept in is a part of the rule; it says when it is too short, or longer than the target', async ({ desk, console }) => {
  const anna = await desk.operator('Анна');
  const vk = await desk.source('VK', { [anna.id]: 1 });
  await console.getByRole('link', { name: 'Источники' }).click();
  await console.getByRole('button', { name: 'Правило: VK' }).click();
  const form = console.getByRole('form', { name: 'Правило: VK' });
  await form.getByRole('button', { name: 'принять за', exact: true }).click();
  const seconds = form.getByRole('textbox', { name: 'За сколько секунд оператор должен принять' });
  await seconds.fill('9');
  await expect(form.getByRole('alert')).toHaveText('Время на приём — целое число секунд от 10 до 86400.');
  await seconds.fill('400');
  await form.getByRole('button', { name: 'цель', exact: true }).click();
  await expect(form).toContainText('Это дольше цели: непринятое обращение опоздает.');
  await seconds.fill('90');
  await expect(form).not.toContainText('дольше цели');
  await form.getByRole('button', { name: 'Применить' }).click();
  await expect(console.getByTestId(`rule-${vk.id}`)).toContainText('принять за 90 с');
  expect(await desk.host.api('GET', `/sources/${vk.id}/rule`)).toMatchObject({ accept_seconds: 90 });
});

test('the shift shows who has not accepted what; it is accepted or declined on the card, with the reason', async ({ desk, page }) => {
  const [anna, boris] = [await desk.operator('Анна', 3), await desk.operator('Борис', 3)];
  const vk = await desk.source('VK', { [anna.id]: 1 });
  await desk.host.api('PATCH', `/sources/${vk.id}/rule`, { accept_seconds: 3600 });
  for (const name of ['tg-1', 'tg-2']) await desk.contact(vk, name);
  await openConsole(page, desk);
  const row = page.getByTestId(`operator-row-${anna.id}`);
  await expect(row.getByRole('button', { name: /^не принято 2 · \d+:\d\d/ })).toBeVisible();
  await row.getByRole('button', { name: /^не принято/ }).click();
  const card = page.getByTestId('decision-card').getByRole('dialog');
  await expect(card.getByTestId('contact-status')).toContainText(/у оператора Анна|Анна/);
  await expect(card.getByTestId('contact-status')).toContainText(/принять до \d\d:\d\d:\d\d, осталось \d+:\d\d/);
  await page.keyboard.press('y');
  await expect(card.getByTestId('contact-status')).toContainText(/принято в \d\d:\d\d:\d\d/);
  await expect(card.getByRole('button', { name: 'Отказаться' })).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(row.getByRole('button', { name: /^не принято 1 · / })).toBeVisible();

  await desk.host.api('PUT', `/operators/${boris.id}/competences/${vk.id}`, { weight: 1 });
  await row.getByRole('button', { name: /^не принято/ }).click();
  await expect(card.getByRole('button', { name: 'Отказаться' })).toBeVisible();
  await page.keyboard.press('n');
  await expect(card.getByRole('textbox', { name: 'Причина отказа' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(card.getByRole('textbox', { name: 'Причина отказа' })).toBeHidden();
  await card.getByRole('button', { name: 'Отказаться' }).click();
  await page.keyboard.type('Не мой район');
  await page.keyboard.press('Enter');
  await expect(card.getByTestId('contact-status')).toContainText('Борис');
  await card
    .getByRole('button', { name: /вернулось/ })
    .first()
    .click();
  await expect(card).toContainText('Анна: отказ, вернулось в очередь');
  await expect(card).toContainText('Причина: Не мой район.');
  await page.keyboard.press('Escape');
  await expect(row.getByRole('button', { name: /^не принято/ })).toBeHidden();
  await expect(page.getByTestId('recent').getByText('отказ')).toBeVisible();
});

test('what is not accepted in time goes on by itself, and an operator who does not answer is taken off the line', async ({ desk, page }) => {
  const anna = await desk.operator('Анна', 3);
  const vk = await desk.source('VK', { [anna.id]: 1 });
  await desk.host.api('PATCH', `/sources/${vk.id}/rule`, { accept_seconds: 10 });
  await openConsole(page, desk);
  for (const name of ['tg-1', 'tg-2', 'tg-3']) await desk.contact(vk, name);
  const row = page.getByTestId(`operator-row-${anna.id}`);
  await expect(row.getByRole('button', { name: /^не принято 3/ })).toBeVisible();
  await expect(row).toContainText('не отвечает', { timeout: 60_000 });
  await expect(row).toContainText('0 / 3');
});
