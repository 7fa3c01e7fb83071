/**
 * Startup time with 1,000,000 contacts in the file: headless until the line that says it accepts requests, in Electron until the live
 * screen is visible in the window. Measures the built program. `node bench/start.ts`; the window needs Electron and a display.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';
import { type Figure, type Figures, printFigures } from './figures.ts';
import { dataDirWith } from './generate.ts';
import { freshDir, latencies, provideBuild } from './measure.ts';

const ROOT = join(import.meta.dirname, '..');
const OPTIONS = ['--port', '0', '--json', '--no-open', '--lang', 'ru'];

interface Start {
  /** milliseconds from the start of the process */
  readonly ready: number;
  /** processor time of the process by then, milliseconds */
  readonly cpu: number;
  /** resident memory by then, bytes */
  readonly memory: number;
}

async function headless(dataDir: string): Promise<Start> {
  const began = performance.now();
  const host = spawn(process.execPath, [join(ROOT, 'out', 'main', 'headless.js'), '--headless', ...OPTIONS, '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(createInterface(host.stdout), 'line');
  const ready = performance.now() - began;
  const found = { ready, ...used(host) };
  await end(host);
  return found;
}

/** Waits until the numbers of the live screen are visible. */
async function inWindow(electron: string, dataDir: string): Promise<number> {
  const began = performance.now();
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = spawn(electron, ['--remote-debugging-port=0', ...asRoot, ROOT, ...OPTIONS, '--data-dir', dataDir], { stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    for await (const line of createInterface(app.stderr)) {
      const url = /DevTools listening on (\S+)/.exec(line)?.[1];
      if (url === undefined) continue;
      const browser = await chromium.connectOverCDP(url);
      const context = browser.contexts()[0];
      const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
      await page?.getByTestId('pulse').waitFor();
      return performance.now() - began;
    }
    throw new Error('Electron ended before it had a window');
  } finally {
    await end(app);
  }
}

/** Kills the process: an orderly exit would make a backup of half a gigabyte each time. */
async function end(process: ChildProcess): Promise<void> {
  process.kill('SIGKILL');
  if (process.exitCode === null && process.signalCode === null) await once(process, 'exit');
}

/** As reported by Linux; unknown elsewhere. */
function used({ pid }: ChildProcess): Pick<Start, 'cpu' | 'memory'> {
  if (process.platform !== 'linux') return { cpu: Number.NaN, memory: Number.NaN };
  const TICK_MS = 10;
  const [user = 0, system = 0] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ').slice(13, 15).map(Number);
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  return { cpu: (user + system) * TICK_MS, memory: kilobytes * 1024 };
}

/** Null if there is no Electron or no display. */
function findElectron(): string | null {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return null;
  try {
    return createRequire(import.meta.url)('electron') as string; // under Node.js the package is the path of its binary
  } catch {
    return null;
  }
}

async function several<T>(times: number, run: () => Promise<T>): Promise<T[]> {
  await run(); // brings the files into the operating system's cache
  const found: T[] = [];
  for (let i = 0; i < times; i++) found.push(await run());
  return found;
}

const median = (figures: readonly number[]): number => latencies(figures).p50;

export const figures: Figures = async (short) => {
  await provideBuild();
  const times = short ? 5 : 15;
  const large = dataDirWith(join(freshDir(), 'large'), { contacts: 1_000_000 });
  const bare = await several(times, () => headless(join(freshDir(), 'bare')));
  const full = await several(times, () => headless(large));
  const electron = findElectron();
  const shown = electron === null ? [] : await several(times, () => inWindow(electron, large));
  rmSync(large, { recursive: true });
  const of = (starts: readonly Start[], part: keyof Start) => median(starts.map((start) => start[part]));
  const window: Figure = { what: 'window usable, 1,000,000 contacts', figure: median(shown), unit: 'ms', goal: { most: 2000 } };
  return [
    { what: 'headless ready, 1,000,000 contacts', figure: of(full, 'ready'), unit: 'ms', goal: { most: 1000 } },
    { what: 'the slowest start', figure: Math.max(...full.map(({ ready }) => ready)), unit: 'ms', goal: null },
    { what: 'processor time until then', figure: of(full, 'cpu'), unit: 'ms', goal: null },
    { what: 'memory by then', figure: of(full, 'memory') / 1e6, unit: 'MB', goal: null },
    { what: 'headless ready, empty desk', figure: of(bare, 'ready'), unit: 'ms', goal: null },
    electron === null ? { ...window, what: `${window.what} (no Electron and display here)` } : window,
  ];
};

if (import.meta.main) printFigures(await figures(false));
