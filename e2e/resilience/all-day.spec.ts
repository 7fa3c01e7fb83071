/** A console left open all day: its host is updated, its key changes, its socket dies silently, its clock is wrong, midnight passes. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Between } from '../harness/between.ts';
import { expect, openConsole, showsFigure, test } from '../harness/desk.ts';

test.beforeEach(({ page }) => page.addInitScript(() => localStorage.setItem('switchyard.language', 'ru')).then(() => undefined));

const line = (page: Page) => page.getByTestId('status-line');

/** Simulates an updated host: it serves a page with another script, and the previous page's files are gone. */
async function update(page: Page): Promise<void> {
  await page.route('**/console/', async (route) => {
    const answer = await route.fetch().catch(() => null); // while the host restarts
    if (!answer) return route.abort();
    await route.fulfill({ response: answer, body: (await answer.text()).replaceAll(/(src="[^"]*\/)[^/"]+\.js"/g, '$1of-another-version.js"') });
  });
}

test('a page of the previous version says so, and continues until its reader reloads it', async ({ desk, page }) => {
  const anna = await desk.operator('Анна', 9);
  await openConsole(page, desk);
  await expect(line(page)).toContainText('Соединение есть');
  await update(page);
  await desk.host.restart();
  await expect(line(page)).toContainText('Switchyard обновлён, а эта страница — прежней версии.', { timeout: 20_000 });
  await desk.contact(await desk.source('VK', { [anna.id]: 1 }), 'a', 'Мария');
  await expect(page.getByTestId('recent'), 'it still follows').toContainText('Мария');
  await page.unroute('**/console/');
  await line(page).getByRole('button', { name: 'Перезагрузить' }).click();
  await expect(line(page)).toContainText(/С \d\d:\d\d:\d\d до \d\d:\d\d:\d\d обращения не принимались: Switchyard был закрыт\./);
  await line(page).getByRole('button', { name: 'Понятно' }).click();
  await expect(line(page)).toContainText('Соединение есть');
});

