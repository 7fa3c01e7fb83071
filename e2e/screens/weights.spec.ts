import type { Page } from '@playwright/test';
import { copyText, type Desk, expect, openConsole, pasteText, test } from '../harness/desk.ts';

const cell = (page: Page, operator: { id: number }, source: { id: number }) => page.getByTestId(`weight-${operator.id}-${source.id}`);
const weight = (page: Page, operator: { id: number }, source: { id: number }) => cell(page, operator, source).locator('span').first();
const draft = (page: Page) => page.getByTestId('weights-draft');
const apply = (page: Page) => page.getByRole('button', { name: 'Применить' }).click();

async function scene(desk: Desk, page: Page) {
  const [anna, boris, vera] = [await desk.operator('Анна', 50), await desk.operator('Борис', 50), await desk.operator('Вера', 50)];
  const telegram = await desk.source('Бот', { [anna.id]: 100, [boris.id]: 300 });
  const vk = await desk.source('ВКонтакте', { [anna.id]: 10 });
  await page.getByRole('link', { name: 'Веса' }).click();
  await expect(weight(page, anna, telegram)).toHaveText('100');
  return { anna, boris, vera, telegram, vk };
}

const competences = async (desk: Desk) =>
  (await desk.host.api<{ items: { operator_id: number; source_id: number; weight: number; line: number }[] }>('GET', '/competences')).items;

test('a weight typed into the grid applies to the next contacts once it is saved, and not before', async ({ desk, console: page }) => {
  const { anna, boris, telegram } = await scene(desk, page);
  await cell(page, anna, telegram).click();
  await page.keyboard.type('0');
  await expect(page.getByTestId(`sum-${telegram.id}`)).toContainText('300'); // while typing
  await page.keyboard.press('Enter');
  await expect(cell(page, boris, telegram)).toContainText('100 %');
  await expect(draft(page)).toContainText('Изменён 1 вес');
  await expect(page.getByTestId(`shift-${telegram.id}`)).toContainText('Анна 25 % → 0 %');
  expect((await competences(desk))[0]).toMatchObject({ operator_id: anna.id, weight: 100 });

  await apply(page);
  await expect(draft(page)).toBeHidden();
  const takers = new Set<number | null>();
  for (let nth = 0; nth < 8; nth++) takers.add((await desk.contact(telegram, `tg-${nth}`)).operator_id);
  expect([...takers]).toEqual([boris.id]);

  await page.getByRole('button', { name: 'Вернуть' }).click();
  await expect(weight(page, anna, telegram)).toHaveText('100');
});

test('a range is copied, pasted from a spreadsheet, filled and emptied; one step applies all of it and one undoes it', async ({ desk, console: page }) => {
  const { anna, boris, vera, telegram, vk } = await scene(desk, page);
  await cell(page, anna, telegram).click();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  expect(await copyText(page)).toBe('100\t10\n300\t');

  await pasteText(page, '1\tмного\r\n2000\t4\r\n');
  await expect(page.getByRole('alert')).toContainText('Анна, ВКонтакте: «много»; Борис, Бот: «2000»');
  await expect(draft(page)).toBeHidden();

  await pasteText(page, 'Оператор\tвконтакте\tБот\r\nВера\t5\t6\r\nАнна\t7\t\r\n');
  await expect(weight(page, vera, telegram)).toContainText('6');
  await expect(draft(page)).toContainText('Изменены 4 веса');
  await page.keyboard.press('Control+z');

  await pasteText(page, '1\t2\r\n3\t4\r\n');
  await expect(weight(page, boris, vk)).toContainText('4');
  await cell(page, boris, telegram).click();
  await cell(page, vera, vk).click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+d');
  await expect(weight(page, vera, telegram)).toContainText('3');
  await expect(weight(page, vera, vk)).toContainText('4');
  await cell(page, anna, telegram).click();
  await page.keyboard.press('Delete');
  await expect(draft(page)).toContainText('Изменено 6 весов');

  await page.keyboard.press('Control+s');
  await expect(draft(page)).toBeHidden();
  const of = (operator: { id: number }, source: { id: number }, w: number) => ({ operator_id: operator.id, source_id: source.id, weight: w, line: 1 });
  expect(await competences(desk)).toEqual([of(boris, telegram, 3), of(vera, telegram, 3), of(anna, vk, 2), of(boris, vk, 4), of(vera, vk, 4)]);
  await page.getByRole('button', { name: 'Вернуть' }).click();
  await expect(weight(page, anna, telegram)).toHaveText('100');
  expect(await competences(desk)).toEqual([of(anna, telegram, 100), of(boris, telegram, 300), of(anna, vk, 10)]);
});

