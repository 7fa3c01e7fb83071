/** Schedules: patterns are added, given to operators and to a source, and act. */
import type { Operator } from '#shared/contract/entities.ts';
import type { StoredSchedule } from '#shared/contract/schedules.ts';
import { expect, test } from '../harness/desk.ts';
import { seriousFindings } from '../harness/findings.ts';

test('a pattern is written a line per day, given to marked operators, and can be taken back', async ({ desk, console: page }) => {
  const [anna, boris] = [await desk.operator('Анна', 2), await desk.operator('Борис', 2)];
  await page.getByRole('link', { name: 'Операторы' }).click();
  await page.getByRole('button', { name: 'Графики…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Графиков пока нет');
  await dialog.getByRole('button', { name: 'Новый график' }).click();
  await dialog.getByRole('textbox', { name: 'Название' }).fill('Два через два');
  await dialog.getByRole('textbox', { name: /^Дни цикла/ }).fill('9-21, обед 13-14\n9 до 21');
  await expect(dialog).toContainText('Строка 2');
  await expect(dialog.getByRole('button', { name: 'Сохранить' })).toBeDisabled();
  await dialog.getByRole('textbox', { name: /^Дни цикла/ }).fill('9-21, обед 13-14\n9-21\nвыходной\n-');
  await expect(dialog.getByRole('status')).toHaveText('09:00–21:00, обед 13:00–14:00; 09:00–21:00; 2 × выходной');
  await dialog.getByRole('textbox', { name: 'Первый день цикла' }).or(dialog.getByLabel('Первый день цикла')).first().fill('2026-12-01');
  await dialog.getByRole('textbox', { name: 'Часовой пояс' }).fill('Europe/Moscow');
  expect(await seriousFindings(page, '[role="dialog"]')).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(dialog.getByTestId('work-schedules')).toContainText('Два через два');
  expect((await desk.host.api<{ items: StoredSchedule[] }>('GET', '/schedules')).items).toEqual([
    {
      id: 1,
      name: 'Два через два',
      time_zone: 'Europe/Moscow',
      anchor_date: '2026-12-01',
      days: [
        [
          { from: '09:00', to: '21:00', kind: 'work' },
          { from: '13:00', to: '14:00', kind: 'lunch' },
        ],
        [{ from: '09:00', to: '21:00', kind: 'work' }],
        [],
        [],
      ],
      exceptions: [],
    },
  ]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  for (const name of ['Анна', 'Борис']) await page.getByRole('checkbox', { name: `Отметить: ${name}` }).check();
  await page.getByRole('button', { name: 'График…' }).click();
  await dialog
    .getByRole('combobox', { name: 'График' })
    .or(dialog.getByRole('textbox', { name: 'График' }))
    .first()
    .click();
  await page.getByRole('option', { name: 'Два через два' }).click();
  await dialog.getByRole('textbox', { name: 'Сдвиг цикла, дней' }).fill('2');
  await dialog.getByRole('textbox', { name: 'Часовой пояс' }).fill('Омск');
  await expect(dialog).toContainText('Нужно название пояса');
  await expect(dialog.getByRole('button', { name: 'Применить' })).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Часовой пояс' }).fill('Asia/Omsk');
  expect(await seriousFindings(page, '[role="dialog"]')).toEqual([]);
  await dialog.getByRole('button', { name: 'Применить' }).click();
  await expect(page.getByText('График изменён у 2 операторов.')).toBeVisible();
  const current = ({ id }: { id: number }) => desk.host.api<Operator>('GET', `/operators/${id}`);
  for (const one of [anna, boris]) expect(await current(one)).toMatchObject({ schedule_id: 1, shift_offset: 2, time_zone: 'Asia/Omsk', is_active: true });

  await page.getByRole('button', { name: 'Графики…' }).click();
  await expect(dialog.getByTestId('work-schedules')).toContainText('2 оператора');
  await dialog.getByRole('button', { name: 'Удалить график «Два через два»' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('По этому графику ещё работают: Анна, Борис. Сначала дайте им другой или никакого.');
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: 'Журнал' }).click();
  const entry = page.getByRole('row').filter({ hasText: 'График «Два через два» у 2 операторов: Анна, Борис' });
  await entry.getByRole('button', { name: /^Вернуть: / }).click();
  await expect(page.getByText('Возвращено, как было.', { exact: true })).toBeVisible();
  expect(await current(anna)).toMatchObject({ schedule_id: null, shift_offset: 0 });
});

test('a time zone that was not touched stays that of each operator', async ({ desk, console: page }) => {
  const all = [await desk.operator('Анна', 2), await desk.operator('Борис', 2)];
  const zones = ['Asia/Omsk', 'Asia/Tomsk'];
  for (const [n, { id }] of all.entries()) await desk.host.api('PATCH', `/operators/${id}`, { time_zone: zones[n] });
  await page.getByRole('link', { name: 'Операторы' }).click();
  for (const name of ['Анна', 'Борис']) await page.getByRole('checkbox', { name: `Отметить: ${name}` }).check();
  await page.getByRole('button', { name: 'График…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'Часовой пояс' })).toHaveValue('Asia/Omsk');
  await dialog.getByRole('textbox', { name: 'Сдвиг цикла, дней' }).fill('1');
  await dialog.getByRole('button', { name: 'Применить' }).click();
  await expect(page.getByText('График изменён у 2 операторов.')).toBeVisible();
  for (const [n, { id }] of all.entries())
    expect(await desk.host.api<Operator>('GET', `/operators/${id}`)).toMatchObject({ shift_offset: 1, time_zone: zones[n] });
});

test('the hours of a source are a part of its rule, and outside of them its contacts wait', async ({ desk, console: page }) => {
  const anna = await desk.operator('Анна', 2);
  const vk = await desk.source('VK', { [anna.id]: 1 });
  await desk.host.api('POST', '/schedules', { name: 'Никогда', time_zone: 'UTC', anchor_date: '2026-12-01', days: [[]] });
  await page.getByRole('link', { name: 'Источники' }).click();
  await page.getByRole('button', { name: 'Правило: VK' }).click();
  const form = page.getByRole('form', { name: 'Правило: VK' });
  await form.getByRole('button', { name: 'часы работы' }).click();
  await form.getByRole('button', { name: 'Применить' }).click();
  await expect(page.getByText('VK: случайно по весам; по графику «Никогда».')).toBeVisible();
  expect(await desk.host.api('GET', `/sources/${vk.id}/rule`)).toMatchObject({ schedule_id: 1 });
  await desk.contact(vk, 'x1');
  await page.getByRole('link', { name: 'Смена' }).click();
  await expect(page.getByTestId(`waiting-source-${vk.id}`)).toContainText('источник закрыт по графику');
});
