/**
 * How throughput and memory of the host scale: five million contacts in the file, a thousand operators on one
 * source, three connected consoles, an hour of contacts. `node bench/growth.ts`; the first run generates the large file, some gigabytes in .bench/.
 * `node bench/growth.ts --contacts N` only submits N contacts to one host and prints its memory meanwhile.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { configure } from '#engine/configuration/configuration.ts';
import type { Wanted } from '#engine/configuration/things/thing.ts';
import type { CreatedSource, Operator } from '#shared/contract/entities.ts';
import { BUILT_ENTRY, call } from '#shells/testing/host-process.ts';
import { FaultHost } from '../faults/harness/host.ts';
import { type Figure, type Figures, printFigures } from './figures.ts';
import { generate, keyOf } from './generate.ts';
import { intakeHost, intakeOver } from './intake.ts';
import { BENCH_DIR, engineAt, freshDir, NO_LIMIT, percentile, printTable, provideBuild, v8Flags, value, wholeNumber } from './measure.ts';
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
    await load({ ...order, seconds: 3, first: first + 100_000_000 }); // warm-up
    return await load({ ...order, seconds, first });
  } finally {
    await host.close();
  }
}

/** Kept between runs, although each adds to it: a fresh copy of gigabytes would still be being written to disk during the measurement. */
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

/** Resident memory in bytes, as reported by Linux. */
const memoryOf = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

/** Processor time that a process has used so far, microseconds; Linux counts it in hundredths of a second. */
function cpuOf(pid: number | undefined): number {
  const [, , , , , , , , , , , user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(user) + Number(system)) * 10_000;
}

async function watching(host: WatchOrder['host'], consoles: number): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'watch.ts'), { execArgv: [] });
  child.send({ host, consoles } satisfies WatchOrder);
  await once(child, 'message');
  return child;
}

interface Whole {
  readonly pairs: readonly Pair[];
  readonly samples: readonly Sample[];
}

const middle = <T>(all: readonly T[], of: (one: T) => number): number => percentile(Float64Array.from(all, of), 0.5);

interface Compared {
  /** the median rates, contacts/s */
  readonly base: number;
  readonly other: number;
  /** the medians of other / base: of the rates, and of the processor time of a contact */
  readonly rates: number;
  readonly cpu: number;
}

async function inTurns(base: () => Promise<Load>, other: () => Promise<Load>): Promise<Compared> {
  const pairs: { base: Load; other: Load }[] = [];
  for (let i = 0; i < PAIRS; i++) pairs.push({ base: await base(), other: await other() });
  return {
    base: middle(pairs, (pair) => pair.base.perSecond),
    other: middle(pairs, (pair) => pair.other.perSecond),
    rates: middle(pairs, (pair) => pair.other.perSecond / pair.base.perSecond),
    cpu: middle(pairs, (pair) => pair.other.cpu / pair.base.cpu),
  };
}

/** The same load, first without consoles, then with. */
interface Pair {
  readonly alone: Load;
  readonly watched: Load;
  /** processor time of the consoles per contact that they received, microseconds */
  readonly consoles: number;
}

/** Number of contacts so far, and the memory of the host in bytes. */
interface Sample {
  readonly done: number;
  readonly bytes: number;
}

/** How often two loads are compared, in turns, so that other work on the machine affects both. */
const PAIRS = 3;
const SAMPLED_EVERY_MS = 200;

/** The built host in its own process, as `npm start` starts it. */
async function wholeHost(seconds: number, contacts: number): Promise<Whole> {
  const host = new FaultHost({ entry: BUILT_ENTRY, nodeArgs: await v8Flags(), dataDir: join(freshDir(), 'data') });
  await host.start();
  const { apiUrl, adminToken: token, pid } = host;
  const source = (await call<CreatedSource>(apiUrl, token, 'POST', '/sources', { name: 'Bench', settings: { rate_limit_per_second: null } })).body;
  for (let n = 0; n < 100; n++) {
    const { id } = (await call<Operator>(apiUrl, token, 'POST', '/operators', { name: `Operator ${n + 1}`, max_load: 10_000 })).body;
    await call(apiUrl, token, 'PUT', `/operators/${id}/competences/${source.id}`, { weight: 1 + n });
  }
  let done = 0;
  let first = 0;
  const run = async (forSeconds: number): Promise<Load> => {
    const before = cpuOf(pid);
    const found = await runLoad({ url: apiUrl, token: source.api_key, connections: CONNECTIONS, rate: null, scattered: true, seconds: forSeconds, first });
    first += 1_000_000;
    done += found.accepted;
    return { ...found, cpu: (cpuOf(pid) - before) / found.accepted };
  };
  await run(3); // warm-up
  const samples: Sample[] = [];
  const sample = () => samples.push({ done, bytes: memoryOf(pid) });
  const sampler = setInterval(sample, SAMPLED_EVERY_MS);
  const pairs: Pair[] = [];
  for (let i = 0; i < PAIRS; i++) {
    const alone = await run(seconds);
    const watchers = await watching({ apiUrl, adminToken: token }, CONSOLES);
    const before = cpuOf(watchers.pid);
    const watched = await run(seconds);
    pairs.push({ alone, watched, consoles: (cpuOf(watchers.pid) - before) / watched.accepted });
    watchers.kill();
  }
  const watchers = await watching({ apiUrl, adminToken: token }, CONSOLES);
  while (done < contacts) await run(5);
  clearInterval(sampler);
  sample();
  watchers.kill();
  await host.dispose();
  return { pairs, samples };
}

