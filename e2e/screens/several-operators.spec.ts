/** Several operators changed at once: marked by key or mouse, one step, one sentence in the audit log. */
import type { Page } from '@playwright/test';
import type { Operator } from '#shared/contract/entities.ts';
import { type Desk, expect, test } from '../harness/desk.ts';

const open = (page: Page, screen: string) => page.getByRole('link', { name: screen }).click();
const row = (page: Page, { id }: { id: number }) => page.getByTestId(`operator-${id}`);
const box = (page: Page, name: string) => page.getByRole('checkbox', { name: `Отметить: ${name}` });
const current = (desk: Desk, { id }: { id: number }) => desk.host.api<Operator>('GET', `/operators/${id}`);

/** Анна … Дарья, of whom Анна and Борис hold two contacts each. */
async function shift(desk: Desk) {
  const [anna, boris] = [await desk.operator('Анна', 2), await desk.operator('Борис', 2)];
  const bot = await desk.source('Бот', { [anna.id]: 1, [boris.id]: 1 });
  for (let nth = 0; nth < 4; nth++) await desk.contact(bot, `x${nth}`);
  const [vera, gleb, darya] = [await desk.operator('Вера', 3), await desk.operator('Глеб', 5), await desk.operator('Дарья', 7)];
  return { bot, anna, boris, vera, gleb, darya };
}

test('operators are marked with x, with Shift as a range, and leave in one step with one sentence and one undo', async ({ desk, console: page }) => {
  const { bot, anna, boris, vera, gleb, darya } = await shift(desk);
  await desk.host.api('PUT', `/operators/${darya.id}/competences/${bot.id}`, { weight: 1 });
  await open(page, 'Операторы');
  await expect(row(page, darya)).toBeVisible();
  await page.keyboard.press('KeyJ');
  await page.keyboard.press('KeyX');
  await page.keyboard.press('KeyJ');
  await page.keyboard.press('KeyJ');
  await page.keyboard.press('Shift+KeyX');
  for (const name of ['Анна', 'Борис', 'Вера']) await expect(box(page, name)).toBeChecked();
  await expect(page.getByText('Отмечено 3')).toBeVisible();

  await page.keyboard.press('KeyF');
  await page.getByRole('menuitem', { name: 'Перерыв' }).click();
  const question = page.getByRole('dialog', { name: '3 оператора: перерыв' });
  await expect(question).toContainText('За этими операторами 4 обращения. Что с ними сделать?');
  await expect(question).toContainText('Возьмут другие: 4 (Дарья ≈ 4).');
  await question.getByRole('radio', { name: 'Передать тем, кто может взять' }).check();
  await question.getByRole('button', { name: 'Снять с линии' }).click();
  await expect(page.getByText('3 оператора: перерыв; передано 4.')).toBeVisible();
  for (const one of [anna, boris, vera]) expect(await current(desk, one)).toMatchObject({ is_active: false, inactive_reason: 'break', current_load: 0 });
  expect(await current(desk, darya)).toMatchObject({ current_load: 4 });

  await open(page, 'Журнал');
  const entry = page.getByRole('row').filter({ hasText: 'Сняты с линии 3 оператора (перерыв): Анна, Борис, Вера' });
  await expect(entry).toHaveCount(1);
  await expect(entry, 'one sentence until it is unfolded').not.toContainText('на линии → перерыв');
  await entry.getByRole('button', { name: 'Показать всё' }).click();
  await expect(entry).toContainText('Вера: на линии → перерыв');
  await entry.getByRole('button', { name: /^Вернуть: Сняты с линии/ }).click();
  await expect(page.getByText('Возвращено, как было. Вернулись на место 4 обращения.')).toBeVisible();
  expect(await current(desk, anna)).toMatchObject({ is_active: true, current_load: 2 });
  expect(await current(desk, gleb)).toMatchObject({ is_active: true });
});

test('operators are marked with the mouse, and limits are changed by an amount or set for all', async ({ desk, console: page }) => {
  const { anna, vera, gleb, darya } = await shift(desk);
  await open(page, 'Операторы');
  await box(page, 'Вера').click();
  await box(page, 'Дарья').click({ modifiers: ['Shift'] });
  await expect(page.getByText('Отмечено 3')).toBeVisible();
  await page.getByRole('button', { name: /^Лимит…/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Лимит 3 операторов' });
  await expect(dialog).toContainText('Сейчас: 3–7');
  const field = dialog.getByRole('textbox', { name: 'Новый лимит' });
  await field.fill('много');
  await expect(field).toHaveAccessibleDescription(/Целое число от 0 до 10000/);
  await expect(dialog.getByRole('button', { name: 'Применить' })).toBeDisabled();
  await field.fill('+2');
  await expect(dialog).toContainText('станет: 5–9');
  await field.press('Enter');
  await expect(page.getByText('Лимит изменён у 3 операторов.')).toBeVisible();
  expect(await Promise.all([vera, gleb, darya].map(async (one) => (await current(desk, one)).max_load))).toEqual([5, 7, 9]);
  await page.keyboard.press('KeyU');
  await expect.poll(async () => (await current(desk, darya)).max_load).toBe(7);

  await page.getByRole('button', { name: 'Снять отметки' }).click();
  await expect(page.getByRole('button', { name: /^Лимит…/ }), 'the row that was clicked last is meant').toBeEnabled();
  await row(page, anna).focus();
  await page.keyboard.press('KeyL');
  await page.getByRole('textbox', { name: 'Новый лимит' }).fill('6');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await current(desk, anna)).max_load).toBe(6);
});

