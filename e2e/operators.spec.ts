import type { Page } from '@playwright/test';
import type { Operator } from '#shared/contract/entities.ts';
import { type Desk, expect, test } from './desk.ts';

const open = (page: Page) => page.getByRole('link', { name: 'Операторы' }).click();
const row = (page: Page, { id }: { id: number }) => page.getByTestId(`operator-${id}`);
const current = (desk: Desk, { id }: { id: number }) => desk.host.api<Operator>('GET', `/operators/${id}`);

test('an operator leaves for a break: what others can take is shown beforehand and handed over, the rest stays', async ({ desk, console: page }) => {
  const anna = await desk.operator('Анна', 3);
  const bot = await desk.source('Бот', { [anna.id]: 1 });
  for (let nth = 0; nth < 3; nth++) await desk.contact(bot, `x${nth}`);
  const boris = await desk.operator('Борис', 2);
  await desk.host.api('PUT', `/operators/${boris.id}/competences/${bot.id}`, { weight: 1 });
  await open(page);
  await row(page, anna)
    .getByRole('button', { name: /^Состояние, Анна: на линии/ })
    .click();
  await page.getByRole('menuitem', { name: 'Перерыв' }).click();
  const question = page.getByRole('dialog');
  await expect(question).toContainText('За оператором 3 обращения. Что с ними сделать?');
  await expect(question).toContainText('Возьмут другие: 2 (Борис ≈ 2). Останется за оператором: 1.');
  await question.getByRole('radio', { name: 'Передать тем, кто может взять' }).check();
  await question.getByRole('button', { name: 'Снять с линии' }).click();
  await expect(page.getByText('Анна: перерыв. передано 2, осталось 1')).toBeVisible();
  expect(await current(desk, anna)).toMatchObject({ is_active: false, inactive_reason: 'break', current_load: 1 });
  expect(await current(desk, boris)).toMatchObject({ current_load: 2 });
  await page.getByRole('button', { name: 'На линию' }).click();
  await expect(row(page, anna)).toContainText('на линии');
});

test('what is changed of an operator can be taken back, and whoever is in the archive comes back', async ({ desk, console: page }) => {
  const anna = await desk.operator('Анна', 3);
  const bot = await desk.source('Бот', { [anna.id]: 70 });
  await open(page);
  await row(page, anna).getByRole('button', { name: 'Предел, Анна' }).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('9');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Анна: сохранено.')).toBeVisible();
  await page.getByRole('button', { name: 'Вернуть', exact: true }).click();
  await expect.poll(async () => (await current(desk, anna)).max_load).toBe(3);

  const archive = async () => {
    await row(page, anna).getByRole('button', { name: 'В архив: Анна' }).click();
    await expect(row(page, anna)).toBeHidden();
  };
  await archive();
  await page.getByRole('button', { name: 'Вернуть', exact: true }).click();
  await expect(row(page, anna)).toBeVisible();
  expect(await desk.host.api('GET', `/competences?source_id=${bot.id}`)).toMatchObject({ items: [{ operator_id: anna.id, weight: 70 }] });

  await archive();
  await page.getByText('В архиве 1 оператор').click();
  await page.getByRole('button', { name: 'Вернуть из архива: Анна' }).click();
  await expect(row(page, anna)).toContainText('не на линии');
});