test('a selection is dragged with the mouse, filled at once, and the draft can be discarded', async ({ desk, console: page }) => {
  const { anna, vera, telegram, vk } = await scene(desk, page);
  await cell(page, anna, telegram).hover();
  await page.mouse.down();
  await cell(page, vera, vk).hover();
  await page.mouse.up();
  await expect(page.locator('[aria-selected="true"]')).toHaveCount(6);
  await page.keyboard.type('50');
  await page.keyboard.press('Control+Enter');
  await expect(weight(page, vera, vk)).toContainText('50');
  await page.keyboard.press('Control+z');
  await expect(draft(page)).toBeHidden();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Отменить' }).click();
  await expect(weight(page, anna, telegram)).toHaveText('100');

  await page.keyboard.press('ArrowLeft'); // the buttons have returned the focus to the grid
  await page.keyboard.type('5');
  await page.keyboard.press('Control+Enter');
  await expect(draft(page)).toContainText('Изменён 1 вес');
  await apply(page);
  await expect(draft(page)).toBeHidden();
  await expect(page.locator('[data-here]')).toBeFocused();

  const here = page.locator('[data-here]');
  const name = await here.getAttribute('data-testid');
  await page.getByRole('heading', { name: 'Веса', level: 2 }).click();
  await expect(here).not.toBeFocused();
  await page.getByTestId(name ?? '').click();
  await expect(here, 'the cell that the cursor never left').toBeFocused();
});

test('a weight changed by a script shows in the grid', async ({ desk, console: page }) => {
  const { anna, telegram } = await scene(desk, page);
  await desk.host.api('PUT', `/operators/${anna.id}/competences/${telegram.id}`, { weight: 333 });
  await expect(weight(page, anna, telegram)).toHaveText('333');
});

test('a preset restores its weights, previews the changes, and can be undone', async ({ desk, console: page }) => {
  const { anna, boris, telegram } = await scene(desk, page);
  await desk.host.api('PATCH', `/sources/${telegram.id}/rule`, { strategy: 'even' });
  const menu = page.getByRole('button', { name: 'Наборы' });
  await menu.click();
  await page.getByRole('menuitem', { name: 'Сохранить нынешние веса…' }).click();
  await page.getByRole('textbox', { name: 'Название' }).fill('День');
  await page.getByRole('checkbox', { name: 'И лимиты операторов' }).check();
  await page.getByRole('checkbox', { name: 'И правила источников' }).check();
  await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
  await expect(page.getByText('Набор «День» сохранён.')).toBeVisible();
  await desk.host.api('PUT', `/operators/${anna.id}/competences/${telegram.id}`, { weight: 0 });
  await desk.host.api('PATCH', `/operators/${boris.id}`, { max_load: 5 });
  await desk.host.api('PATCH', `/sources/${telegram.id}/rule`, { strategy: 'weighted', cost: 2 });

  await menu.click();
  await page.getByRole('menuitem', { name: 'День' }).click();
  const preview = page.getByRole('dialog');
  await expect(preview).toContainText('Изменится: 1 вес, 1 лимит, 1 правило.');
  await expect(preview).toContainText('случайно по весам; обращение занимает 2 места → поровну по весам');
  await expect(preview).toContainText('Анна 0 % → 25 %');
  await expect(preview).toContainText('Лимит 5 → 50');
  await preview.getByRole('button', { name: 'Применить' }).click();
  await expect(weight(page, anna, telegram)).toHaveText('100');
  await menu.click();
  await expect(page.getByRole('menuitem', { name: 'День' })).toContainText('действует');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Вернуть' }).last().click();
  await expect(weight(page, anna, telegram)).toHaveText('0');
  await menu.click();
  await expect(page.getByRole('menuitem', { name: 'День' })).toHaveText('День');
  await page.keyboard.press('Escape');
  expect((await desk.host.api<{ max_load: number }>('GET', `/operators/${boris.id}`)).max_load).toBe(5);
});

