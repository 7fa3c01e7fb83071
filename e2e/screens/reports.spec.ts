/** Reports: the query is in the address, numbers lead to their contacts, and downloads match what is shown. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { cutOff } from '../harness/cut-off.ts';
import { type Desk, expect, openConsole, test } from '../harness/desk.ts';

const HOSTILE = '=HYPERLINK("http://evil.example","x")';

/** A morning: two operators with free slots, one full at once, waiting contacts, and a returning lead. */
async function morning(desk: Desk): Promise<void> {
  const anna = await desk.operator('Анна Петрова', 30);
  const evil = await desk.operator(HOSTILE, 30);
  const full = await desk.operator('Борис Ким', 1);
  const telegram = await desk.source('Telegram', { [anna.id]: 300, [evil.id]: 700 });
  const vk = await desk.source('ВКонтакте', { [full.id]: 100 });
  for (let nth = 1; nth <= 12; nth++) await desk.contact(telegram, `tg-${nth}`, 'Ирина');
  await desk.contact(telegram, 'tg-1', 'Ирина');
  for (let nth = 1; nth <= 4; nth++) await desk.contact(vk, `vk-${nth}`, 'Тимур');
}

const report = (page: Page, filters = '') => page.evaluate((query) => (location.hash = `#/reports?${query}`), filters);
const table = (page: Page) => page.getByTestId('reports').getByRole('table');
/** In the total row. */
const received = (page: Page) => table(page).locator('tfoot a').first();
/** Contents of the table, cell by cell: header, rows, total. */
const shown = (page: Page) =>
  table(page).evaluate((element: HTMLTableElement) => [...element.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim())));