test('operators who hold contacts are not archived but named, and stay marked; the others can be restored with one key', async ({ desk, console: page }) => {
  const { anna, vera, gleb } = await shift(desk);
  await open(page, 'Операторы');
  for (const name of ['Анна', 'Вера', 'Глеб']) await box(page, name).click();
  await page.keyboard.press('KeyA');
  await expect(page.getByText('В архиве 2 оператора. История сохранена. Не в архиве, потому что за ними есть обращения: Анна.')).toBeVisible();
  await expect(row(page, vera)).toBeHidden();
  await expect(box(page, 'Анна')).toBeChecked();
  await expect(page.getByText('Отмечено 1')).toBeVisible();
  await page.keyboard.press('KeyU');
  await expect(row(page, vera)).toBeVisible();
  await expect(row(page, gleb)).toBeVisible();
  expect(await current(desk, anna)).toMatchObject({ is_active: true });
});

test('marked operators get tags in one step, are found by them, and lose them again', async ({ desk, console: page }) => {
  const { anna, vera, gleb } = await shift(desk);
  await open(page, 'Операторы');
  await row(page, vera).focus();
  await page.keyboard.press('KeyX');
  await row(page, gleb).focus();
  await page.keyboard.press('KeyX');
  await page.keyboard.press('KeyT');
  const dialog = page.getByRole('dialog', { name: 'Умения 2 операторов' });
  await dialog.getByRole('textbox', { name: 'Какие умения' }).fill('смена Б, language:en');
  await dialog.getByRole('button', { name: 'Добавить' }).click();
  await expect(page.getByText('Умения добавлены 2 операторам.')).toBeVisible();
  expect((await current(desk, vera)).tags).toEqual(['language:en', 'смена Б']);
  await page.getByRole('searchbox', { name: 'Поиск операторов' }).fill('смена б');
  await expect(row(page, vera)).toBeVisible();
  await expect(row(page, anna)).toBeHidden();
  await open(page, 'Журнал');
  await expect(page.getByText(/^Умения language:en, смена Б добавлены 2 операторам: /).first()).toBeVisible();
  await open(page, 'Операторы');
  await row(page, vera).focus();
  await page.keyboard.press('KeyT');
  const one = page.getByRole('dialog', { name: 'Умения: Вера' });
  await expect(one).toContainText('Есть сейчас: language:en, смена Б');
  await one.getByRole('textbox', { name: 'Какие умения' }).fill('СМЕНА Б');
  await one.getByRole('button', { name: 'Убрать' }).click();
  await expect(page.getByText('Умения убраны у 1 оператора.')).toBeVisible();
  expect((await current(desk, vera)).tags).toEqual(['language:en']);
});

test('the palette offers the actions of the keys for marked operators, and the header marks all or none', async ({ desk, console: page }) => {
  const { vera, gleb } = await shift(desk);
  for (const one of [vera, gleb]) await desk.host.api('PATCH', `/operators/${one.id}`, { is_active: false });
  await open(page, 'Операторы');
  await page.getByRole('link', { name: /^Не на линии/ }).click();
  const all = page.getByRole('checkbox', { name: 'Отметить всех показанных' });
  await all.click();
  await expect(page.getByText('Отмечено 2')).toBeVisible();
  await all.click();
  await expect(page.getByText('Выберите строку')).toBeVisible();
  await all.click();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Найти что угодно' }).fill('вывести');
  await expect(page.getByRole('option').first()).toHaveText('Вывести на линиюo');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Выведены на линию 2 оператора.')).toBeVisible();
  await expect(page.getByText('Выберите строку'), 'they left the list, and their marks with them').toBeVisible();
  for (const one of [vera, gleb]) expect(await current(desk, one)).toMatchObject({ is_active: true });
  await open(page, 'Смена');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Найти что угодно' }).fill('вывести');
  await expect(page.getByTestId('palette-key:put_on'), 'only where there is something to put on line').toHaveCount(0);
});

test('the list of keys has every key of rows and marked rows, and e edits the row', async ({ desk, console: page }) => {
  const { anna } = await shift(desk);
  await open(page, 'Операторы');
  await expect(row(page, anna)).toBeVisible();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Клавиши' });
  for (const text of ['Отметить строку', 'Вывести на линию', 'Снять с линии', 'Изменить лимит', 'Добавить или убрать умения', 'Убрать в архив'])
    await expect(help).toContainText(text);
  await page.keyboard.press('Escape');
  await row(page, anna).focus();
  await page.keyboard.press('KeyE');
  await expect(row(page, anna).getByRole('textbox', { name: 'Имя' })).toBeFocused();
});
