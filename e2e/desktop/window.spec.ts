import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contact, Operator, Source } from '#shared/contract/entities.ts';
import { Desktop, executablePath, expect, root, test } from './desktop.ts';

test('the window shows a contact posted over HTTP, and its switch applies to the next one', async ({ desktop }) => {
  const { page } = desktop;
  await desktop.picture('welcome');
  const anna = await desktop.api<Operator>('POST', '/operators', { name: 'Анна', max_load: 7 });
  const boris = await desktop.api<Operator>('POST', '/operators', { name: 'Борис', max_load: 7 });
  const source = await desktop.api<Source>('POST', '/sources', { name: 'Telegram' });
  await desktop.api('PUT', `/operators/${anna.id}/competences/${source.id}`, { weight: 1000 });
  await desktop.api('PUT', `/operators/${boris.id}/competences/${source.id}`, { weight: 1 });
  await desktop.api('PATCH', `/operators/${boris.id}`, { is_active: false });
  const first = await desktop.api<Contact>('POST', '/contacts', { source_id: source.id, external_id: 'tg-1', name: 'Иван' });
  expect(first.operator_id).toBe(anna.id);
  await expect(page.getByTestId(`operator-row-${anna.id}`)).toContainText('1 / 7');
  await expect(page.getByTestId('recent')).toContainText('Иван');

  for (const [name, on] of [
    ['Борис', true],
    ['Анна', false],
  ] as const) {
    const control = page.getByRole('switch', { name: `На линии: ${name}` });
    await control.press('Space');
    await expect(control).toBeChecked({ checked: on });
    await expect(control).not.toHaveAttribute('aria-busy', 'true');
  }
  const second = await desktop.api<Contact>('POST', '/contacts', { source_id: source.id, external_id: 'tg-2' });
  expect(second.operator_id).toBe(boris.id);
  await expect(page.getByTestId(`operator-row-${boris.id}`)).toContainText('1 / 7');
  await desktop.picture('live');

  await page.reload();
  await expect(page.getByTestId(`operator-row-${boris.id}`)).toContainText('1 / 7');
});

test('the page gets a pipe to its host and no other access', async ({ desktop }) => {
  const { page, app } = desktop;
  expect(page.url()).toMatch(/^app:\/\/switchyard\//);
  const seen = await page.evaluate(async () => ({
    bridge: Object.keys(Reflect.get(window, 'switchyard') as object).sort(),
    node: [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')],
    outside: (await fetch('/..%2f..%2fpackage.json')).status,
    policy: (await fetch('/index.html')).headers.get('content-security-policy'),
    popup: window.open('https://example.com/') === null,
    notifications: await Notification.requestPermission(),
  }));
  expect(seen).toMatchObject({ bridge: ['listen', 'post'], node: ['undefined', 'undefined'], outside: 404, popup: true, notifications: 'denied' });
  expect(seen.policy).toContain("default-src 'none'");
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
    const { sandbox, contextIsolation, nodeIntegration, webSecurity } = contents.getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration, webSecurity };
  });
  expect(preferences).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true });

  // last, because Playwright keeps waiting for a refused navigation
  const refused = app.evaluate(
    ({ BrowserWindow }) =>
      new Promise((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        contents?.once('will-navigate', (event) => setImmediate(() => resolve([event.defaultPrevented, contents.getURL()])));
        void contents?.executeJavaScript("location.href = 'https://example.com/'; 0");
      }),
  );
  expect(await refused).toEqual([true, expect.stringMatching(/^app:/)]);
});

test('a second start shows the first window and exits with code 3; closing the window ends the app and saves its position', async ({ desktop, dataDir }) => {
  const { app } = desktop;
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setBounds({ x: 60, y: 40, width: 1000, height: 700 }));
  const second = spawn(executablePath, [root, '--json', '--lang', 'en', '--port', '0', '--data-dir', dataDir], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  second.stderr.on('data', (data: Buffer) => {
    said += data;
  });
  expect((await once(second, 'close'))[0]).toBe(3);
  expect(said).toContain(`Switchyard is already running on ${dataDir} (process ${desktop.pid}).`);

  expect(await desktop.close()).toBe(0);
  const again = await Desktop.start(dataDir);
  expect(await again.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toMatchObject({ width: 1000, height: 700 });
  await again.app.close();
});

test('a window on a disconnected screen, or above it, moves to where its title bar can be reached', async ({ desktop, dataDir }) => {
  expect(await desktop.close()).toBe(0);
  for (const bounds of [
    { x: 9000, y: 100, width: 1000, height: 700 },
    { x: 100, y: -400, width: 1000, height: 700 },
  ]) {
    writeFileSync(join(dataDir, 'window', 'window.json'), JSON.stringify({ bounds, is_maximized: false }));
    const again = await Desktop.start(dataDir);
    const { shown, area } = await again.app.evaluate(({ BrowserWindow, screen }) => ({
      shown: BrowserWindow.getAllWindows()[0]?.getBounds() ?? { x: 0, y: -1, width: 0, height: 0 },
      area: screen.getPrimaryDisplay().workArea,
    }));
    expect(shown).toMatchObject({ width: 1000, height: 700 });
    expect(shown.y).toBeGreaterThanOrEqual(area.y);
    expect(shown.x + 80).toBeLessThanOrEqual(area.x + area.width);
    expect(await again.close()).toBe(0);
  }
});