test('each report shows its numbers, and a chart that follows the theme at once', async ({ desk, console: page }) => {
  await morning(desk);
  for (const view of ['heat_map', 'load', 'waits', 'fairness', 'service']) {
    await page.emulateMedia({ colorScheme: 'light' });
    await report(page, `view=${view}`);
    const drawing = page.getByTestId('chart').locator('svg');
    await expect(drawing).toBeVisible();
    await expect(page.getByTestId('chart')).toHaveAttribute('aria-label', /\S/);
    await expect(table(page).getByRole('row').nth(2)).toBeVisible();
    const light = await drawing.innerHTML();
    expect(light).not.toContain('NaN');
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => drawing.innerHTML()).not.toBe(light);
  }
  await report(page, 'view=fairness');
  await expect(page.getByTestId('verdict')).toContainText('1 %');
  await page.getByText('По каждому оператору словами').click();
  await expect(page.getByTestId('explained').getByRole('listitem').filter({ hasText: 'Борис Ким' })).toContainText('Выбирать было не из кого');
  await expect(table(page).getByRole('columnheader', { name: 'p-значение' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Подробнее' }).click();
  await expect(table(page).getByRole('columnheader', { name: 'p-значение' })).toBeVisible();
  await report(page, 'from=2020-01-01&to=2020-01-02');
  await expect(page.getByText('За этот период обращений нет')).toBeVisible();
});

test('a team is picked by its tag, whatever its letter case, and the address keeps its people', async ({ desk, console: page }) => {
  await morning(desk);
  await desk.host.api('PATCH', '/operators/1', { tags: ['vip'] });
  await desk.host.api('PATCH', '/operators/3', { tags: ['VIP', 'ночь'] });
  await report(page, 'by=operator');
  await page.getByRole('button', { name: 'Операторы: все' }).click();
  const choices = page.getByRole('dialog', { name: 'Операторы' });
  await choices.getByRole('group', { name: 'По умениям' }).getByRole('button', { name: 'vip' }).click();
  await expect(choices.getByRole('checkbox', { checked: true })).toHaveCount(2);
  await expect(choices.getByRole('button', { name: 'vip' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Операторы: vip' })).toBeVisible();
  await expect.poll(async () => (await shown(page)).map(([name]) => name)).toEqual(['Оператор', 'Анна Петрова', 'Борис Ким', 'Итого']);
  expect(new URL(page.url()).hash).toMatch(/operators=1(,|%2C)3/);
});

test('of many operators the fairness chart shows as many as fit, and says so; the printed one has all', async ({ desk, console: page }) => {
  const weights: Record<number, number> = {};
  for (let nth = 1; nth <= 25; nth++) weights[(await desk.operator(`Оператор ${nth}`)).id] = 10;
  const bot = await desk.source('Бот', weights);
  for (let nth = 1; nth <= 3; nth++) await desk.contact(bot, `x${nth}`);
  await report(page, 'view=fairness');
  await expect(page.getByTestId('drawn-part')).toContainText(/На графике \d из 25 операторов/);
  await expect(page.getByTestId('chart').locator('svg')).toBeVisible();
  await expect(table(page).getByRole('row')).toHaveCount(1 + 25 + 1); // the head, and the sum
  const hidden = () => page.getByTestId('drawn').evaluate(({ firstElementChild: inside }) => (inside ? inside.scrollHeight - inside.clientHeight : -1));
  await expect.poll(hidden, 'nothing of the drawing has to be scrolled to').toBeLessThanOrEqual(1);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await expect(page.getByTestId('drawn-part')).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  const charts = await page.getByTestId('chart').evaluateAll((places) =>
    places.map((place) => ({
      names: [...place.querySelectorAll('svg text')].map((text) => text.textContent ?? '').filter((text) => text.startsWith('Оператор')),
      shares: [...place.querySelectorAll('svg text')].map((text) => text.textContent ?? '').filter((text) => text.endsWith('%')),
      height: (place.parentElement ?? place).getBoundingClientRect().height,
    })),
  );
  expect(charts.flatMap(({ names }) => names)).toHaveLength(25);
  expect(charts).toHaveLength(2);
  expect(charts[1]?.shares, 'bars of both can be compared').toEqual(charts[0]?.shares);
  for (const { height } of charts) expect(height, 'no page cuts it: A4 has 703 px between the margins').toBeLessThan(703);
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(page.locator('html'), 'can be printed again').toHaveAttribute('data-ready', 'true');
  await expect(page.getByTestId('drawn-part')).toBeVisible();
});

test('filters survive a reload, and can be set with the keyboard', async ({ desk, console: page }) => {
  await morning(desk);
  await report(page, 'by=operator');
  await expect(received(page)).toHaveText('17');
  await page.getByRole('button', { name: 'Источники' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox', { name: 'ВКонтакте' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await expect(received(page)).toHaveText('4');
  await table(page).getByRole('button', { name: 'Поступило' }).click();
  const counted = async () => (await shown(page)).map((row) => row.slice(0, 6)); // load keeps growing
  const before = await counted();
  await page.reload();
  await expect(received(page)).toHaveText('4');
  expect(await counted()).toEqual(before);
  await expect(page.getByRole('button', { name: 'Источники: ВКонтакте' })).toBeVisible();
  await expect(table(page).getByRole('columnheader', { name: 'Поступило' })).toHaveAttribute('aria-sort', 'descending');
  await page.getByRole('button', { name: 'Сбросить фильтры' }).click();
  await expect(received(page)).toHaveText('17');
});

test('every number of contacts leads to exactly as many, and each of them to its card', async ({ desk, console: page }) => {
  await morning(desk);
  let followed = 0;
  for (const view of ['by=operator', 'by=source', 'by=hour', 'view=heat_map', 'view=waits', 'view=load', 'view=fairness']) {
    await report(page, view);
    const link = table(page).locator('a');
    await expect(link.first()).toBeVisible();
    const numbers = await link.evaluateAll((links: HTMLAnchorElement[]) => links.map((one) => ({ said: one.innerText, hash: one.hash })));
    // contacts that still wait move to another class meanwhile
    const lasting = numbers.filter(({ hash }) => !/wait_from_ms%3D[1-9]/.test(hash));
    for (const { said, hash } of lasting.slice(0, 12)) {
      await page.evaluate((address) => (location.hash = address), hash);
      await expect(page.getByTestId('list-count'), hash).toHaveText(new RegExp(`^${said} `));
      await expect(page.getByTestId('listed-contact')).toHaveCount(Number(said));
      followed++;
    }
  }
  expect(followed).toBeGreaterThan(30);
  await page.getByTestId('listed-contact').first().getByRole('button').click();
  await expect(page.getByRole('dialog').getByRole('table')).toBeVisible();
});

test('a downloaded CSV has the rows of the table, and a chart is saved as a picture', async ({ desk, console: page }) => {
  await morning(desk);
  await report(page, 'by=operator');
  await expect(table(page)).toContainText(HOSTILE);
  await page.getByRole('button', { name: 'Скачать' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'CSV' }).click()]);
  expect(download.suggestedFilename()).toMatch(/^switchyard-summary-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  const records: string[][] = parse(readFileSync(await download.path(), 'utf8'), { bom: true, delimiter: ';', relax_column_count: true });
  const screen = await shown(page);
  const [headings = [], ...rows] = records;
  const picked = ['Оператор', 'Поступило', 'Повторные', 'Ждали', 'Ждут сейчас', 'Назначений', 'Закрыто'];
  const inFile = rows.map((row) => picked.map((name) => row[headings.indexOf(name)]?.replace(/^'/, '')));
  const [screenHeadings = [], ...screenRows] = screen;
  expect(screenRows.length).toBeGreaterThan(3);
  expect(inFile).toEqual(screenRows.map((row) => picked.map((name) => row[screenHeadings.indexOf(name)])));

  await report(page, 'view=heat_map');
  await expect(page.getByTestId('chart').locator('svg')).toBeVisible();
  const [picture] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'PNG' }).click()]);
  const png = readFileSync(await picture.path());
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.readUInt32BE(16), 'twice the width on the screen').toBe(2 * (await page.getByTestId('chart').evaluate((chart) => chart.clientWidth)));
  expect(png.length).toBeGreaterThan(10_000);
});

test('a summary by tag counts each operator under their tags, on the screen as in the file, and leads to these contacts', async ({ desk, console: page }) => {
  await morning(desk);
  await desk.host.api('PATCH', '/operators/1', { tags: ['vip', 'Команда А'] });
  await desk.host.api('PATCH', '/operators/2', { tags: ['команда а'] });
  await report(page, 'by=operator');
  await page
    .getByRole('tab', { name: 'умения' })
    .or(page.getByRole('link', { name: 'умения' }))
    .click();
  const rows = async () => (await shown(page)).slice(1).map(([name, count]) => [name, count]);
  await expect.poll(rows).toEqual([
    ['vip', expect.stringMatching(/^\d+$/)],
    ['Команда А', '13'],
    ['без умений', '1'],
    ['никто', '3'],
    ['Итого', '17'],
  ]);
  await page.getByRole('button', { name: 'Скачать' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'CSV' }).click()]);
  const [headings = [], ...records]: string[][] = parse(readFileSync(await download.path(), 'utf8'), { bom: true, delimiter: ';', relax_column_count: true });
  expect(headings.slice(0, 2)).toEqual(['ID операторов', 'Умение']);
  expect(records.map(([ids, tag, count]) => [ids, tag, count]).slice(1)).toEqual([
    ['1, 2', 'Команда А', '13'],
    ['3', 'без умений', '1'],
    ['0', 'никто', '3'],
    ['', 'Итого', '17'],
  ]);
  await table(page).getByRole('row').filter({ hasText: 'Команда А' }).getByRole('link').first().click();
  await expect(page.getByText('13 обращений').first()).toBeVisible();
});

test('a report is written into a folder on schedule, and the log shows it', async ({ desk, console: page }) => {
  await morning(desk);
  await report(page, 'by=source');
  await page.getByRole('button', { name: 'Скачать' }).click();
  await page.getByRole('menuitem', { name: 'По расписанию' }).click();
  const folder = page.getByRole('textbox', { name: 'Папка' });
  await folder.fill('no/such/folder');
  await page.getByRole('button', { name: 'Добавить' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
  await folder.fill(desk.host.ready.dataDir);
  await page.getByRole('button', { name: 'Добавить' }).click();
  await expect(page.getByTestId('schedule')).toContainText('каждый день в 07:00');
  await page.getByRole('button', { name: 'Записать сейчас' }).click();
  await expect(page.getByTestId('export-run')).toContainText('.xlsx');
  await page.getByRole('button', { name: 'Удалить' }).click();
  await page.getByRole('button', { name: 'Удалить' }).click();
  await expect(page.getByTestId('schedule')).toHaveCount(0);
});

test('on paper the table is complete, light and as wide as the paper, without controls', async ({ desk, page }) => {
  await morning(desk);
  await page.emulateMedia({ colorScheme: 'dark' });
  await openConsole(page, desk);
  await report(page, 'view=heat_map');
  await expect(page.locator('html')).toHaveAttribute('data-ready', 'true');
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--surface'));
  const dark = await ground();
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  expect(await ground()).not.toBe(dark);
  expect(await page.getByTestId('chart').locator('svg').getAttribute('width')).toBe('1046');
  await page.emulateMedia({ media: 'print' });
  await expect(table(page).locator('tbody tr')).toHaveCount(7 * 24);
  await expect(table(page).locator('thead').getByRole('button'), 'Chromium repeats a head with buttons without its texts').toHaveCount(0);
  await expect(table(page).locator('thead'), 'on each page').toHaveCSS('position', 'static');
  await expect(page.getByTestId('pulse')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Скачать' })).toBeHidden();
  await expect(page.getByRole('heading', { name: /Поступление по часам · / })).toBeVisible();
  await expect(page.getByText(/часовой пояс .+/)).toBeVisible();
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  expect(await ground()).toBe(dark);
  const place = await page.getByTestId('chart').evaluate(({ clientWidth }) => clientWidth);
  expect(place, 'back in its place on the screen').not.toBe(1046);
  await expect(page.getByTestId('chart').locator('svg')).toHaveAttribute('width', String(place));
});

test('on paper the summary has its chart, and its columns in parts that fit the page, each with the names', async ({ desk, console: page }) => {
  await morning(desk);
  await page.setViewportSize({ width: 1046, height: 680 }); // the paper between its margins
  for (const by of ['operator', 'day']) {
    await report(page, `by=${by}`);
    await expect(page.locator('html')).toHaveAttribute('data-ready', 'true');
    await expect(page.getByTestId('chart'), 'not on the screen').toHaveCount(0);
    const headings = ((await shown(page))[0] ?? []).map((heading) => heading.replaceAll(/\s+/g, ' '));
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByTestId('chart').locator('svg')).toHaveAttribute('width', '1046');
    const parts = await table(page).evaluateAll((tables) =>
      tables.map((part) => ({
        headings: [...((part as HTMLTableElement).rows[0]?.cells ?? [])].map((cell) => cell.innerText.replaceAll(/\s+/g, ' ').trim()),
        names: [...(part as HTMLTableElement).rows].map((row) => row.cells[0]?.innerText.trim()),
        fits: part.getBoundingClientRect().right <= innerWidth && part.scrollWidth <= innerWidth,
        small: Math.min(...[...part.querySelectorAll('td')].map((cell) => Number.parseFloat(getComputedStyle(cell).fontSize))),
      })),
    );
    expect(parts.length).toBe(2);
    expect(parts.flatMap((part, nth) => (nth === 0 ? part.headings : part.headings.slice(1)))).toEqual(headings);
    expect(parts[1]?.names).toEqual(parts[0]?.names);
    expect(parts.map(({ fits, small }) => [fits, small])).toEqual([
      [true, 11],
      [true, 11],
    ]);
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    await expect(table(page)).toHaveCount(1);
  }
});

test('a list of contacts is exported as PDF in the language of the reader, not of the host', async ({ desk, page }) => {
  await morning(desk);
  await page.addInitScript(() => localStorage.setItem('switchyard.language', 'en'));
  await openConsole(page, desk);
  await report(page, 'by=operator');
  await received(page).click();
  await expect(page.getByTestId('list-count')).toHaveText('17 contacts');
  await page.getByRole('button', { name: 'Download' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Page as PDF' }).click()]);
  const file = readFileSync(await download.path());
  expect([file.subarray(0, 5).toString(), /\/Lang \((.*?)\)/.exec(file.toString('latin1'))?.[1]]).toEqual(['%PDF-', 'en']);
});

test('nothing in a report is cut off without an indication, from 1024 to 2560 px', async ({ desk, page }) => {
  await morning(desk);
  const long = await desk.operator('Константинопольская-Задунайская Александра Владиславовна', 30);
  const form = await desk.source('Форма на сайте о подключении', { [long.id]: 900 });
  for (let nth = 1; nth <= 5; nth++) await desk.contact(form, `form-${nth}`, 'Полина');
  for (const [language, widths] of [
    ['ru', [1024, 1280, 1440, 1600, 1920, 2560]],
    ['en', [1024, 1920]],
  ] as const) {
    await page.addInitScript((kept) => localStorage.setItem('switchyard.language', kept), language);
    await openConsole(page, desk);
    for (const view of ['summary', 'heat_map', 'load', 'load&period=today', 'load&period=week', 'waits', 'fairness', 'service']) {
      await report(page, `view=${view}`);
      await expect(page.locator('html')).toHaveAttribute('data-ready', 'true');
      for (const width of widths) {
        await page.setViewportSize({ width, height: Math.round(width * 0.6) });
        await expect.poll(() => cutOff(page.getByTestId('reports')), `${view} at ${width}, ${language}`).toEqual([]);
      }
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await report(page, 'view=summary');
  const frame = page.getByTestId('report-table');
  await expect(frame).toHaveAttribute('data-right');
  const withoutShadow = async () => {
    await frame.evaluate((element) => element.removeAttribute('data-right'));
    return cutOff(page.getByTestId('reports'));
  };
  await expect.poll(withoutShadow, 'a table without its shadow').toEqual([expect.stringContaining('goes on unseen')]);
  await frame.evaluate((element) => element.firstElementChild?.scrollTo({ left: 10_000 }));
  await expect(frame).toHaveAttribute('data-left');
  await expect(frame).not.toHaveAttribute('data-right');
});

test('a day is typed in the reader’s format, or chosen from a calendar', async ({ desk, console: page }) => {
  await morning(desk);
  await report(page, 'view=waits');
  const from = page.getByRole('textbox', { name: 'С какого дня' });
  const to = page.getByRole('textbox', { name: 'По какой день' });
  await expect(to).toHaveValue(/^\d\d\.\d\d\.20\d\d$/);
  await to.fill('24.10.26');
  await to.press('Enter');
  await expect(to).toHaveValue('24.10.2026');
  await from.fill('2026-03-01');
  await to.focus(); // leaving the field is enough
  await expect(from).toHaveValue('01.03.2026');
  await expect.poll(() => page.url()).toContain('from=2026-03-01&to=2026-10-24');

  await from.fill('31.04.2026');
  await from.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Такого дня в календаре нет');
  await expect(from).toHaveAccessibleDescription(/Такого дня в календаре нет/);
  await from.fill('позавчера');
  await from.press('Enter');
  await expect(page.getByRole('alert')).toContainText('не похоже на дату');
  await from.press('Escape');
  await expect(page.getByRole('alert')).toBeHidden();
  await expect(from).toHaveValue('01.03.2026');
  await from.fill('');
  await from.press('Enter');
  await expect(from, 'a report always has a period').toHaveValue('01.03.2026');
  expect(page.url()).toContain('from=2026-03-01&to=2026-10-24');

  await from.press('ArrowDown');
  const month = page.getByRole('dialog', { name: 'С какого дня: календарь' });
  await expect(month.getByRole('button', { name: 'март 2026' })).toBeVisible();
  await expect(month.getByRole('columnheader').first()).toHaveText('пн');
  await expect(month.getByRole('button', { name: '1 марта 2026', exact: true })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(month).toBeHidden();
  await expect(from).toHaveValue('09.03.2026');
  await expect(from).toBeFocused();
  await from.fill('1.12.2026');
  await from.press('Enter');
  await expect(to, 'it goes along').toHaveValue('01.12.2026');

  await page.getByRole('button', { name: 'Switch to English' }).click();
  await expect(page.getByRole('textbox', { name: /^First day|^From/ })).toHaveValue('12/01/2026');
});