test('Tab moves right and on to the next row, Esc leaves, and no digit changes the screen while there is a draft', async ({ desk, console: page }) => {
  const { anna, boris, telegram, vk } = await scene(desk, page);
  await cell(page, anna, telegram).click();
  await page.keyboard.type('7');
  await page.keyboard.press('Tab');
  await expect(cell(page, anna, vk)).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(cell(page, boris, telegram), 'the next row').toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(cell(page, anna, vk)).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('9');
  await page.keyboard.press('Tab');
  await expect(weight(page, boris, vk)).toContainText('9');
  await expect(draft(page), 'nothing was discarded').toContainText('Изменены 2 веса');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Digit9');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Digit9');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Веса');
  await expect(page.locator('[data-cell]:focus'), 'Tab goes on outside of the grid').toHaveCount(0);
  await draft(page).getByRole('button', { name: 'Отменить' }).click();
  await expect(draft(page)).toBeHidden();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Digit5');
  await expect(page.getByRole('heading', { level: 1 }), 'without a draft they do').toHaveText('Операторы');
});

test('dragging the corner of a selection fills adjacent cells; a double click fills down to the end', async ({ desk, console: page }) => {
  const { anna, boris, vera, telegram, vk } = await scene(desk, page);
  const corner = page.locator('[data-handle]');
  await cell(page, anna, telegram).click();
  await cell(page, anna, vk).click({ modifiers: ['Shift'] });
  await corner.hover();
  await page.mouse.down();
  await cell(page, vera, vk).hover();
  await expect(page.locator('[data-stretched]')).toHaveCount(4);
  await page.mouse.up();
  await expect(page.locator('[data-stretched]')).toHaveCount(0);
  for (const operator of [boris, vera]) {
    await expect(weight(page, operator, telegram)).toContainText('100');
    await expect(weight(page, operator, vk)).toContainText('10');
  }
  await expect(page.locator('[aria-selected="true"]')).toHaveCount(6);
  await expect(draft(page)).toContainText('Изменены 4 веса');

  await page.keyboard.press('Control+z');
  await expect(draft(page)).toBeHidden();
  await cell(page, boris, telegram).click();
  await corner.dblclick();
  await expect(weight(page, vera, telegram)).toContainText('300');
  await expect(draft(page)).toContainText('Изменён 1 вес');

  await corner.hover();
  await page.mouse.down();
  await cell(page, anna, telegram).hover();
  await page.keyboard.press('Escape'); // discards the input
  await page.mouse.up();
  await expect(weight(page, anna, telegram)).toHaveText('100');
});

test('whole columns and rows are selected by their headers and by keys, and their sum is shown', async ({ desk, console: page }) => {
  const { anna, boris, vera, telegram, vk } = await scene(desk, page);
  const head = (name: string) => page.getByRole('columnheader', { name });
  const selected = page.locator('[data-cell][aria-selected="true"]');
  const summary = page.getByTestId('weights-summary');
  await head('Бот').click();
  await expect(selected).toHaveCount(3);
  await expect(summary).toHaveText('Выделены 3 ячейки · Σ 400 · сейчас 100\u00a0% обращений источника');
  await page.keyboard.type('5');
  await page.keyboard.press('Control+Enter');
  await expect(weight(page, vera, telegram)).toContainText('5');
  await page.keyboard.press('Control+z');
  await expect(draft(page)).toBeHidden();
  await page.keyboard.press('Control+Shift+z');
  await expect(draft(page)).toContainText('Изменены 3 веса');
  await page.keyboard.press('Control+z');

  await page.getByRole('rowheader', { name: 'Анна' }).hover();
  await page.mouse.down();
  await page.getByRole('rowheader', { name: 'Борис' }).hover();
  await page.mouse.up();
  await expect(selected).toHaveCount(4);
  await head('Бот').click();
  await head('ВКонтакте').click({ modifiers: ['Shift'] });
  await expect(selected).toHaveCount(6);
  await expect(summary).toHaveText('Выделено 6 ячеек · Σ 410');

  await cell(page, boris, vk).click();
  await page.keyboard.press('Shift+Space');
  await expect(selected).toHaveCount(2);
  await cell(page, boris, vk).click();
  await page.keyboard.press('Control+Space');
  await expect(selected).toHaveCount(3);
  await page.getByRole('columnheader', { name: 'Оператор' }).click();
  await expect(selected).toHaveCount(6);
  await cell(page, anna, telegram).click();
  await page.keyboard.press('Control+End');
  await expect(cell(page, vera, vk)).toBeFocused();
  await page.keyboard.press('Control+Shift+Home');
  await expect(selected).toHaveCount(6);
});

