/** One shift from the first operator to the last backup, as a supervisor works, only through the console. Only bots use the port. */
import type { Locator, Page } from '@playwright/test';
import type { Contact } from '#shared/contract/entities.ts';
import { expect, pasteText, showsFigure, test } from '../harness/desk.ts';

const go = (page: Page, screen: string): Promise<void> => page.getByRole('navigation').getByRole('link', { name: screen, exact: false }).first().click();
const shift = (page: Page, name: string): Locator => page.getByTestId(/^operator-row-/).filter({ hasText: name });
const row = (page: Page, text: string): Locator => page.getByRole('main').getByRole('row').filter({ hasText: text });

/** Takes an operator off line for this reason, and chooses what happens to the contacts. */
async function leave(page: Page, name: string, reason: string, way: string): Promise<void> {
  await go(page, 'Операторы');
  await page.getByRole('button', { name: `Состояние, ${name}:` }).click();
  await page.getByRole('menuitem', { name: reason }).click();
  const question = page.getByRole('dialog');
  await question.getByRole('radio', { name: way }).check();
  await question.getByRole('button', { name: 'Снять с линии' }).click();
  await expect(question).toBeHidden();
}

test("a supervisor's day, without touching the API", async ({ desk, console: page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  let api_key = '';
  const came: Contact[] = [];

  await test.step('the shift is set up: operators from a file, a source and its key, weights from a spreadsheet', async () => {
    await go(page, 'Операторы');
    await page.getByRole('button', { name: 'Импорт…' }).click();
    const dialog = page.getByRole('dialog');
    const buffer = Buffer.from('Имя;Лимит;На линии\nАнна;2;да\nБорис;2;да\nВера;3;нет\n');
    await dialog.locator('input[type="file"]').setInputFiles({ name: 'смена.csv', mimeType: 'text/csv', buffer });
    await dialog.getByRole('button', { name: 'Импортировать' }).click();
    await expect(page.getByText('Добавлены 3 оператора.')).toBeVisible();

    await go(page, 'Источники');
    await page.getByRole('textbox', { name: 'Название нового источника' }).fill('Бот');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Скопировать ключ' }).click();
    await expect(dialog.getByRole('button', { name: 'Скопировано' })).toBeVisible();
    api_key = await page.evaluate(() => navigator.clipboard.readText());
    await dialog.getByRole('button', { name: 'Готово, ключ сохранён' }).click();

    await go(page, 'Веса');
    await page.getByTestId('weight-1-1').click();
    await pasteText(page, '300\r\n100\r\n100\r\n');
    const draft = page.getByRole('region', { name: 'Неприменённые изменения' });
    await expect(draft).toContainText('Изменены 3 веса');
    await draft.getByRole('button', { name: 'Применить' }).click();
    await expect(draft).toBeHidden();
  });

  await test.step('at the peak all operators are full; the reasons for waiting come with remedies, and one is applied', async () => {
    await go(page, 'Смена');
    for (let nth = 1; nth <= 5; nth++) came.push(await desk.fromBot(api_key, { external_id: `tg-${nth}`, name: `Клиент ${nth}` }));
    await expect(shift(page, 'Анна')).toContainText('2 / 2');
    await expect(shift(page, 'Борис')).toContainText('2 / 2');
    await showsFigure(page, 'waiting', 1);
    const why = page.getByRole('list', { name: 'Почему ждут' }).getByRole('listitem').filter({ hasText: 'Бот' });
    await expect(why).toContainText('все заняты');
    await expect(why.getByRole('button', { name: /^Лимит 2 → 3: / })).toBeVisible();
    await why.getByRole('button', { name: /^На линию: Вера/ }).click();
    await expect(shift(page, 'Вера')).toContainText('1 / 3');
    await showsFigure(page, 'waiting', 0);
  });

  await test.step('why did Anna get this one? the card has the table, and the replay gives the same result', async () => {
    const name = `Клиент ${came.findIndex(({ operator }) => operator?.name === 'Анна') + 1}`;
    await page.getByRole('region', { name: 'Последние решения' }).getByRole('row').filter({ hasText: name }).getByRole('button', { name: 'Почему' }).click();
    const card = page.getByRole('dialog');
    await expect(card.getByRole('row').filter({ hasText: 'Анна' })).toContainText(/300.*0 – 299.*●/);
    await expect(card.getByRole('row').filter({ hasText: 'Вера' })).toContainText('не на линии');
    await card.getByRole('button', { name: 'Проверить' }).click();
    await expect(card.getByRole('status').filter({ hasText: 'Повтор' })).toContainText('Повтор дал то же: Анна.');
    await page.keyboard.press('Escape');
    await expect(card).toBeHidden();
  });

  await test.step('work is moved: a break with a handover, a bulk close, one contact reassigned by keyboard', async () => {
    await leave(page, 'Борис', 'Перерыв', 'Передать тем, кто может взять');
    await expect(page.getByText('Борис: перерыв; передано 2')).toBeVisible();
    await go(page, 'Смена');
    await expect(shift(page, 'Вера')).toContainText('3 / 3');
    await expect(shift(page, 'Борис')).toContainText('перерыв');

    await go(page, 'Обращения');
    await page.getByRole('link', { name: 'Открытые' }).click();
    await page.getByRole('combobox', { name: 'Оператор' }).click();
    await page.getByRole('option', { name: 'Анна' }).click();
    await expect(row(page, 'Клиент')).toHaveCount(2);
    await page.getByRole('checkbox', { name: 'Отметить все найденные открытые' }).check();
    await expect(page.getByRole('status').filter({ hasText: 'Отмечено 2' })).toBeVisible();
    await page.keyboard.press('KeyC');
    await page.keyboard.press('KeyC'); // asks for confirmation
    await expect(page.getByText('Закрыто 2 обращения.')).toBeVisible();
    await expect(row(page, 'Клиент')).toHaveCount(0);

    await page.getByRole('combobox', { name: 'Оператор' }).click();
    await page.getByRole('option', { name: 'Вера' }).click();
    await expect(row(page, 'Клиент')).toHaveCount(3);
    await expect(row(page, 'Клиент').first()).toBeFocused();
    await page.keyboard.press('KeyR');
    await page.getByRole('dialog', { name: 'Кому передать 1 обращение' }).getByRole('combobox').fill('анн');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Анна: передано 1 обращение.')).toBeVisible();
    await expect(row(page, 'Клиент')).toHaveCount(2);
  });

  await test.step('weights that were changed by mistake are restored from the log', async () => {
    await go(page, 'Веса');
    await page.getByTestId('weight-1-1').click();
    await pasteText(page, '0\r\n0\r\n0\r\n');
    await page.keyboard.press('Control+s');
    await expect(page.getByRole('region', { name: 'Неприменённые изменения' })).toBeHidden();
    await go(page, 'Журнал');
    const mistake = row(page, 'Бот, 3 веса: ').filter({ hasText: '300 → 0' });
    await mistake.getByRole('button', { name: /^Вернуть/ }).click();
    await expect(row(page, 'Возвращено, как было до изменения')).toContainText('0 → 300');
    await go(page, 'Веса');
    await expect(page.getByTestId('weight-1-1')).toContainText('300');
  });

  await test.step('the report of the day counts the contacts, and a number opens those that it counted', async () => {
    await go(page, 'Отчёты');
    await page.getByRole('combobox', { name: 'Период' }).click();
    await page.getByRole('option', { name: 'Сегодня' }).click();
    const total = page.getByRole('table', { name: 'Таблица: Сводка' }).locator('tfoot');
    await total.getByRole('link', { name: '5', exact: true }).first().click();
    await expect(page.getByRole('status').filter({ hasText: '5 обращений' })).toBeVisible();
    await expect(row(page, 'Клиент')).toHaveCount(5);
    await page.getByRole('button', { name: 'Открыть обращение 1', exact: true }).click();
    await expect(page.getByRole('dialog')).toContainText('Обращение 1');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.getByRole('link', { name: 'К отчёту' }).click();
    await expect(total).toBeVisible();
  });

  await test.step('at the end the operators leave, their contacts wait for the next shift, and a backup is made', async () => {
    await leave(page, 'Вера', 'Снять с линии', 'Вернуть все в очередь');
    await expect(page.getByText('Вера: не на смене; передано 1, ждёт 1.')).toBeVisible();
    await leave(page, 'Анна', 'Снять с линии', 'Вернуть все в очередь');
    await expect(page.getByText('Анна: не на смене; ждут 2.')).toBeVisible();
    await go(page, 'Смена');
    await showsFigure(page, 'waiting', 3);
    await expect(page.getByRole('list', { name: 'Почему ждут' })).toContainText('никого на линии');

    await go(page, 'Копии');
    await page.getByRole('button', { name: 'Сделать копию сейчас' }).click();
    await expect(row(page, 'вручную')).toContainText('проверена');
  });
});