test('a screen, a card or the palette whose file is missing says so, and the rest of the page works', async ({ desk, page }) => {
  const anna = await desk.operator('Анна', 9);
  await desk.contact(await desk.source('VK', { [anna.id]: 1 }), 'a', 'Мария');
  await page.route(/\/assets\/rest-.*\.js/, (route) => route.fulfill({ status: 404, body: '' }));
  await openConsole(page, desk);
  const missing = page.getByRole('alert').filter({ hasText: 'Эта часть страницы не загрузилась' });
  await page.getByRole('link', { name: 'Журнал' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Эта часть страницы не загрузилась');
  await expect(page.getByTestId('pulse')).toBeVisible();
  await page.getByRole('link', { name: 'Смена' }).click();
  await expect(page.getByTestId('operator-row-1')).toContainText('Анна');
  await page.evaluate(() => {
    location.hash = '#/live?lead=1';
  });
  await expect(page.getByRole('dialog')).toContainText('Эта часть страницы не загрузилась');
  await page.keyboard.press('Escape');
  await expect(missing).toBeHidden();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toContainText('Эта часть страницы не загрузилась');
  await page.keyboard.press('Escape');
  await expect(missing).toBeHidden();
  await expect(page.getByTestId('operator-row-1')).toContainText('Анна');
});

test('after the key was changed the console shows no data, and explains how to open it again', async ({ desk, page }) => {
  await desk.operator('Анна', 9);
  await openConsole(page, desk);
  await expect(line(page)).toContainText('Соединение есть');
  await desk.host.running.stop();
  rmSync(join(desk.host.ready.dataDir, 'admin-token'));
  await desk.host.restart();
  const closed = page.getByTestId('closed');
  await expect(closed).toContainText('Сеанс закончился', { timeout: 20_000 });
  await expect(closed).toContainText('Настройки → Сеансы → Новая ссылка');
  await expect(page.getByText('Анна')).toHaveCount(0);
  desk.host.readToken();
  await page.goto(await desk.link());
  await expect(line(page)).toContainText('Switchyard был закрыт');
});

test('a socket that died silently is detected, and the page is up to date again', async ({ desk, page }) => {
  await page.clock.install();
  const between = await Between.stand(page);
  const anna = await desk.operator('Анна', 9);
  const source = await desk.source('VK', { [anna.id]: 1 });
  await openConsole(page, desk);
  await expect(line(page)).toContainText('Соединение есть');
  between.deafen();
  await desk.contact(source, 'a', 'Мария');
  await page.clock.runFor(20_000); // as after sleep: the next heartbeat is requested and does not come
  await expect(page.getByTestId('recent')).toContainText('Мария', { timeout: 20_000 });
});

for (const [behind, minutes] of [
  ['behind', -7],
  ['ahead', 7],
] as const)
  test(`a browser whose clock is ${Math.abs(minutes)} minutes ${behind} shows the true duration`, async ({ desk, page }) => {
    const anna = await desk.operator('Анна', 1);
    const source = await desk.source('VK', { [anna.id]: 1 });
    // oxlint-disable-next-line no-restricted-properties -- the date the page starts from
    await page.clock.install({ time: Date.now() + minutes * 60_000 });
    await openConsole(page, desk);
    for (const name of ['a', 'b']) await desk.contact(source, name);
    await page.clock.runFor(3_000);
    await expect(page.getByTestId('pulse-oldest')).toContainText(/\d{1,2} с/);
    await page.clock.runFor(60_000);
    await expect(page.getByTestId('pulse-oldest')).toContainText(/01:\d\d/);
  });

test('at midnight figures of today become those of yesterday by themselves', async ({ desk, page }) => {
  const anna = await desk.operator('Анна', 9);
  await desk.contact(await desk.source('VK', { [anna.id]: 1 }), 'a', 'Мария');
  await page.clock.install();
  await openConsole(page, desk);
  await showsFigure(page, 'today', 1);
  await expect(page.getByTestId(`operator-row-${anna.id}`).getByTitle('Обращения, назначенные оператору сегодня')).toHaveText('1');
  await page.clock.fastForward(24 * 3_600_000);
  await expect(page.getByTestId(`operator-row-${anna.id}`).getByTitle('Обращения, назначенные оператору сегодня')).toHaveText('0');
  await expect(page.getByTestId('pulse-today'), 'the host has not said anything of this day').toContainText(/^–/);
});

/** Formats a moment in a time zone as `01:59:30`. */
const clockIn = (timeZone: string, at: string) => new Intl.DateTimeFormat('ru', { timeStyle: 'medium', timeZone }).format(Date.parse(at));

test('an open console follows a host that moved to another time zone', async ({ desk, page }) => {
  const anna = await desk.operator('Анна', 9);
  const contact = await desk.contact(await desk.source('VK', { [anna.id]: 1 }), 'a', 'Мария');
  await openConsole(page, desk);
  const decision = page.getByTestId('recent').getByRole('row').filter({ hasText: 'Мария' });
  for (const zone of ['Asia/Vladivostok', 'America/St_Johns', 'MSK-3']) {
    await desk.host.restart({ TZ: zone });
    await expect(decision, zone).toContainText(clockIn(zone === 'MSK-3' ? '+03:00' : zone, contact.created_at), { timeout: 20_000 });
  }
});

/** Runs page and host on another day: every time the host reports is shifted by the same amount. */
async function travel(page: Page, to: string): Promise<void> {
  // oxlint-disable-next-line no-restricted-properties -- the date the page starts from
  const ahead = Date.parse(to) - Date.now();
  await page.clock.install({ time: to });
  await page.routeWebSocket(/\/console\/ws/, (console) => {
    const host = console.connectToServer();
    console.onMessage((message) => host.send(message));
    host.onMessage((message) =>
      console.send(typeof message === 'string' ? message.replace(/"now":(\d{13})/, (_, now) => `"now":${Number(now) + ahead}`) : message),
    );
  });
}

for (const [zone, before, shown, after] of [
  ['Europe/Berlin', '2027-03-28T00:59:30Z', '01:59', '03:00'],
  ['Europe/Berlin', '2027-10-31T00:59:30Z', '02:59', '02:00'],
  ['Africa/Cairo', '2027-04-29T21:59:30Z', '23:59', '01:00'], // midnight is skipped that night
] as const)
  test(`in the night to ${before.slice(0, 10)} the clocks of ${zone} change under an open console, and no waiting time does`, async ({ desk, page }) => {
    await desk.host.restart({ TZ: zone });
    const anna = await desk.operator('Анна', 1);
    const source = await desk.source('VK', { [anna.id]: 1 });
    await desk.contact(source, 'a');
    const { created_at } = await desk.contact(source, 'b');
    await travel(page, before);
    await openConsole(page, desk);
    await page.evaluate(() => {
      location.hash = '#/wallboard';
    });
    const waited = (at: number) => {
      const hours = Math.floor((at - Date.parse(created_at)) / 3_600_000);
      return hours % 24 === 0 ? `${hours / 24} д` : `${Math.floor(hours / 24)} д ${hours % 24} ч`;
    };
    const wall = page.getByTestId('wallboard');
    await expect(wall).toContainText(shown);
    await expect(page.getByTestId('wall-oldest')).toContainText(waited(Date.parse(before)));
    await page.clock.runFor(31_000);
    await expect(wall).toContainText(after);
    await expect(page.getByTestId('wall-oldest')).toContainText(waited(Date.parse(before) + 32_000));
  });
