/** Console sessions in a browser: how they start, last and end. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeOpener } from '#shells/headless/open-browser.ts';
import { expect, openConsole, runInShell, test } from '../harness/desk.ts';

const sessions = (page: Page) => page.getByTestId('sessions');
const closed = (page: Page) => page.getByTestId('closed');
const kept = (page: Page) => page.evaluate(() => localStorage.getItem('switchyard.session'));

test('a link leaves no trace, and its session applies to every tab, also after a reload', async ({ desk, page, context }) => {
  await desk.operator('Анна');
  const link = await desk.link();
  await page.goto(`${link}#/operators`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Операторы');
  expect(page.url()).toBe(`${desk.host.ready.apiUrl}/console/#/operators`);
  const secret = (await kept(page))?.split('.')[1] ?? '';
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(await page.content(), 'the page has it no longer').not.toContain(secret);
  expect(await context.cookies()).toEqual([]);
  await page.reload();
  await expect(page.getByTestId('pulse')).toBeVisible();
  const other = await context.newPage();
  await other.goto(`${desk.host.ready.apiUrl}/console/#/live`);
  await expect(other.getByTestId('pulse')).toBeVisible();
  await other.goto(link);
  await expect(other.getByRole('heading')).toHaveText('Эта ссылка уже использована или устарела');
  await other.getByRole('link', { name: 'Пульт уже был открыт в этом браузере?' }).click();
  await expect(other.getByTestId('pulse')).toBeVisible();
});

test('the secret of a session is never sent: neither in a request nor over the socket', async ({ desk, page }) => {
  const sent: string[] = [];
  page.on('request', (request) => sent.push(JSON.stringify([request.url(), request.headers(), request.postData()])));
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(payload.toString())));
  await openConsole(page, desk);
  await page.reload();
  await expect(page.getByTestId('pulse')).toBeVisible();
  const secret = (await kept(page))?.split('.')[1] ?? 'none';
  await expect.poll(() => sent.filter((text) => text.includes('"proof"'))).toHaveLength(2); // the pulse may be there before the second is reported
  expect(sent.filter((text) => text.includes(secret))).toEqual([]);
});

test('the file that opens a browser leads to the console', async ({ desk, page }) => {
  const file = join(desk.host.ready.dataDir, 'open-console.html');
  writeOpener(file, { url: await desk.link(), text: 'x' });
  await page.goto(`file://${file}`);
  await expect(page.getByTestId('pulse')).toBeVisible();
});

for (const language of ['ru', 'en'] as const)
  test.describe(language, () => {
    test.use({ language });

    test('a browser without a session explains how to get a link, and shows nothing else', async ({ desk, page }, info) => {
      await desk.operator('Анна');
      await page.goto(`${desk.host.ready.apiUrl}/console/#/operators`);
      const says = {
        ru: ['У этого браузера нет сеанса', 'Настройки → Сеансы → Новая ссылка'],
        en: ['This browser has no session', 'Settings → Sessions → New link'],
      };
      for (const text of says[language]) await expect(closed(page)).toContainText(text);
      await expect(closed(page)).toContainText(`${desk.host.ready.apiUrl}/console-links`);
      await expect(page.getByText('Анна')).toHaveCount(0);
      await page.screenshot({ path: info.outputPath('closed.png') });
      await page.getByRole('button', { name: language === 'ru' ? 'Switch to English' : 'Переключить на русский' }).click();
      await expect(closed(page)).toContainText(says[language === 'ru' ? 'en' : 'ru'][0] ?? '');
      await page.goto(`${desk.host.ready.apiUrl}/console/?token=spent`);
      await page.screenshot({ path: info.outputPath('spent.png') });
    });
  });

test('the command shown to a browser without a session prints a link when pasted into a terminal', async ({ desk, page }) => {
  await page.goto(`${desk.host.ready.apiUrl}/console/`);
  const line = await closed(page).locator('pre').textContent();
  const { url } = (await runInShell(`cd '${desk.host.ready.dataDir}' && ${line}`)) as { url: string };
  await page.goto(url);
  await expect(page.getByTestId('pulse')).toBeVisible();
});

test('sessions are listed in Settings; a link from there opens another browser, and ending that one closes it at once', async ({
  desk,
  console: page,
  browser,
}, info) => {
  await desk.operator('Анна');
  await page.getByRole('link', { name: 'Настройки' }).click();
  await expect(sessions(page)).toContainText('Chrome, Linux (этот браузер)');
  await sessions(page).getByRole('button', { name: 'Новая ссылка' }).click();
  const link = (await page.getByTestId('console-link').textContent()) ?? '';
  const context = await browser.newContext({ locale: 'ru-RU', userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0' });
  const other = await context.newPage();
  await other.goto(link);
  await expect(other.getByTestId('pulse')).toBeVisible();
  await page.reload();
  await expect(sessions(page)).toContainText('Firefox, Windows');
  await sessions(page).scrollIntoViewIfNeeded();
  await sessions(page).screenshot({ path: info.outputPath('sessions.png') });
  const end = sessions(page).getByRole('button', { name: /Завершить сеанс: Firefox, Windows/ });
  await end.click();
  await end.click();
  await expect(sessions(page)).not.toContainText('Firefox, Windows');
  await expect(closed(other)).toContainText('Сеанс закончился');
  expect(await kept(other)).toBeNull();
  await other.reload();
  await expect(closed(other)).toBeVisible();
  await expect(page.getByTestId('pulse')).toBeVisible();
  await context.close();
});

test('signing out applies to all tabs of the browser, and a link in one of them opens them all again', async ({ desk, console: page, context }) => {
  const other = await context.newPage();
  await other.goto(`${desk.host.ready.apiUrl}/console/`);
  await expect(other.getByTestId('pulse')).toBeVisible();
  await page.getByRole('link', { name: 'Настройки' }).click();
  const out = sessions(page).getByRole('button', { name: /Выйти в этом браузере/ });
  await out.click();
  await out.click();
  for (const each of [page, other]) await expect(closed(each)).toBeVisible();
  await other.goto(await desk.link());
  for (const each of [page, other]) await expect(each.getByTestId('pulse')).toBeVisible();
});

test('a browser that follows another link has one session, not two', async ({ desk, console: page }) => {
  await openConsole(page, desk);
  await expect.poll(async () => (await desk.host.api<{ items: object[] }>('GET', '/sessions')).items.length).toBe(1);
});

test('another port can neither take the console over nor lock it out with cookies', async ({ desk, page, context }) => {
  const heard: string[] = [];
  const stranger = createServer((request, response) => {
    heard.push(JSON.stringify(request.headers));
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>x</title>');
  });
  await new Promise<void>((resolve) => {
    stranger.listen(0, '127.0.0.1', resolve);
  });
  await desk.operator('Анна');
  await openConsole(page, desk);
  const theirs = await context.newPage();
  await theirs.goto(`http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`);
  const console = `${desk.host.ready.apiUrl}/console/`;
  for (const [count, path] of [
    [3, '/'],
    [150, '/'],
    [30, '/console/ws'],
  ] as const) {
    await theirs.evaluate(
      ({ count, path, name }) => {
        // biome-ignore-start lint/suspicious/noDocumentCookie: as any page can
        document.cookie = `${name}=stranger; Path=/console/ws`;
        for (let n = 0; n < count; n++) document.cookie = `c${n}=${'x'.repeat(4000)}; Path=${path}`;
        // biome-ignore-end lint/suspicious/noDocumentCookie: as any page can
      },
      { count, path, name: `switchyard_${desk.host.ready.apiUrl.split(':').at(-1)}` },
    );
    await page.goto('about:blank');
    await page.goto(console);
    await expect(page.getByTestId('pulse')).toContainText('1 / 1'); // operators online: the board has come over the socket
  }
  const secret = (await kept(page))?.split('.')[1] ?? 'none';
  expect(heard).not.toEqual([]);
  expect(heard.filter((text) => text.includes(secret) || text.includes('switchyard'))).toEqual([]);
  stranger.close();
});
