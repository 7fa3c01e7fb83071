/**
 * The console in Chromium on a busy desk: 500 operators, 30 sources, 100,000 contacts in the file, 200 contacts a second submitted through the
 * real port and as many closed, the built page over its real WebSocket. `node bench/console.ts [--seconds N]`
 */
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { findChromium } from '../scripts/system.ts';
import { type Kept, keepWatch, plainList, type Scrolled, scrolled } from './console/page.ts';
import { HELD_MS, startHost, Traffic } from './console/traffic.ts';
import { Wire } from './console/wire.ts';
import { type Figures, printFigures } from './figures.ts';
import { dataDirWith } from './generate.ts';
import { freshDir, latencies, provideBuild, wholeNumber } from './measure.ts';

const DESK = { contacts: 100_000, operators: 500, sources: 30, max_load: 100 };
const LONG_TASK_MS = 50;

const kept = (page: Page): Promise<Kept> => page.evaluate(() => Reflect.get(window, 'kept') as Kept);
const pause = (page: Page, ms: number) => page.waitForTimeout(ms);

/** Tells the page that it is hidden, as the browser would. */
const setHidden = (page: Page, hidden: boolean) =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (value ? 'hidden' : 'visible') });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);

interface Worked<T> {
  readonly result: T;
  /** milliseconds of processor time of the page's main thread */
  readonly work: number;
  /** the longest task of that thread */
  readonly longest: number;
}

/** What the page did in the meantime. */
async function during<T>(page: Page, session: CDPSession, act: () => Promise<T>): Promise<Worked<T>> {
  const before = await kept(page);
  const workBefore = await workOf(session);
  const result = await act();
  await pause(page, 300); // long tasks are reported with a delay
  const after = await kept(page);
  return { result, work: (await workOf(session)) - workBefore, longest: Math.max(0, ...after.longTasks.slice(before.longTasks.length)) };
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

const perFrame = ({ result, work }: Worked<Scrolled>): number => work / result.frames;

/** Sets every weight of the desk at once and applies them. */
async function changeAllWeights(page: Page, session: CDPSession, consoleUrl: string, traffic: Traffic) {
  await page.goto(`${new URL(consoleUrl).origin}/console/#/weights`);
  await page.locator('[data-cell]').first().click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('7');
  const draft = page.getByTestId('weights-draft');
  const fill = await during(page, session, () =>
    timed(async () => {
      await page.keyboard.press('Control+Enter');
      await draft.waitFor();
    }),
  );
  traffic.slowestMs = 0;
  const apply = await during(page, session, () =>
    timed(async () => {
      await page.keyboard.press('Control+s');
      await draft.waitFor({ state: 'detached' });
    }),
  );
  return { fill, apply, slowestAnswer: traffic.slowestMs };
}

async function measure(seconds: number) {
  await provideBuild();
  const host = await startHost(dataDirWith(join(freshDir(), 'data'), DESK));
  let browser: Browser | undefined;
  let traffic: Traffic | undefined;
  try {
    const executablePath = findChromium();
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--disable-background-networking', '--no-first-run'] });
    const viewport = { width: 1920, height: 1080 };
    const plain = await browser.newPage({ viewport });
    await plain.setContent(plainList(DESK.operators));
    const floor = await scrolled(plain, 'plain-');
    await plain.close();

    const page = await browser.newPage({ viewport });
    await page.addInitScript(keepWatch);
    const wire = new Wire(page);
    await page.goto(host.consoleUrl);
    await page.getByTestId('pulse').waitFor();
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await pause(page, 1000);
    const quiet = await during(page, session, () => scrolled(page, 'operator-row-'));

    traffic = new Traffic(host, DESK.sources);
    await pause(page, 2 * HELD_MS); // until closings keep pace with arrivals

    const before = await kept(page);
    const bytesBefore = wire.bytes;
    const changesBefore = wire.changes;
    const workBefore = await workOf(session);
    await pause(page, seconds * 1000);
    const after = await kept(page);
    const worked = (await workOf(session)) - workBefore;
    const bytesPerChange = (wire.bytes - bytesBefore) / (wire.changes - changesBefore);
    const changesPerSecond = (wire.changes - changesBefore) / seconds;
    const late = after.shown.slice(before.shown.length).flatMap(([id, at]) => at - (wire.written.get(id) ?? Number.NaN) || []);
    const longTasks = after.longTasks.slice(before.longTasks.length);

    const busy = await during(page, session, () => scrolled(page, 'operator-row-'));

    await setHidden(page, true);
    await pause(page, 500);
    const hiddenBefore = await kept(page);
    const hiddenWork = await workOf(session);
    const hiddenMs = 5000;
    await pause(page, hiddenMs);
    const hiddenAfter = await kept(page);
    const hidden = { mutations: hiddenAfter.mutations - hiddenBefore.mutations, work: ((await workOf(session)) - hiddenWork) / hiddenMs };
    await setHidden(page, false);

    await page.goto(`${new URL(host.consoleUrl).origin}/console/#/contacts`);
    await page.locator('[data-testid^="contact-row-"]').first().waitFor();
    await pause(page, 1000);
    const contacts = await during(page, session, () => scrolled(page, 'contact-row-', true));

    const weights = await changeAllWeights(page, session, host.consoleUrl, traffic);
    return {
      changesPerSecond,
      bytesPerChange,
      bytesOfAssignment: wire.bytesOfAssignment,
      longTasks,
      late,
      work: worked / (seconds * 1000),
      floor,
      quiet,
      busy,
      contacts,
      hidden,
      weights,
      failed: traffic.failed,
    };
  } finally {
    traffic?.stop();
    await browser?.close();
    host.process.kill('SIGTERM');
    if (host.process.exitCode === null) await once(host.process, 'exit');
  }
}

/** Milliseconds that the page's main thread has been busy so far, in tasks of all kinds. */
async function workOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
}

