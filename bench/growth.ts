/**
 * What the rate of contacts and the memory of the host come to as things grow: five million contacts in the file, a thousand operators on one
 * source, three consoles that watch, an hour's worth of contacts. `node bench/growth.ts`; the first run makes the large file, some gigabytes in .bench/.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configure, type Wanted } from '#engine/configuration.ts';
import type { CreatedSource, Operator } from '#shared/contract/entities.ts';
import { BUILT_ENTRY, call } from '#shells/testing/host-process.ts';
import { FaultHost } from '../faults/harness/host.ts';
import { type Figures, printFigures } from './figures.ts';
import { generate, keyOf } from './generate.ts';
import { intakeHost, intakeOver } from './intake.ts';
import { BENCH_DIR, engineAt, freshDir, NO_LIMIT, provideBuild, value } from './measure.ts';
import { type Host, type Load, load, runLoad } from './passes.ts';
import type { WatchOrder } from './watch.ts';

const FEW = 10_000;
const MANY = 5_000_000;
const CONNECTIONS = 64;
const CONSOLES = 3;
/** At 200 a second. */
const CONTACTS_AN_HOUR = 720_000;
const MB = 1e6;

async function loaded(host: Host, seconds: number, first: number): Promise<Load> {
  const order = { url: host.url, token: host.token, connections: CONNECTIONS, rate: null, scattered: true };
  try {
    await load({ ...order, seconds: 3, first: first + 100_000_000 }); // warms it up
    return await load({ ...order, seconds, first });
  } finally {
    await host.close();
  }
}

/** Kept between runs, which add some to it: a fresh copy of gigabytes would still be on its way to the disk while it is measured. */
async function withHistory(contacts: number, seconds: number): Promise<Load> {
  const folder = join(BENCH_DIR, 'generated');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `growth-${contacts}.db`);
  if (!existsSync(file)) generate(file, { contacts, operators: 20, sources: 1 });
  const engine = engineAt(file);
  const everybody = Object.values(engine.board().operators).filter(({ is_archived }) => !is_archived);
  const wanted: Wanted[] = everybody.map(({ id }) => ({ kind: 'operator', id, fields: { max_load: NO_LIMIT, is_active: true } }));
  wanted.push({ kind: 'source', id: 1, fields: { settings: { rate_limit_per_second: null } } });
  value(await engine.write('admin', (write) => configure(write, wanted)));
  const there = engine.read.store.reading.get<{ id: number }>('SELECT max(id) AS id FROM contacts')?.id ?? 0;
  return loaded(await intakeOver(engine, keyOf(1)), seconds, 100_000_000 + there);
}

const withOperators = async (operators: number, seconds: number): Promise<Load> => loaded(await intakeHost(operators), seconds, 100_000_000);

/** Bytes in memory, as Linux tells it. */
const memoryOf = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

async function watching(consoleUrl: string, consoles: number): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'watch.ts'), { execArgv: [] });
  child.send({ consoleUrl, consoles } satisfies WatchOrder);
  await once(child, 'message');
  return child;
}

interface Whole {
  readonly alone: number;
  readonly watched: number;
  /** of the host's memory, bytes: the most, and how much more at the end than after half of the contacts */
  readonly most: number;
  readonly grown: number;
  readonly contacts: number;
}

async function wholeHost(seconds: number, contacts: number): Promise<Whole> {
  const host = new FaultHost({ entry: BUILT_ENTRY, dataDir: join(freshDir(), 'data') });
  await host.start();
  const { apiUrl, consoleUrl, adminToken: token, pid } = host;
  const source = (await call<CreatedSource>(apiUrl, token, 'POST', '/sources', { name: 'Bench', settings: { rate_limit_per_second: null } })).body;
  for (let n = 0; n < 100; n++) {
    const { id } = (await call<Operator>(apiUrl, token, 'POST', '/operators', { name: `Operator ${n + 1}`, max_load: 10_000 })).body;
    await call(apiUrl, token, 'PUT', `/operators/${id}/competences/${source.id}`, { weight: 1 + n });
  }
  let first = 0;
  const run = async (forSeconds: number): Promise<{ perSecond: number; accepted: number }> => {
    const found = await runLoad({ url: apiUrl, token: source.api_key, connections: CONNECTIONS, rate: null, scattered: true, seconds: forSeconds, first });
    first += 10_000_000;
    return found;
  };
  await run(3); // warms it up
  const alone = await run(seconds);
  const consoles = await watching(consoleUrl, CONSOLES);
  const watched = await run(seconds);
  let done = alone.accepted + watched.accepted;
  const memory: { readonly done: number; readonly bytes: number }[] = [{ done, bytes: memoryOf(pid) }];
  while (done < contacts) {
    done += (await run(5)).accepted;
    memory.push({ done, bytes: memoryOf(pid) });
  }
  consoles.kill();
  await host.dispose();
  const most = Math.max(...memory.map(({ bytes }) => bytes));
  const early = memory.find((one) => one.done >= contacts / 2)?.bytes ?? Number.NaN;
  return { alone: alone.perSecond, watched: watched.perSecond, most, grown: (memory.at(-1)?.bytes ?? Number.NaN) - early, contacts: done };
}

export const figures: Figures = async (short) => {
  await provideBuild();
  const seconds = short ? 5 : 15;
  const [few, many] = [await withHistory(FEW, seconds), await withHistory(MANY, seconds)];
  const [twenty, thousand] = [await withOperators(20, seconds), await withOperators(1000, seconds)];
  const whole = await wholeHost(seconds, short ? CONTACTS_AN_HOUR / 3 : CONTACTS_AN_HOUR);
  const ratio = (a: number, b: number) => a / b;
  return [
    { what: '10,000 contacts in the file', figure: few.perSecond, unit: 'contacts/s', goal: null },
    { what: '5,000,000 in the file', figure: many.perSecond, unit: 'contacts/s', goal: null },
    { what: '5,000,000 / 10,000', figure: ratio(many.perSecond, few.perSecond), unit: '', goal: { least: 0.9 } },
    { what: 'the same of the processor', figure: ratio(many.cpu, few.cpu), unit: '', goal: null },
    { what: '20 operators', figure: twenty.perSecond, unit: 'contacts/s', goal: null },
    { what: '1,000 operators / 20', figure: ratio(thousand.perSecond, twenty.perSecond), unit: '', goal: { least: 0.5 } },
    { what: 'the same of the processor, 1,000 / 20', figure: ratio(thousand.cpu, twenty.cpu), unit: '', goal: null },
    { what: 'the whole host, 100 operators', figure: whole.alone, unit: 'contacts/s', goal: null },
    { what: 'with 3 consoles / without', figure: ratio(whole.watched, whole.alone), unit: '', goal: { least: 0.9 } },
    { what: `memory of the host, the most in ${whole.contacts.toLocaleString('en')} contacts`, figure: whole.most / MB, unit: 'MB', goal: { most: 250 } },
    { what: 'memory at the end less that after half of them', figure: whole.grown / MB, unit: 'MB', goal: { most: 10 } },
  ];
};

if (import.meta.main) printFigures(await figures(false));
