import type { Contact } from '#shared/contract/entities.ts';
import { expect, openConsole, test } from '../harness/desk.ts';

test('settings apply at once to new contacts and to every console, and can be undone', async ({ desk, console: page }) => {
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

  const critical = page.getByRole('textbox', { name: 'Ждут: Тревога' });
  const never = page.getByText('«Внимание» не сработает');
  await expect(never).toBeHidden();
  await critical.fill('3');
  await critical.press('Enter');
  await expect(never).toBeVisible();
  await critical.fill('20');
  await critical.press('Enter');
  await expect(never).toBeHidden();

  await expect(page.getByText('Включается в окне программы Switchyard на том компьютере')).toBeVisible();
  await page.getByRole('link', { name: 'Журнал' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Страна телефонов: Россия → Германия' })).toHaveCount(1);
  await expect(page.getByRole('row').nth(1)).toContainText('Пороги: Ждут 5 / 3 → Ждут 5 / 20');
  await expect(page.getByRole('row').nth(3)).toContainText('Тихие часы: 21:30–08:00 → нет');
  await expect(page.getByRole('row').nth(4)).toContainText('Тихие часы: 22:00–08:00 → 21:30–08:00');
  await expect(page.getByRole('row').nth(5)).toContainText('Пороги: Загрузка, % 50 / 100 → Загрузка, % – / 100');
});

test('every setting survives a restart of the host, and sounds can be tried out', async ({ desk, page }) => {
  await page.addInitScript(() => {
    localStorage.setItem('switchyard.language', 'ru'); // regardless of the language a restarted host suggests
    const notes: number[] = [];
    Object.assign(window, { notes });
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (...when) {
      notes.push(this.frequency.value);
      start.apply(this, when);
    };
  });
  await desk.operator('Анна');
  await openConsole(page, desk);
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Настройки');
  await page.getByRole('button', { name: 'Послушать' }).click();
  expect(await page.evaluate(() => Reflect.get(window, 'notes') as number[])).toHaveLength(2);

  const fields = { 'Вовремя — в течение, секунд': '45', 'Хранить дневные копии, дней': '7', 'Порт HTTP': '8123', 'Загрузка, %: Тревога': '95' };
  for (const [name, value] of Object.entries(fields)) {
    await page.getByRole('textbox', { name, exact: true }).fill(value);
    await page.keyboard.press('Enter');
    await expect(page.getByText('Настройки сохранены.').last()).toBeVisible();
  }
  for (const name of ['Звуки', 'Уведомления системы']) {
    const control = page.getByRole('switch', { name });
    const was = await control.isChecked();
    await control.press('Space');
    await expect(control).toBeChecked({ checked: !was });
  }
  await desk.host.restart();
  await page.reload();
  for (const [name, value] of Object.entries(fields)) await expect(page.getByRole('textbox', { name, exact: true })).toHaveValue(value);
  await expect(page.getByRole('switch', { name: 'Звуки' })).toBeChecked();
  await expect(page.getByRole('switch', { name: 'Уведомления системы' })).not.toBeChecked();
});
