/**
 * Contacts that must be accepted: how late a deadline is carried out on an idle desk; with 10,000 and 100,000 of them open, how long the event
 * loop stalls when all are due at one moment, and when the desk finds that it was away. The engine alone, on disk. `node bench/deadlines.ts`
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { updateRule } from '#engine/configuration/rules.ts';
import { saveSettings } from '#engine/configuration/settings.ts';
import { submitContact } from '#engine/contacts/submit-contact.ts';
import type { Engine } from '#engine/core/engine.ts';
import type { Figure, Figures } from './figures.ts';
import { printFigures } from './figures.ts';
import { benchDesk, cpuMeter, engineAt, latencies, value } from './measure.ts';

const OPERATORS = 1000;
const SECONDS = 600;
/** Due moments on an otherwise idle desk, so far apart that each is alone. */
const ALONE = 40;
const ALONE_EVERY_MS = 50;
/** Longer than the desk may be late in noting that it is up. */
const AWAY_MS = 7500;

async function fill(engine: Engine, source_id: number, contacts: number): Promise<void> {
  for (let done = 0; done < contacts; ) {
    const group = Array.from({ length: Math.min(500, contacts - done) }, () => ++done);
    await Promise.all(
      group.map((n) =>
        engine.write('admin', (write) =>
          submitContact(write, { input: { source_id, external_id: `d${contacts}-${n}` }, idempotency_key: null, fingerprint: null }),
        ),
      ),
    );
  }
}

/** Sets when the open deadlines are due: the first at `from`, each next one so much later. */
function setDue(engine: Engine, from: number, step: number): number {
  const { connection } = engine.read.store;
  connection.prepare('UPDATE deadlines SET due_at = ? + ? * (id - (SELECT min(id) FROM deadlines))').run(from, step);
  connection.prepare("UPDATE contacts SET accept_by = d.due_at FROM deadlines d WHERE d.kind = 'accept' AND contacts.id = d.subject_id").run();
  return engine.read.store.reading.get<{ open: number }>('SELECT count(*) AS open FROM deadlines')?.open ?? 0;
}

/** Waits until as many contacts were returned. Calls back for each. */
function returned(engine: Engine, count: number, each: (now: number) => void = () => {}): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = count;
  const stop = engine.watch((changes) => {
    for (const change of changes) {
      if (change.kind !== 'contact_waiting' || change.decision.kind !== 'returned') continue;
      each(Date.now());
      if (--left > 0) continue;
      stop();
      resolve();
    }
  });
  return promise;
}

const noop = () => ({ ok: true, value: null }) as const;

async function stalls(during: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await during();
  await sleep(2); // so that the last delay is recorded
  delay.disable();
  return delay.max / 1e6;
}

async function atOnce(contacts: number): Promise<Figure[]> {
  const before = process.memoryUsage().rss;
  const { engine: first, source_id } = await benchDesk(OPERATORS);
  value(await first.write('admin', (write) => updateRule(write, source_id, { accept_seconds: SECONDS })));
  value(await first.write('admin', (write) => saveSettings(write, { no_answer_misses: null })));
  await fill(first, source_id, contacts);
  const grown = process.memoryUsage().rss - before;
  const n = contacts.toLocaleString('en');
  const file = first.read.store.connection.name;
  first.close();
  await sleep(AWAY_MS);
  const engine = engineAt(file);
  const shift = await stalls(() => engine.write('admin', noop)); // finds that it was away
  const open = setDue(engine, Date.now() + 1000, 0);
  const all = returned(engine, open);
  const cpuUsed = cpuMeter();
  const started = performance.now();
  const stall = await stalls(async () => {
    await engine.write('admin', noop); // sets the timer
    await all;
  });
  const seconds = (performance.now() - started) / 1000;
  const cpu = cpuUsed() / open;
  engine.close();
  return [
    {
      what: `${n} deadlines due at one moment, until all are carried out and their contacts assigned again`,
      figure: open / seconds,
      unit: 'contacts/s',
      goal: null,
    },
    { what: `processor time for each of ${n}`, figure: cpu, unit: 'µs', goal: null },
    { what: `longest stall of the event loop meanwhile, ${n}`, figure: stall, unit: 'ms', goal: { most: 50 } },
    { what: `the same when the desk finds that it was away, ${n}`, figure: shift, unit: 'ms', goal: null },
    { what: `memory of a desk with ${n} contacts that are to be accepted`, figure: grown / 2 ** 20, unit: 'MB', goal: null },
  ];
}

async function alone(): Promise<Figure[]> {
  const { engine, source_id } = await benchDesk(ALONE);
  value(await engine.write('admin', (write) => updateRule(write, source_id, { accept_seconds: SECONDS })));
  value(await engine.write('admin', (write) => saveSettings(write, { no_answer_misses: null })));
  await fill(engine, source_id, ALONE);
  const first = Date.now() + 500;
  setDue(engine, first, ALONE_EVERY_MS);
  const late: number[] = [];
  const all = returned(engine, ALONE, (now) => late.push(now - first - ALONE_EVERY_MS * late.length));
  await engine.write('admin', noop); // sets the timer
  await all;
  engine.close();
  const { p50, p99 } = latencies(late);
  return [
    { what: 'a deadline on an idle desk, from its moment until it was carried out, p50', figure: p50, unit: 'ms', goal: null },
    { what: 'the same, p99', figure: p99, unit: 'ms', goal: { most: 100 } },
  ];
}

export const figures: Figures = async (short) => {
  const alive = setInterval(() => {}, 1000); // timers of the desk do not keep a process running
  const all = [...(await alone()), ...(await atOnce(10_000)), ...(short ? [] : await atOnce(100_000))];
  clearInterval(alive);
  return all;
};

if (import.meta.main) printFigures(await figures(false));
