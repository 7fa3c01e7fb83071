import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { type Desk, expect, openConsole, test } from '../harness/desk.ts';

const contactRow = (page: Page, id: number): Locator => page.getByTestId(`contact-row-${id}`);
const rowIds = (page: Page): Promise<number[]> =>
  page.locator('[data-testid^="contact-row-"]').evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-testid')?.split('-').at(-1))));
const screen = (desk: Desk, hash: string) => `${desk.host.ready.apiUrl}/console/${hash}`;

/** Anna with 20 slots has every contact; Boris has 2 slots. */
async function fill(desk: Desk) {
  const [anna, boris] = [await desk.operator('Анна Петрова', 20), await desk.operator('Борис Ким', 2)];
  const [telegram, vk] = [await desk.source('Telegram', { [anna.id]: 1 }), await desk.source('ВКонтакте', { [anna.id]: 1 })];
  const submit = (body: object) => desk.host.api<{ id: number; lead_id: number }>('POST', '/contacts', body);
  return { anna, boris, telegram, vk, submit };
}

test('a contact is found by its phone in any spelling, by its end, by email, id, name and words; filters narrow the list and stay in the address', async ({
  desk,
  console,
}) => {
  const { telegram, vk, anna, submit } = await fill(desk);
  const a = await submit({ source_id: telegram.id, phone: '8 (900) 123-45-67', name: 'Пётр Ёлкин', message: 'Сколько стоит доставка?' });
  const b = await submit({ source_id: vk.id, external_id: 'vk-7712', email: 'Petra@Example.com', name: '<img src=x onerror=alert(1)>' });
  await console.getByRole('link', { name: 'Обращения' }).click();
  await expect(contactRow(console, a.id)).toContainText('Пётр Ёлкин');
  const search = console.getByRole('searchbox', { name: 'Поиск обращений' });
  for (const [text, found] of [
    ['+7 900 123-45-67', a],
    ['89001234567', a],
    ['45-67', a],
    ['елкин достав', a],
    ['petra@example', b],
    ['vk-77', b],
    ['onerror', b],
    [`#${a.id}`, a],
  ] as const) {
    await search.fill(text);
    await expect.poll(() => rowIds(console), { message: text }).toEqual([found.id]);
    await expect(console.getByRole('status').filter({ hasText: '1 обращение' })).toBeVisible();
  }
  await search.fill('такого нет');
  await expect(console.getByText('Ничего не нашлось')).toBeVisible();
  await console.getByRole('button', { name: 'Снять все фильтры' }).click();
  await expect(search).toHaveValue('');

  await console.getByRole('combobox', { name: 'Источник' }).click();
  await console.getByRole('option', { name: 'ВКонтакте' }).click();
  await console.getByRole('combobox', { name: 'Период' }).click();
  await console.getByRole('option', { name: 'Сегодня' }).click();
  await search.fill('petra');
  await console.getByRole('link', { name: 'Открытые' }).click(); // before the search started: neither undoes the other
  await expect(console).toHaveURL(/#\/contacts\?status=open&source=2&from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d&q=petra/);
  await expect(contactRow(console, a.id)).toBeHidden();
  await console.reload();
  await expect(contactRow(console, b.id)).toContainText(anna.name);
  await expect(search).toHaveValue('petra');
  await expect(console.getByRole('combobox', { name: 'Источник' })).toHaveValue('ВКонтакте');
  await expect(console.getByRole('combobox', { name: 'Период' })).toHaveValue('Сегодня');
  expect(await rowIds(console)).toEqual([b.id]);
});

test('nine contacts are moved by keyboard to an operator with two free slots: two move, the rest stay with the reason, and it can be undone', async ({
  desk,
  console,
}) => {
  const { anna, boris, telegram, submit } = await fill(desk);
  for (let nth = 1; nth <= 9; nth++) await submit({ source_id: telegram.id, external_id: `tg-${nth}` });
  await console.goto(screen(desk, '#/contacts?status=assigned'));
  await expect(contactRow(console, 9)).toBeVisible();
  for (let nth = 0; nth < 9; nth++) {
    await console.keyboard.press('KeyJ');
    await console.keyboard.press('KeyX');
  }
  await expect(console.getByRole('status').filter({ hasText: 'Отмечено 9' })).toBeVisible();
  await console.keyboard.press('KeyR');
  const picker = console.getByRole('dialog', { name: /^Кому передать \d обращений$/ });
  await expect(picker).toHaveAccessibleName('Кому передать 9 обращений');
  await expect(picker.getByRole('option', { name: /Анна Петрова/ })).toContainText('9 / 20');
  await expect(picker.getByRole('option', { name: /Борис Ким/ })).toContainText('поместится 2 из 9');
  await picker.getByRole('combobox').fill('бор');
  await console.keyboard.press('Enter');
  await expect(console.getByText('Борис Ким: передано 2 обращения.')).toContainText('7 остались, где были: Борис Ким — мест больше нет.');
  expect(await desk.host.api('GET', `/operators/${boris.id}`)).toMatchObject({ current_load: 2 });
  await expect(contactRow(console, 9)).toContainText('Борис Ким');
  await expect(contactRow(console, 7)).toContainText('Анна Петрова');
  await expect(console.getByRole('status').filter({ hasText: 'Отмечено 7' }), 'what is left to be done stays marked').toBeVisible();

  await console.keyboard.press('KeyR');
  await expect(picker).toHaveAccessibleName('Кому передать 7 обращений');
  const full = console.getByRole('option', { name: /Борис Ким/ });
  await expect(full).toContainText('полон');
  await expect(full).toHaveAttribute('aria-disabled', 'true');
  await picker.getByRole('combobox').fill('бор');
  await console.keyboard.press('Enter');
  await expect(picker, 'nobody is given more than there is room for').toBeVisible();
  await console.keyboard.press('Escape');
  await expect(picker).toBeHidden();
  await console.keyboard.press('KeyU');
  await expect(console.getByText('Вернулись на место 2 обращения.')).toBeVisible();
  expect(await desk.host.api('GET', `/operators/${anna.id}`)).toMatchObject({ current_load: 9 });
});

test('after choosing a filter or searching, keys act on the list and not on the field', async ({ desk, console }) => {
  const { anna, boris, telegram, submit } = await fill(desk);
  for (let nth = 1; nth <= 3; nth++) await submit({ source_id: telegram.id, external_id: `tg-${nth}` });
  await console.goto(screen(desk, '#/contacts'));
  const [operator, search] = [console.getByRole('combobox', { name: 'Оператор' }), console.getByRole('searchbox', { name: 'Поиск обращений' })];
  await operator.click();
  await operator.fill('анна');
  await console.keyboard.press('Enter');
  await expect(contactRow(console, 3)).toBeFocused();
  await console.keyboard.press('KeyJ');
  await console.keyboard.press('KeyR');
  await console.getByRole('dialog').getByRole('combobox').fill('бор');
  await console.keyboard.press('Enter');
  await expect.poll(() => rowIds(console)).toEqual([3, 1]);
  await expect(operator).toHaveValue(anna.name);

  await console.goto(screen(desk, '#/contacts'));
  await console.keyboard.press('Slash');
  await expect(search).toBeFocused();
  await console.keyboard.type('tg-2');
  await console.keyboard.press('Enter');
  await expect.poll(() => rowIds(console)).toEqual([2]);
  await expect(contactRow(console, 2)).toBeFocused();
  await console.keyboard.press('KeyX');
  await expect(console.getByRole('status').filter({ hasText: 'Отмечено 1' })).toBeVisible();
  await expect(contactRow(console, 2)).toContainText(boris.name);
  await expect(search).toHaveValue('tg-2');

  await operator.click();
  await console.keyboard.press('Escape'); // closes the options
  await console.keyboard.press('Escape');
  await expect(contactRow(console, 2)).toBeFocused();
});

test('the number of contacts assigned today leads to exactly those: once each, including earlier arrivals, without waiting ones', async ({ desk, console }) => {
  const { boris, telegram, vk, anna, submit } = await fill(desk);
  for (let nth = 1; nth <= 4; nth++) await submit({ source_id: telegram.id, external_id: `tg-${nth}` });
  for (const to of [boris, anna, boris]) await desk.host.api('POST', '/contacts/2/reassign', { operator_id: to.id });
  await desk.host.api('POST', '/contacts/3/close', {});
  await desk.host.api('PATCH', `/operators/${anna.id}`, { is_active: false });
  await submit({ source_id: vk.id, external_id: 'waits' });
  const today = console.getByTestId('pulse-today');
  await expect(today).toContainText(/^4/);
  await expect(today).toContainText('назначено сегодня');
  await today.click();
  await expect(console.getByRole('status').filter({ hasText: '4 обращения' })).toBeVisible();
  await expect.poll(() => rowIds(console)).toEqual([4, 3, 2, 1]);
  const of = console.getByRole('combobox', { name: 'По какому времени' });
  await expect(of).toHaveValue('По назначению');
  await of.click();
  await console.getByRole('option', { name: 'По приходу' }).click();
  await expect.poll(() => rowIds(console)).toEqual([5, 4, 3, 2, 1]);
});

test('choosing a filter adds a history entry, typing does not; opening a card does', async ({ desk, console }) => {
  const { boris, telegram, submit } = await fill(desk);
  for (let nth = 1; nth <= 3; nth++) await submit({ source_id: telegram.id, external_id: `tg-${nth}` });
  await desk.host.api('POST', '/contacts/2/reassign', { operator_id: boris.id });
  await console.goto(screen(desk, '#/contacts'));
  await expect.poll(() => rowIds(console)).toEqual([3, 2, 1]);
  await console.getByRole('combobox', { name: 'Оператор' }).click();
  await console.getByRole('option', { name: 'Борис Ким' }).click();
  await expect.poll(() => rowIds(console)).toEqual([2]);
  await console.getByRole('searchbox').fill('tg-2');
  await expect(console).toHaveURL(/q=tg-2/);
  await console.keyboard.press('Enter');
  await contactRow(console, 2).focus();
  await console.keyboard.press('Enter');
  const card = console.getByTestId('decision-card').getByRole('dialog');
  await expect(card).toBeVisible();
  await console.goBack();
  await expect(card).toBeHidden();
  await expect.poll(() => rowIds(console)).toEqual([2]);
  await console.goBack();
  await expect.poll(() => rowIds(console)).toEqual([3, 2, 1]);
  await console.goForward();
  await expect.poll(() => rowIds(console)).toEqual([2]);
  await expect(console.getByRole('combobox', { name: 'Оператор' })).toHaveValue('Борис Ким');
});

test('everything that the filters find is marked at once, including rows not loaded; Shift and X mark a range', async ({ desk, console }) => {
  const { anna, telegram, submit } = await fill(desk);
  await desk.host.api('PATCH', `/operators/${anna.id}`, { max_load: 1 });
  await Promise.all(Array.from({ length: 130 }, (_, nth) => submit({ source_id: telegram.id, external_id: `tg-${nth}` })));
  await desk.host.api('POST', '/contacts/130/close', {});
  await console.goto(screen(desk, '#/contacts'));
  await expect(contactRow(console, 130)).toBeVisible();
  await console.getByRole('checkbox', { name: 'Отметить все найденные открытые' }).check();
  await expect(console.getByRole('status').filter({ hasText: 'Отмечено 129' })).toBeVisible();
  await console.getByRole('button', { name: 'Снять отметки' }).click();
  await contactRow(console, 129).focus();
  await console.keyboard.press('KeyX');
  for (let nth = 0; nth < 4; nth++) await console.keyboard.press('KeyJ');
  await console.keyboard.press('Shift+KeyX');
  await expect(console.getByRole('status').filter({ hasText: 'Отмечено 5' })).toBeVisible();
});

test('a return to the queue cannot be undone when longer waiting contacts have the slots; closing many shows how many', async ({ desk, console }) => {
  const telegram = await desk.source('Telegram');
  for (const name of ['Анна', 'Борис', 'Вера']) {
    const { id } = await desk.operator(name, 1);
    await desk.host.api('PATCH', `/operators/${id}`, { is_active: false });
    await desk.host.api('PUT', `/operators/${id}/competences/${telegram.id}`, { weight: 1 });
  }
  for (let nth = 1; nth <= 6; nth++) await desk.contact(telegram, `tg-${nth}`);
  for (const id of [1, 2, 3]) {
    await desk.host.api('POST', `/contacts/${id + 3}/reassign`, { operator_id: id });
    await desk.host.api('PATCH', `/operators/${id}`, { is_active: true });
  }
  await console.goto(screen(desk, '#/contacts?status=assigned'));
  await expect.poll(() => rowIds(console)).toEqual([6, 5, 4]);
  await console.getByRole('checkbox', { name: 'Отметить все найденные открытые' }).check();
  await console.keyboard.press('KeyB');
  await expect(console.getByText('Вернули в очередь 3 обращения.')).toBeVisible();
  await expect.poll(() => rowIds(console)).toEqual([3, 2, 1]);
  await console.keyboard.press('KeyU');
  await expect(console.getByText('3 остались, где были: там, куда их возвращали, мест больше нет.')).toBeVisible();
  await expect.poll(() => rowIds(console)).toEqual([3, 2, 1]);

  await console.getByRole('checkbox', { name: 'Отметить все найденные открытые' }).check();
  await console.keyboard.press('KeyC');
  await expect(console.getByRole('button', { name: 'Закрыть насовсем все 3?' })).toBeVisible();
  expect(await desk.host.api('GET', '/contacts/3')).toMatchObject({ status: 'assigned' });
  await console.keyboard.press('KeyC');
  await expect(console.getByText('Закрыто 3 обращения.')).toBeVisible();
});

test('a row is dragged onto an operator; returned to the queue, it waits; closing asks first and removes it from the open ones', async ({ desk, console }) => {
  const { anna, boris, telegram, submit } = await fill(desk);
  const { id } = await submit({ source_id: telegram.id, external_id: 'tg-1', name: 'Ирина' });
  await console.goto(screen(desk, '#/contacts?status=open'));
  const row = contactRow(console, id);
  await expect(row).toContainText('Анна Петрова');
  await row.hover();
  await console.mouse.down();
  await console.mouse.move(600, 500, { steps: 4 });
  const target = console.getByTestId(`drop-on-${boris.id}`);
  await target.hover();
  await target.hover();
  await console.mouse.up();
  await expect(row).toContainText('Борис Ким');
  expect(await desk.host.api('GET', `/contacts/${id}`)).toMatchObject({ operator_id: boris.id });

  await desk.host.api('PATCH', `/operators/${anna.id}`, { is_active: false });
  await row.focus();
  await console.keyboard.press('KeyB');
  await expect(row).toContainText('ждёт');
  await row.focus();
  await console.keyboard.press('KeyC');
  await expect(console.getByRole('button', { name: 'Закрыть насовсем?' })).toBeVisible();
  expect(await desk.host.api('GET', `/contacts/${id}`)).toMatchObject({ status: 'waiting' });
  await console.keyboard.press('KeyC');
  await expect(row).toBeHidden();
  await expect(console.getByText('Выберите строку'), 'a row that is gone is not what the next key is about').toBeVisible();
  expect(await desk.host.api('GET', `/contacts/${id}`)).toMatchObject({ status: 'closed' });
});

test('a long list is loaded while scrolling, stays still while one reads, and follows changes', async ({ desk, page }) => {
  const { telegram, submit } = await fill(desk);
  await Promise.all(Array.from({ length: 260 }, (_, nth) => submit({ source_id: telegram.id, external_id: `tg-${nth}`, message: `сообщение ${nth}` })));
  await openConsole(page, desk);
  await page.goto(screen(desk, '#/contacts'));
  await expect(page.getByRole('status').filter({ hasText: '260 обращений' })).toBeVisible();
  await expect(contactRow(page, 260)).toBeVisible();
  const scroller = page.getByTestId('contacts').locator('table').locator('xpath=ancestor::div[2]');
  await expect(async () => {
    await scroller.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    expect(await contactRow(page, 1).isVisible()).toBe(true);
  }).toPass();
  await submit({ source_id: telegram.id, external_id: 'new' });
  await scroller.evaluate((element) => element.scrollTo({ top: 0 }));
  await expect(contactRow(page, 261)).toBeVisible();
  await desk.host.api('POST', '/contacts/261/close', {});
  await expect(contactRow(page, 261)).toContainText('закрыто');
});

test('a lead shows its identity and what was merged into it; the merge is undone; its data is saved as a file', async ({ desk, console }) => {
  const { telegram, submit } = await fill(desk);
  const one = await submit({ source_id: telegram.id, phone: '+79001112233', name: 'Анна' });
  const two = await submit({ source_id: telegram.id, email: 'anna@example.com', message: 'второе' });
  await submit({ source_id: telegram.id, phone: '+79001112233', email: 'anna@example.com' });
  await console.getByRole('link', { name: 'Лиды' }).click();
  await console.getByRole('searchbox').fill('example');
  await expect(console.getByTestId(`lead-row-${one.lead_id}`)).toContainText('anna@example.com');
  await console.keyboard.press('Escape');
  await console.keyboard.press('KeyJ');
  await console.keyboard.press('Enter');
  const card = console.getByTestId('lead-card');
  await expect(card.getByRole('listitem').filter({ hasText: '+7 900 111-22-33' })).toBeVisible();
  await card.getByRole('button', { name: `Почему: обращение ${two.id}` }).click();
  await expect(console.getByTestId('decision-card')).toContainText('второе');
  await console.keyboard.press('Escape');
  await expect(console.getByTestId('decision-card')).toBeHidden();
  const download = console.waitForEvent('download');
  await card.getByRole('button', { name: 'Сохранить все данные (JSON)' }).click();
  const saved = JSON.parse(await readFile(await (await download).path(), 'utf8'));
  expect(saved).toMatchObject({ lead: { id: one.lead_id, phone: '+79001112233' }, contacts: [{ id: 1 }, { id: 2 }, { id: 3 }] });

  const part = card.getByRole('button', { name: `Разъединить: лид ${two.lead_id}` });
  await part.click(); // asks for confirmation
  await part.click();
  await expect(card).toContainText('разъединены');
  await expect(card).not.toContainText('anna@example.com');
  await console.keyboard.press('Escape');
  await expect(console.getByTestId(`lead-row-${two.lead_id}`)).toContainText('anna@example.com');
});

test('a lead is erased once the confirmation word is typed, and is no longer found', async ({ desk, console }) => {
  const { telegram, submit } = await fill(desk);
  const { lead_id } = await submit({ source_id: telegram.id, phone: '+79005550101', name: 'Стирашкин', message: 'тайное' });
  await console.goto(screen(desk, `#/contacts?q=${encodeURIComponent('тайное')}`));
  await expect(contactRow(console, 1)).toBeVisible();
  await console.goto(screen(desk, `#/leads?lead=${lead_id}`));
  const card = console.getByTestId('lead-card');
  await card.getByRole('button', { name: 'Стереть данные…' }).click();
  const sure = card.getByRole('button', { name: 'Стереть навсегда' });
  await expect(sure).toBeDisabled();
  await card.getByRole('textbox').fill('стереть');
  await sure.click();
  await expect(card).toContainText('Данные этого лида стёрты');
  await console.keyboard.press('Escape');
  await expect(console.getByTestId(`lead-row-${lead_id}`)).toContainText('данные стёрты');
  await console.goto(screen(desk, `#/contacts?q=${encodeURIComponent('тайное')}`));
  await expect(console.getByText('Ничего не нашлось')).toBeVisible();
});

test('the present list is saved as a file: the contacts of its filters, in its order, and formulas stay text', async ({ desk, console }) => {
  const { telegram, vk, submit } = await fill(desk);
  const evil = '=HYPERLINK("http://x";"Приз")';
  const first = await submit({ source_id: telegram.id, phone: '8 (900) 123-45-67', name: evil, message: 'доставка' });
  await submit({ source_id: vk.id, external_id: 'vk-1', name: 'Мария', message: 'доставка' });
  await submit({ source_id: telegram.id, external_id: 'tg-2', name: 'Олег', message: 'цена' });
  const last = await submit({ source_id: telegram.id, external_id: 'tg-3', name: 'Ирина', message: 'доставка завтра' });
  await console.goto(screen(desk, `#/contacts?status=assigned&source=${telegram.id}&q=доставк`));
  await expect.poll(() => rowIds(console)).toEqual([last.id, first.id]);

  const download = async (format: string) => {
    await console.getByRole('button', { name: 'Скачать' }).click();
    const [file] = await Promise.all([console.waitForEvent('download'), console.getByRole('menuitem', { name: format }).click()]);
    expect(file.suggestedFilename()).toMatch(new RegExp(`^switchyard-contacts-\\d{4}-\\d\\d-\\d\\d\\.${format.toLowerCase()}$`));
    return readFile(await file.path());
  };
  const records: Record<string, string>[] = parse(await download('CSV'), { bom: true, delimiter: ';', columns: true });
  expect(records.map(({ Обращение, Лид, Сообщение }) => [Обращение, Лид, Сообщение])).toEqual([
    [String(last.id), 'Ирина', 'доставка завтра'],
    [String(first.id), `'${evil}`, 'доставка'],
  ]);
  await console.getByRole('button', { name: 'Сначала новые' }).click();
  await expect.poll(() => rowIds(console)).toEqual([first.id, last.id]);
  const [headings = [], ...rows] = await readSheet(await download('XLSX'));
  expect(rows.map((row) => [row[headings.indexOf('Обращение')], row[headings.indexOf('Лид')]])).toEqual([
    [first.id, evil],
    [last.id, 'Ирина'],
  ]);
});
