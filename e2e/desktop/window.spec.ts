/** The desktop app in a real Electron: the one that the `electron` package finds. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test';
import type { Contact, Operator, Source } from '#shared/contract/entities.ts';
import type { Holder } from '#shells/instance-lock.ts';
import { call, temporaryDataDir } from '#shells/testing/host-process.ts';

const root = join(import.meta.dirname, '..', '..');
const executablePath = createRequire(import.meta.url)('electron') as unknown as string; // under Node.js the package is the path of its binary

class Desktop {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly pid: number;
  readonly #apiUrl: string;
  readonly #token: string;

  private constructor(app: ElectronApplication, page: Page, dataDir: string) {
    this.app = app;
    this.page = page;
    const holder = JSON.parse(readFileSync(join(dataDir, 'host.json'), 'utf8')) as Holder;
    this.pid = holder.pid;
    this.#apiUrl = holder.api_url ?? '';
    this.#token = readFileSync(join(dataDir, 'admin-token'), 'utf8').trim();
  }

  static async start(dataDir: string): Promise<Desktop> {
    const app = await _electron.launch({ executablePath, args: [root, '--json', '--port', '0', '--lang', 'ru', '--data-dir', dataDir] });
    const page = await app.firstWindow();
    await page.getByTestId('pulse').waitFor();
    return new Desktop(app, page, dataDir);
  }

  async api<T>(method: string, path: string, body?: object): Promise<T> {
    return (await call<T>(this.#apiUrl, this.#token, method, path, body)).body;
  }

  /** Closes the window as a user does; the app ends with it. */
  async close(): Promise<number | null> {
    const ended = once(this.app.process(), 'exit') as Promise<[number | null]>;
    await this.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    return (await ended)[0];
  }
}

let dataDir: string;
let desktop: Desktop;
test.beforeEach(async () => {
  dataDir = temporaryDataDir();
  desktop = await Desktop.start(dataDir);
});
test.afterEach(async () => {
  await desktop.app.close().catch(() => undefined);
  rmSync(join(dataDir, '..'), { recursive: true, force: true });
});

async function picture(name: string): Promise<void> {
  mkdirSync(join(root, 'screenshots'), { recursive: true });
  await desktop.page.screenshot({ path: join(root, 'screenshots', `desktop-${name}.png`) });
}

test('the window shows a contact posted over HTTP, and its switch is obeyed by the next one', async () => {
  const { page } = desktop;
  await picture('welcome');
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
  await picture('live');

  await page.reload();
  await expect(page.getByTestId(`operator-row-${boris.id}`)).toContainText('1 / 7');
});

test('the page gets a pipe to its host and nothing else of the machine', async () => {
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

  // last, because Playwright goes on waiting for a navigation that is refused
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

test('a second start wakes the first window and ends with code 3; closing the window ends the app and keeps its place', async () => {
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
  desktop = await Desktop.start(dataDir);
  expect(await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toMatchObject({ width: 1000, height: 700 });
});