const mostOf = (samples: readonly Sample[]): number => Math.max(...samples.map(({ bytes }) => bytes));

/** The median between two fractions of the time. */
function usual(samples: readonly Sample[], from: number, to: number): number {
  const within = samples.slice(Math.floor(samples.length * from), Math.ceil(samples.length * to));
  return percentile(
    Float64Array.from(within, ({ bytes }) => bytes),
    0.5,
  );
}

/** @returns the measurements of the whole host; @param contacts how many it accepts */
async function wholeFigures(seconds: number, contacts: number): Promise<{ figures: Figure[]; samples: readonly Sample[] }> {
  const { pairs, samples } = await wholeHost(seconds, contacts);
  const all = samples.at(-1)?.done.toLocaleString('en');
  const figures: Figure[] = [
    { what: 'the whole host, 100 operators', figure: middle(pairs, ({ alone }) => alone.perSecond), unit: 'contacts/s', goal: null },
    {
      what: `with 3 consoles / without, median of ${PAIRS} times`,
      figure: middle(pairs, ({ alone, watched }) => watched.perSecond / alone.perSecond),
      unit: '',
      goal: { least: 0.9 },
    },
    { what: "the same for the host's processor time", figure: middle(pairs, ({ alone, watched }) => watched.cpu / alone.cpu), unit: '', goal: null },
    { what: 'processor time of the 3 consoles themselves, on the same cores', figure: middle(pairs, ({ consoles }) => consoles), unit: 'µs each', goal: null },
    { what: `peak memory of the host in ${all} contacts`, figure: mostOf(samples) / MB, unit: 'MB', goal: { most: 250 } },
    {
      what: 'memory in the last tenth of the time minus that in the middle',
      figure: (usual(samples, 0.9, 1) - usual(samples, 0.45, 0.55)) / MB,
      unit: 'MB',
      goal: { most: 10 },
    },
  ];
  return { figures, samples };
}

/** Memory by tenths of the run. */
function printSamples(samples: readonly Sample[]): void {
  const all = samples.at(-1)?.done ?? 0;
  const tenths = Array.from({ length: 10 }, (_, nth) => samples.filter(({ done }) => done > (all * nth) / 10 && done <= (all * (nth + 1)) / 10)).filter(
    (some) => some.length > 0,
  );
  printTable(
    ['contacts', 'MB, usually', 'MB, peak'],
    tenths.map((some) => [(some.at(-1)?.done ?? 0).toLocaleString('en'), usual(some, 0, 1) / MB, mostOf(some) / MB]),
  );
}

export const figures: Figures = async (short) => {
  await provideBuild();
  const seconds = short ? 4 : 15;
  const history = await inTurns(
    () => withHistory(FEW, seconds),
    () => withHistory(MANY, seconds),
  );
  const operators = await inTurns(
    () => withOperators(20, seconds),
    () => withOperators(1000, seconds),
  );
  const whole = await wholeFigures(seconds, short ? CONTACTS_AN_HOUR / 3 : CONTACTS_AN_HOUR);
  return [
    { what: `10,000 contacts in the file, median of ${PAIRS} times`, figure: history.base, unit: 'contacts/s', goal: null },
    { what: '5,000,000 in the file', figure: history.other, unit: 'contacts/s', goal: null },
    { what: '5,000,000 / 10,000', figure: history.rates, unit: '', goal: { least: 0.9 } },
    { what: 'the same for processor time', figure: history.cpu, unit: '', goal: null },
    { what: `20 operators, median of ${PAIRS} times`, figure: operators.base, unit: 'contacts/s', goal: null },
    { what: '1,000 operators / 20', figure: operators.rates, unit: '', goal: { least: 0.5 } },
    { what: 'the same for processor time, 1,000 / 20', figure: operators.cpu, unit: '', goal: null },
    ...whole.figures,
  ];
};

if (import.meta.main) {
  const { values } = parseArgs({ options: { contacts: { type: 'string' } } });
  if (values.contacts === undefined) printFigures(await figures(false));
  else {
    await provideBuild();
    const whole = await wholeFigures(5, wholeNumber('contacts', values.contacts, CONTACTS_AN_HOUR));
    printSamples(whole.samples);
    console.log();
    printFigures(whole.figures);
  }
}
