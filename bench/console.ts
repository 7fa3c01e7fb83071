/**
 * The live screen in Chromium under a busy desk: 500 operators, 30 sources, 100,000 contacts in the file, 200 contacts a second through the
 * real port and as many closed, the built page over its real WebSocket. `node bench/console.ts [--seconds N]`
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import type { Change } from '#shared/board.ts';
import { decodeRun, EncodedRun, type PackedRun } from '#shared/contract/runs.ts';
import { findChromium } from '../scripts/system.ts';
import { type Figures, printFigures } from './figures.ts';
import { dataDirWith, keyOf } from './generate.ts';
import { freshDir, latencies, phoneOf, provideBuild, wholeNumber } from './measure.ts';

const ROOT = join(import.meta.dirname, '..');
const DESK = { contacts: 100_000, operators: 500, sources: 30, max_load: 100 };
const RATE = 200;
/** How long a contact is held before it is closed, so that as many are closed as come. */
const HELD_MS = 5000;
const LONG_TASK_MS = 50;

/** What the page is asked to keep about itself, without asking anything of it meanwhile. */
interface Kept {
  /** milliseconds of each task over 50 */
  longTasks: number[];
  /** when each decision stood on the screen: its id, epoch milliseconds */
  shown: [id: number, at: number][];
  /** DOM changes */
  mutations: number;
}

/** Runs in the page. */
function keepWatch(): void {
  const kept: Kept = { longTasks: [], shown: [], mutations: 0 };
  Reflect.set(window, 'kept', kept);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) kept.longTasks.push(duration);
  }).observe({ type: 'longtask' });
  const seen = new Set<string>();
  new MutationObserver((mutations) => {
    kept.mutations += mutations.length;
    const fresh: number[] = [];
    for (const { addedNodes } of mutations)
      for (const node of addedNodes) {
        const name = node instanceof HTMLElement ? (node.dataset.testid ?? '') : '';
        if (!name.startsWith('recent-row-') || seen.has(name)) continue;
        seen.add(name);
        fresh.push(Number(name.slice('recent-row-'.length)));
      }
    if (fresh.length === 0) return;
    // the frame that shows them has been made when the task after its callbacks runs
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const at = performance.timeOrigin + performance.now();
        for (const id of fresh) kept.shown.push([id, at]);
      };
      port2.postMessage(null);
    });
  }).observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
}

interface Host {
  readonly process: ChildProcess;
  readonly apiUrl: string;
  readonly consoleUrl: string;
  readonly adminToken: string;
}

async function startHost(dataDir: string): Promise<Host> {
  const args = ['--headless', '--port', '0', '--json', '--no-open', '--lang', 'ru', '--data-dir', dataDir];
  const host = spawn(process.execPath, [join(ROOT, 'out', 'main', 'headless.js'), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(host.stdout), 'line')) as [string];
  const { apiUrl, consoleUrl } = JSON.parse(line) as Pick<Host, 'apiUrl' | 'consoleUrl'>;
  return { process: host, apiUrl, consoleUrl, adminToken: readFileSync(join(dataDir, 'admin-token'), 'utf8').trim() };
}

/** Hands contacts in evenly and closes each when it was held for a while, until it is stopped. */
class Traffic {
  readonly #host: Host;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 32 });
  readonly #began = performance.now();
  readonly #timer: NodeJS.Timeout;
  #sent = 0;
  /** epoch milliseconds at which the answer to a contact was here: it was committed before */
  readonly answered = new Map<number, number>();
  failed = 0;