test('a discarded draft can be restored, and shows its consequences for a source and what somebody else has changed meanwhile', async ({
  desk,
  console: page,
}) => {
  const { anna, boris, telegram, vk } = await scene(desk, page);
  await cell(page, anna, telegram).click();
  await page.keyboard.press('Delete');
  await cell(page, anna, vk).click();
  await page.keyboard.press('Delete');
  await expect(page.getByTestId(`shift-${vk.id}`)).toContainText('Операторов не останется: новым обращениям будет отказано.');
  await page.getByRole('button', { name: 'Отменить' }).click();
  await expect(draft(page)).toBeHidden();
  await page.getByRole('button', { name: 'Вернуть' }).click();
  await expect(draft(page)).toContainText('Изменены 2 веса');

  await desk.host.api('PUT', `/operators/${anna.id}/competences/${telegram.id}`, { weight: 150 });
  await expect(draft(page)).toContainText('Анна, Бот: было 100, стало 150, у вас –.');
  await page.reload();
  await expect(draft(page), 'a draft outlives a reload, and knows what it was made from').toContainText('Анна, Бот: было 100, стало 150, у вас –.');
  await expect(draft(page)).toContainText('Изменены 2 веса');
  await cell(page, anna, vk).click();
  await page.keyboard.type('0');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId(`shift-${vk.id}`)).toContainText('Все веса 0: обращения будут ждать.');
  await cell(page, boris, vk).click();
  await page.keyboard.type('7');
  await page.keyboard.press('Enter');
  await expect(draft(page)).not.toContainText('будут ждать');
  await desk.host.api('PUT', `/operators/${anna.id}/competences/${vk.id}`, { weight: 0 });
  const waits = await desk.contact(vk, 'vk-1');
  expect(waits.status).toBe('waiting');
  await expect(page.getByTestId(`shift-${vk.id}`)).toContainText('Ждёт 1 обращение: его возьмут сразу.');
  await apply(page);
  await expect(draft(page)).toBeHidden();
  expect(await desk.host.api<{ operator_id: number }>('GET', `/contacts/${waits.id}`)).toMatchObject({ operator_id: boris.id });
});

test('bars compare a weight with the largest of its source, also while it is edited', async ({ desk, console: page }) => {
  const { anna, boris, telegram } = await scene(desk, page);
  const length = (operator: { id: number }) => cell(page, operator, telegram).evaluate((element) => getComputedStyle(element).backgroundSize.split(' ')[0]);
  expect(await Promise.all([anna, boris].map(length))).toEqual(['33.3333%', '100%']);
  await cell(page, anna, telegram).click();
  await page.keyboard.type('600');
  await expect.poll(() => length(boris)).toBe('50%');
});