async function figuresOf(seconds: number) {
  const found = await measure(seconds);
  const { p50, p95 } = latencies(found.late);
  const longest = Math.max(0, ...found.longTasks);
  return [
    { what: `tasks over ${LONG_TASK_MS} ms in ${seconds} s of observation`, figure: found.longTasks.length, unit: '', goal: { most: 0 } },
    { what: 'the longest of these tasks', figure: longest, unit: 'ms', goal: null },
    { what: 'from write to screen, p50', figure: p50, unit: 'ms', goal: null },
    { what: 'from write to screen, p95', figure: p95, unit: 'ms', goal: { most: 100 } },
    { what: 'processor time of the main thread', figure: found.work * 100, unit: '%', goal: null },
    { what: 'the floor: scrolling 500 plain lines on an empty page', figure: found.floor.fps, unit: 'frames/s', goal: null },
    { what: 'scrolling 500 operators', figure: found.busy.result.fps, unit: 'frames/s', goal: { least: 59 } },
    { what: 'longest wait for a frame meanwhile', figure: found.busy.result.longestMs, unit: 'ms', goal: null },
    { what: "the main thread's processor time for each frame", figure: perFrame(found.busy), unit: 'ms', goal: null },
    { what: 'scrolling 500 operators on a quiet desk', figure: found.quiet.result.fps, unit: 'frames/s', goal: { least: 59 } },
    { what: 'processor time of a frame of that', figure: perFrame(found.quiet), unit: 'ms', goal: null },
    { what: 'scrolling 100,000 contacts, fetched while scrolling', figure: found.contacts.result.fps, unit: 'frames/s', goal: { least: 59 } },
    { what: 'longest wait for a frame of them', figure: found.contacts.result.longestMs, unit: 'ms', goal: null },
    { what: 'processor time of a frame of them', figure: perFrame(found.contacts), unit: 'ms', goal: null },
    { what: 'size of a change on the wire', figure: found.bytesPerChange, unit: 'bytes', goal: { most: 300 } },
    { what: 'size of an assignment on the wire', figure: found.bytesOfAssignment, unit: 'bytes', goal: { most: 300 } },
    { what: 'changes that a hidden page makes to itself in 5 s', figure: found.hidden.mutations, unit: '', goal: { most: 0 } },
    { what: 'processor time of the main thread of a hidden page', figure: found.hidden.work * 100, unit: '%', goal: null },
    { what: 'filling all 15,000 weights in the grid', figure: found.weights.fill.result, unit: 'ms', goal: null },
    { what: 'the longest task over 50 ms while filling', figure: found.weights.fill.longest, unit: 'ms', goal: { most: 0 } },
    { what: 'applying all 15,000, until the grid shows it', figure: found.weights.apply.result, unit: 'ms', goal: { most: 300 } },
    { what: 'the longest task over 50 ms while applying', figure: found.weights.apply.longest, unit: 'ms', goal: { most: 0 } },
    { what: 'the slowest answer to any call meanwhile', figure: found.weights.slowestAnswer, unit: 'ms', goal: null },
    { what: 'changes that reached the page', figure: found.changesPerSecond, unit: 'changes/s', goal: null },
    { what: 'calls that failed', figure: found.failed, unit: '', goal: { most: 0 } },
  ] as const;
}

export const figures: Figures = (short) => figuresOf(short ? 30 : 60);

if (import.meta.main) {
  const { values } = parseArgs({ options: { seconds: { type: 'string' } } });
  printFigures(await figuresOf(wholeNumber('seconds', values.seconds, 60)));
}