  constructor(host: Host) {
    this.#host = host;
    this.#timer = setInterval(() => this.#send(), 5);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #send(): void {
    for (; this.#sent < ((performance.now() - this.#began) / 1000) * RATE; this.#sent++) {
      const n = this.#sent;
      const body = { phone: phoneOf(999_000_000 - n), name: 'Анна Петрова', message: 'Здравствуйте! Подскажите цену.' };
      const token = keyOf(1 + (n % DESK.sources));
      void this.#post('/contacts', token, body, `console-${n}`).then((answer) => {
        if (typeof answer?.id !== 'number') return;
        const { id } = answer;
        this.answered.set(id, Date.now());
        setTimeout(() => void this.#post(`/contacts/${id}/close`, this.#host.adminToken), HELD_MS);
      });
    }
  }

  async #post(path: string, token: string, body?: object, key?: string): Promise<{ id?: unknown } | null> {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
    };
    const call = request(new URL(path, this.#host.apiUrl), { method: 'POST', agent: this.#agent, headers });
    call.end(body && JSON.stringify(body));
    try {
      const [response] = (await once(call, 'response')) as [import('node:http').IncomingMessage];
      const parts = await response.toArray();
      if ((response.statusCode ?? 500) >= 300) this.failed += 1;
      return JSON.parse(Buffer.concat(parts).toString()) as { id?: unknown };
    } catch {
      this.failed += 1;
      return null;
    }
  }
}

/** What came over the page's WebSocket. */
class Wire {
  bytes = 0;
  changes = 0;
  readonly #assigned: number[] = [];
  /** when each decision was written, just before its commit */
  readonly written = new Map<number, number>();

  constructor(page: Page) {
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        const text = String(payload);
        const run = changesIn(text);
        if (run.length === 0) return;
        this.bytes += Buffer.byteLength(text);
        this.changes += run.length;
        for (const change of run) {
          if (change.kind !== 'contact_assigned') continue;
          this.written.set(change.decision.id, change.decision.at);
          this.#assigned.push(Buffer.byteLength(new EncodedRun([change]).json) - BRACKETS);
        }
      }),
    );
  }

  get bytesOfAssignment(): number {
    return latencies(this.#assigned).p50;
  }
}

/** Around the changes of a run. */
const BRACKETS = new EncodedRun([]).json.length;

function changesIn(text: string): readonly Change[] {
  const message = JSON.parse(text) as { result?: { data?: unknown } };
  const data = message.result?.data;
  return Array.isArray(data) && typeof data[0] === 'object' && data[0] !== null && 'revision' in data[0] ? decodeRun(data as PackedRun) : [];
}

const kept = (page: Page): Promise<Kept> => page.evaluate(() => Reflect.get(window, 'kept') as Kept);
const pause = (page: Page, ms: number) => page.waitForTimeout(ms);

/** Frames a second while the table of operators is scrolled to its end and back, and the longest time between two. */
function scrolled(page: Page): Promise<{ fps: number; longestMs: number }> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const SECONDS = 5;
        let scroller = document.querySelector('[data-testid^="operator-row-"]')?.parentElement ?? null;
        while (scroller && scroller.scrollHeight <= scroller.clientHeight + 200) scroller = scroller.parentElement;
        if (!scroller) throw new Error('the table of operators cannot be scrolled');
        const table = scroller;
        const way = table.scrollHeight - table.clientHeight;
        const frames: number[] = [];
        const step = (now: number) => {
          frames.push(now);
          const done = (now - (frames[0] ?? now)) / 1000 / SECONDS;
          table.scrollTop = way * (1 - Math.abs(1 - 2 * done));
          if (done < 1) requestAnimationFrame(step);
          else {
            const gaps = frames.slice(1).map((at, i) => at - (frames[i] ?? at));
            resolve({ fps: gaps.length / ((now - (frames[0] ?? now)) / 1000), longestMs: Math.max(...gaps) });
          }
        };
        requestAnimationFrame(step);
      }),
  );
}

/** As the browser tells a page that nobody sees. */
const setHidden = (page: Page, hidden: boolean) =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (value ? 'hidden' : 'visible') });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);