test('with hundreds of operators only the visible cells are rendered, the keyboard reaches all of them, and all are set and applied in one step', async ({
  desk,
  page,
}) => {
  const [operators, sources] = [80, 30];
  for (let nth = 1; nth <= operators; nth++) await desk.operator(`Оператор ${nth}`, 50);
  for (let nth = 1; nth <= sources; nth++) await desk.source(`Источник ${nth}`);
  await openConsole(page, desk);
  await page.getByRole('link', { name: 'Веса' }).click();
  const here = page.locator('[data-here]');
  await page.locator('[data-cell]').first().click();
  await expect(page.getByRole('grid')).toHaveAttribute('aria-colcount', String(sources + 1));
  expect(await page.getByRole('gridcell').count()).toBeLessThan((operators * sources) / 2);

  const column = page.getByRole('columnheader', { name: 'Источник 3' });
  await page.getByRole('grid').evaluate((grid) => grid.parentElement?.scrollTo({ top: 1e6 }));
  await expect(page.locator('[aria-rowindex]').last()).toHaveAttribute('aria-rowindex', String(operators + 1));
  await column.click(); // selects the whole column without scrolling
  await expect(page.locator('[aria-rowindex]').last()).toHaveAttribute('aria-rowindex', String(operators + 1));
  await page.keyboard.type('3'); // goes into its first cell, far above
  await page.keyboard.press('Control+Enter');
  await expect(draft(page)).toContainText('Изменено 80 весов');
  await page.keyboard.press('Control+z');
  await expect(draft(page)).toBeHidden();

  const search = page.getByRole('searchbox', { name: 'Поиск операторов' });
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await search.fill('jgthfnjh 7'); // in the wrong keyboard layout
  await expect(page.getByText('17 из 80')).toBeVisible();
  await search.press('Enter');
  await expect(page.locator('[aria-rowindex="2"] [data-here]')).toBeFocused();
  await page.keyboard.press('Control+Shift+ArrowDown');
  await page.keyboard.type('9');
  await page.keyboard.press('Control+Enter');
  await expect(draft(page)).toContainText('Изменено 17 весов');
  await search.fill('никто');
  await page.getByRole('button', { name: 'Очистить поиск' }).last().click();
  await expect(draft(page), 'who is not shown is still edited').toContainText('Изменено 17 весов');
  await page.getByRole('button', { name: 'Отменить' }).click();
  await page.locator('[data-cell]').first().click();

  await page.keyboard.press('End');
  await expect(here).toHaveAttribute('aria-colindex', String(sources + 1));
  for (let nth = 0; nth < operators / 15; nth++) await page.keyboard.press('PageDown');
  await expect(page.locator('[aria-rowindex]').last()).toHaveAttribute('aria-rowindex', String(operators + 1));
  await expect(here).toBeInViewport();
  await page.keyboard.press('Home');
  await expect(here).toHaveAttribute('aria-colindex', '2');
  await expect(here).toBeInViewport();

  await page.getByRole('grid').evaluate((grid) => grid.parentElement?.scrollTo({ top: 0, left: 1e6 }));
  await expect(here).toHaveCount(0); // the focused cell is no longer rendered, and keys still work
  await page.keyboard.press('ArrowUp');
  await expect(here).toHaveAttribute('aria-colindex', '2');
  await expect(here).toBeFocused();

  await page.getByRole('grid').evaluate((grid) => grid.parentElement?.scrollTo({ top: 0, left: 0 }));
  await page.locator('[data-cell]').first().click();
  await page.locator('[data-handle]').hover();
  await page.mouse.down();
  const bottom = await page.getByRole('grid').evaluate((grid) => grid.parentElement?.getBoundingClientRect().bottom ?? 0);
  await page.mouse.move(500, bottom - 4, { steps: 3 }); // scrolls at the edge, to the last row
  await expect(page.locator(`[aria-rowindex="${operators + 1}"] [data-stretched]`)).toHaveCount(1);
  await page.mouse.up();
  await expect(page.locator('[data-stretched]')).toHaveCount(0);

  await page.keyboard.press('Control+a');
  await page.keyboard.type('7');
  await page.keyboard.press('Control+Enter');
  await expect(draft(page)).toContainText('2\u00a0400 весов');
  await page.keyboard.press('Control+s');
  await expect(draft(page)).toBeHidden();
  const saved = await competences(desk);
  expect(saved.length).toBeGreaterThan(0);
  expect(saved.every((pair) => pair.weight === 7)).toBe(true);
  await page.getByRole('button', { name: 'Вернуть' }).last().click(); // the previous one belongs to the discarded draft
  await expect.poll(async () => (await competences(desk)).length).toBe(0);
});

test('a selection is put on a line by key and from the menu, and its shares follow; one undo brings all of it back', async ({ desk, console: page }) => {
  const { anna, boris, vera, telegram, vk } = await scene(desk, page);
  await desk.host.api('PATCH', `/sources/${telegram.id}/rule`, { lines: [60] });
  const linesOf = async () => (await competences(desk)).map(({ line }) => line);
  await cell(page, boris, telegram).click();
  await page.keyboard.press('Shift+ArrowRight'); // also a cell without a weight, which has no line
  await page.keyboard.press('Shift+Digit2');
  await expect(cell(page, boris, telegram)).toContainText('2-я линия');
  await expect(cell(page, anna, telegram), 'the first line gets everything').toContainText('100 %');
  await expect(page.getByTestId(`sum-${telegram.id}`)).toContainText('1 из 2');
  await expect(page.getByText('Борис, Бот: 2-я линия.')).toBeVisible();
  expect(await linesOf()).toEqual([1, 2, 1]);

  await cell(page, anna, telegram).click();
  await cell(page, boris, vk).click({ modifiers: ['Shift'] });
  await page.getByRole('button', { name: 'Линия' }).click();
  await page.getByRole('menuitem', { name: '3-я линия' }).click();
  await expect(cell(page, anna, vk)).toContainText('3-я линия');
  expect(await linesOf()).toEqual([3, 3, 3]);
  await page.getByRole('button', { name: 'Вернуть' }).last().click();
  await expect(cell(page, anna, vk)).not.toContainText('линия');
  expect(await linesOf()).toEqual([1, 2, 1]);

  await cell(page, vera, vk).click();
  await page.keyboard.press('Shift+Digit2');
  await expect(page.getByRole('alert')).toContainText('Сначала впишите вес');
  await desk.host.api('PATCH', `/sources/${telegram.id}/rule`, { strategy: 'longest_idle' });
  await expect(page.getByRole('columnheader', { name: 'Бот' })).toContainText('дольше без новых');
  await expect(cell(page, anna, telegram)).not.toContainText('%');
});
