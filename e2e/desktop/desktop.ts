/** What every test here starts from: the app in a real Electron, the one that the `electron` package finds, with a data directory of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test';
import type { Holder } from '#shells/instance-lock.ts';
import { call, temporaryDataDir } from '#shells/testing/host-process.ts';

export { expect };

export const root = join(import.meta.dirname, '..', '..');
export const executablePath = createRequire(import.meta.url)('electron') as unknown as string; // under Node.js the package is the path of its binary

/** A zone where it is noon now: whatever the hour, the hours are not quiet. */
export function noonZone(): string {
  const offset = 12 - new Date().getUTCHours();
  return `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}

export interface Launch {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** of --lang; null: it is left out */
  readonly language?: 'ru' | 'en' | null;
}

export class Desktop {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly pid: number;
  readonly dataDir: string;
  readonly apiUrl: string;
  readonly #token: string;

  private constructor(app: ElectronApplication, page: Page, dataDir: string) {
    this.app = app;
    this.page = page;
    this.dataDir = dataDir;
    const holder = JSON.parse(readFileSync(join(dataDir, 'host.json'), 'utf8')) as Holder;
    this.pid = holder.pid;
    this.apiUrl = holder.api_url ?? '';
    this.#token = readFileSync(join(dataDir, 'admin-token'), 'utf8').trim();
  }

  static async start(dataDir: string, { args = [], env = {}, language = 'ru' }: Launch = {}): Promise<Desktop> {
    const app = await _electron.launch({
      executablePath,
      args: [root, '--json', '--port', '0', ...(language === null ? [] : ['--lang', language]), '--data-dir', dataDir, ...args],
      env: { ...(process.env as Record<string, string>), ...env }, // what is undefined is not there
    });
    const page = await app.firstWindow();
    // Tests share a display and its one pointer. When a window beside this one closes, the pointer would be found over this window, which hears of it as a
    // move with no button down and gives up the drag that a test is about to begin.
    await app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.setIgnoreMouseEvents(true);
    });
    await page.getByTestId('pulse').waitFor();
    return new Desktop(app, page, dataDir);
  }

  async api<T>(method: string, path: string, body?: object): Promise<T> {
    return (await call<T>(this.apiUrl, this.#token, method, path, body)).body;
  }

  /** Closes the window as a user does; the app ends with it. */
  async close(): Promise<number | null> {
    const ended = once(this.app.process(), 'exit') as Promise<[number | null]>;
    await this.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    return (await ended)[0];
  }

  /** Whether the window is on the screen. */
  isVisible(): Promise<boolean> {
    return this.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);
  }

  async picture(name: string): Promise<void> {
    mkdirSync(join(root, 'screenshots'), { recursive: true });
    await this.page.screenshot({ path: join(root, 'screenshots', `desktop-${name}.png`) });
  }
}

/**
 * Gives this worker a display of its own where Xvfb is at hand. On a shared one a window takes the focus from another worker's when it opens, and keys of the
 * menu count in the active window only. The answer ends it.
 */
async function openDisplay(): Promise<() => void> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise<string | null>((resolve) => {
    server.stdio[3]?.once('data', (data: Buffer) => resolve(String(data).trim()));
    for (const event of ['error', 'exit']) server.once(event, () => resolve(null));
  });
  if (number !== null) process.env.DISPLAY = `:${number}`;
  return () => server.kill();
}

interface Fixtures {
  dataDir: string;
  /** started with `launch` */
  desktop: Desktop;
}

export const test = base.extend<Fixtures & { launch: Launch }, { display: null }>({
  display: [
    async ({ browserName }, use) => {
      void browserName;
      const close = await openDisplay();
      await use(null);
      close();
    },
    { scope: 'worker', auto: true },
  ],
  launch: [{}, { option: true }],
  dataDir: async ({ browserName }, use) => {
    void browserName; // Playwright wants to read what is needed, and linters want no empty pattern
    const dataDir = temporaryDataDir();
    await use(dataDir);
    rmSync(join(dataDir, '..'), { recursive: true, force: true });
  },
  desktop: async ({ dataDir, launch }, use) => {
    const desktop = await Desktop.start(dataDir, launch);
    await use(desktop);
    await desktop.app.close().catch(() => undefined); // a test may have closed it
  },
});