async function measure(seconds: number) {
  await provideBuild();
  const host = await startHost(dataDirWith(join(freshDir(), 'data'), DESK));
  let browser: Browser | undefined;
  let traffic: Traffic | undefined;
  try {
    const executablePath = findChromium();
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--disable-background-networking', '--no-first-run'] });
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await page.addInitScript(keepWatch);
    const wire = new Wire(page);
    await page.goto(host.consoleUrl);
    await page.getByTestId('pulse').waitFor();
    traffic = new Traffic(host);
    await pause(page, 2 * HELD_MS); // until as many are closed as come

    const before = await kept(page);
    const bytesBefore = wire.bytes;
    const changesBefore = wire.changes;
    const work = await page.context().newCDPSession(page);
    await work.send('Performance.enable', { timeDomain: 'threadTicks' });
    const workBefore = await workOf(work);
    await pause(page, seconds * 1000);
    const after = await kept(page);
    const worked = (await workOf(work)) - workBefore;
    const bytesPerChange = (wire.bytes - bytesBefore) / (wire.changes - changesBefore);
    const changesPerSecond = (wire.changes - changesBefore) / seconds;
    const late = after.shown.slice(before.shown.length).flatMap(([id, at]) => at - (wire.written.get(id) ?? Number.NaN) || []);
    const longTasks = after.longTasks.slice(before.longTasks.length);

    const scroll = await scrolled(page);

    await setHidden(page, true);
    await pause(page, 500);
    const hiddenBefore = await kept(page);
    const hiddenWork = await workOf(work);
    const hiddenMs = 5000;
    await pause(page, hiddenMs);
    const hiddenAfter = await kept(page);
    const hidden = { mutations: hiddenAfter.mutations - hiddenBefore.mutations, work: ((await workOf(work)) - hiddenWork) / hiddenMs };
    await setHidden(page, false);
    return {
      changesPerSecond,
      bytesPerChange,
      bytesOfAssignment: wire.bytesOfAssignment,
      longTasks,
      late,
      work: worked / (seconds * 1000),
      scroll,
      hidden,
      failed: traffic.failed,
    };
  } finally {
    traffic?.stop();
    await browser?.close();
    host.process.kill('SIGTERM');
    if (host.process.exitCode === null) await once(host.process, 'exit');
  }
}

/** Milliseconds that the page's main thread has worked so far, tasks of all kinds. */
async function workOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
}

async function figuresOf(seconds: number) {
  const found = await measure(seconds);
  const { p50, p95 } = latencies(found.late);
  const longest = Math.max(0, ...found.longTasks);
  return [
    { what: `tasks over ${LONG_TASK_MS} ms in ${seconds} s of watching`, figure: found.longTasks.length, unit: '', goal: { most: 0 } },
    { what: 'the longest of them', figure: longest, unit: 'ms', goal: null },
    { what: 'write to screen, p50', figure: p50, unit: 'ms', goal: null },
    { what: 'write to screen, p95', figure: p95, unit: 'ms', goal: { most: 100 } },
    { what: 'the main thread at work', figure: found.work * 100, unit: '%', goal: null },
    { what: 'scrolling 500 operators', figure: found.scroll.fps, unit: 'frames/s', goal: { least: 59 } },
    { what: 'the longest wait for a frame meanwhile', figure: found.scroll.longestMs, unit: 'ms', goal: null },
    { what: 'a change on the wire', figure: found.bytesPerChange, unit: 'bytes', goal: { most: 300 } },
    { what: 'an assignment among them', figure: found.bytesOfAssignment, unit: 'bytes', goal: { most: 300 } },
    { what: 'changes that a hidden page makes on itself in 5 s', figure: found.hidden.mutations, unit: '', goal: { most: 0 } },
    { what: 'the main thread of a hidden page at work', figure: found.hidden.work * 100, unit: '%', goal: null },
    { what: 'changes that reached the page', figure: found.changesPerSecond, unit: 'changes/s', goal: null },
    { what: 'calls that failed', figure: found.failed, unit: '', goal: { most: 0 } },
  ] as const;
}

export const figures: Figures = (short) => figuresOf(short ? 30 : 60);

if (import.meta.main) {
  const { values } = parseArgs({ options: { seconds: { type: 'string' } } });
  printFigures(await figuresOf(wholeNumber('seconds', values.seconds, 60)));
}
