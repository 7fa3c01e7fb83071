import type { Contact } from '#shared/contract/entities.ts';
import { expect, test } from './desk.ts';

test('settings hold at once, for what comes in as for every console, and are taken back', async ({ desk, console: page }) => {
  const anna = await desk.operator('Анна', 9);
  const bot = await desk.source('Бот', { [anna.id]: 1 });
  const phone = async () => (await desk.host.api<Contact>('POST', '/contacts', { source_id: bot.id, phone: '030 123456', name: 'x' })).lead.phone;
  await page.getByRole('link', { name: 'Настройки' }).click();
  const region = page.getByRole('combobox', { name: 'Страна телефонов' });
  await region.click();
  await region.fill('Герм');
  await page.getByRole('option', { name: 'Германия (DE)' }).click();
  await expect(page.getByText('Настройки сохранены.')).toBeVisible();
  expect(await phone()).toBe('+4930123456');
  await page.getByRole('button', { name: 'Вернуть' }).click();
  await expect(region).toHaveValue('Россия (RU)');

  const warning = page.getByRole('textbox', { name: 'Загрузка, %: Внимание' });
  await warning.fill('101');
  await expect(page.getByText('От 0 до 100')).toBeVisible();
  await warning.fill('50');
  await warning.press('Enter');
  await expect(page.getByTestId('pulse')).toContainText('< 50 %');
  await warning.fill('');
  await warning.press('Enter');
  const begins = (part: string) => page.getByRole('spinbutton', { name: `Тихие часы, начало: ${part}` });
  await expect(begins('часы')).toHaveValue('22');
  await begins('часы').focus();
  await page.keyboard.type('2130');
  await expect(begins('минуты')).toHaveValue('30');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Настройки сохранены.').last()).toBeVisible();
  await page.getByRole('switch', { name: 'Тихие часы' }).press('Space');
  await expect(begins('часы')).toBeHidden();
  await page.reload();
  await expect(warning).toHaveValue('');
  await expect(page.getByRole('switch', { name: 'Тихие часы' })).not.toBeChecked();

  await expect(page.getByText('Включается в окне программы Switchyard на том компьютере')).toBeVisible();
  await page.getByRole('link', { name: 'Журнал' }).click();
  await expect(page.getByRole('row').nth(1)).toContainText('Тихие часы: 21:30–08:00 → нет');
  await expect(page.getByRole('row').nth(2)).toContainText('Тихие часы: 22:00–08:00 → 21:30–08:00');
  await expect(page.getByRole('row').nth(3)).toContainText('Пороги: Загрузка, % 50 / 100 → Загрузка, % – / 100');
});
