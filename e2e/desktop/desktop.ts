/** Fixture of every test here: the app in a real Electron, the one that the `electron` package finds, with a data directory of its own. */
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
export const executablePath = createRequire(import.meta.url)('electron') as unknown as string; // under Node.js the package exports the path of its binary

/** A time zone where it is noon now, so that quiet hours never apply. */
export function noonZone(): string {
  const offset = 12 - new Date().getUTCHours();
  return `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}

export interface Launch {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** value of --lang; null: omitted */
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
      env: { ...(process.env as Record<string, string>), ...env }, // undefined entries are omitted
    });
    const page = await app.firstWindow();
    // Tests share a display and its one pointer. When a neighbouring window closes, the pointer ends up over this window, which sees that as a
    // move without a pressed button and cancels the drag that a test is about to start.
    await app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.setIgnoreMouseEvents(true);
    });
    await page.getByTestId('pulse').waitFor();
    return new Desktop(app, page, dataDir);
  }

  async api<T>(method: string, path: string, body?: object): Promise<T> {
    return (await call<T>(this.apiUrl, this.#token, method, path, body)).body;
  }

  /** Resolves to the app's exit code when it has ended. */
  async ended(): Promise<number | null> {
    const { exitCode, signalCode } = this.app.process();
    return exitCode ?? (signalCode === null ? ((await once(this.app.process(), 'exit')) as [number | null])[0] : null);
  }

  /** Closes the window as a user does. */
  async closeWindow(): Promise<void> {
    await this.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  }

  /** Closes the window of a user who has chosen that this ends the app. */
  async close(): Promise<number | null> {
    const ended = this.ended();
    await this.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('on-close-stop')?.click());
    await this.closeWindow();
    return ended;
  }

  /** Whether the window is visible. */
  isVisible(): Promise<boolean> {
    return this.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);
  }

  async picture(name: string): Promise<void> {
    mkdirSync(join(root, 'screenshots'), { recursive: true });
    await this.page.screenshot({ path: join(root, 'screenshots', `desktop-${name}.png`) });
  }
}

/**
 * Gives this worker a display of its own where Xvfb is available. On a shared one an opening window takes the focus from another worker's, and
 * menu shortcuts work in the active window only. Returns a function that ends it.
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
    void browserName; // Playwright reads the required fixtures from the parameters, and linters forbid an empty pattern
    const dataDir = temporaryDataDir();
    await use(dataDir);
    rmSync(join(dataDir, '..'), { recursive: true, force: true, maxRetries: 10 }); // helpers of Electron may still write to its profile
  },
  desktop: async ({ dataDir, launch }, use) => {
    const desktop = await Desktop.start(dataDir, launch);
    await use(desktop);
    await desktop.app.close().catch(() => undefined); // a test may have closed it already
  },
});
