/** The same loads against different hosts. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { LoadOrder, LoadReport } from './load.ts';
import { cpuMeter, fsyncRate, percentile, printTable, wholeNumber } from './measure.ts';

/** A host that accepts POST /contacts. */
export interface Host {
  readonly url: string;
  readonly token: string;
  close(): Promise<void>;
}

export interface LoadOptions {
  readonly seconds: number;
  readonly connections: number;
  readonly operators: number;
  readonly rate: number;
  /** how many times each host is loaded, in turn */
  readonly rounds: number;
  readonly floor: boolean;
}

/** Parsed from the command line. */
export function loadOptions(): LoadOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { seconds: text, connections: text, operators: text, rate: text, rounds: text, floor: { type: 'boolean', default: false } },
  });
  return {
    seconds: wholeNumber('seconds', values.seconds, 3),
    connections: wholeNumber('connections', values.connections, 64),
    operators: wholeNumber('operators', values.operators, 20),
    rate: wholeNumber('rate', values.rate, 1000),
    rounds: wholeNumber('rounds', values.rounds, 5),
    floor: values.floor,
  };
}

/** Runs the load in its own process. */
export async function runLoad(order: LoadOrder): Promise<LoadReport> {
  const child = fork(join(import.meta.dirname, 'load.ts'), { execArgv: [] });
  const found = once(child, 'message');
  child.send(order);
  const [report] = (await Promise.race([found, once(child, 'exit').then(() => Promise.reject(new Error('the load ended without a report')))])) as [LoadReport];
  return report;
}

/** @returns the report of the load, and the processor time of this process per contact, in microseconds */
export async function load(order: LoadOrder): Promise<Load> {
  const cpuUsed = cpuMeter();
  const report = await runLoad(order);
  return { ...report, cpu: cpuUsed() / report.accepted };
}

export type Load = LoadReport & { readonly cpu: number };

/** Results of one host, round by round. */
export interface Pass {
  readonly name: string;
  /** as fast as it can */
  readonly closed: readonly Load[];
  /** at an even rate */
  readonly open: readonly Load[];
}

/** Loads the hosts in turn, round after round, so that other work on the machine affects all of them. Each has a fresh database. */
export async function pass(hosts: readonly [name: string, open: (operators: number) => Promise<Host>][], options: LoadOptions): Promise<Pass[]> {
  const { seconds, connections, operators, rate, rounds } = options;
  const passes: { name: string; host: Host; closed: Load[]; open: Load[] }[] = [];
  for (const [name, openHost] of hosts) passes.push({ name, host: await openHost(operators), closed: [], open: [] });
  for (const { host } of passes) await load({ url: host.url, token: host.token, connections, seconds: 2, rate: null, first: 500_000_000 }); // warm-up
  for (let round = 0; round < rounds; round++) {
    const first = round * 10_000_000;
    for (const { host, closed } of passes) closed.push(await load({ url: host.url, token: host.token, connections, seconds, rate: null, first }));
    for (const { host, open } of passes) open.push(await load({ url: host.url, token: host.token, connections, seconds, rate, first: 250_000_000 + first }));
  }
  for (const { host } of passes) await host.close();
  return passes;
}

/** The median of the rounds. */
export function median(loads: readonly Load[], of: (load: Load, round: number) => number): number {
  return percentile(Float64Array.from(loads, of), 0.5);
}

/** The median ratio of one host to another, each ratio within one round. */
export function medianRatio(loads: readonly Load[], others: readonly Load[], of: (load: Load) => number): number {
  return median(loads, (load, round) => of(load) / of(others[round] ?? load));
}

export function printPasses(passes: readonly Pass[], { operators, connections, seconds, rate, rounds }: LoadOptions): void {
  console.log(
    `POST /contacts, synchronous=FULL, ${operators} operators, ${connections} connections, median of ${rounds} × ${seconds} s; this disk: ${Math.round(fsyncRate())} × (4 KB + fsync) per second\n`,
  );
  const figures: ((load: Load) => number)[] = [
    (one) => one.perSecond,
    (one) => one.p50,
    (one) => one.p95,
    (one) => one.p99,
    (one) => one.max,
    (one) => one.cpu,
  ];
  const row = (name: string, loads: readonly Load[]) => [name, ...figures.map((of) => median(loads, of)), loads.reduce((sum, { failed }) => sum + failed, 0)];
  printTable(
    ['', 'contacts/s', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms', 'CPU µs each', 'failed'],
    passes.flatMap(({ name, closed, open }) => [row(`${name}, as fast as it can`, closed), row(`${name}, ${rate} a second`, open)]),
  );
  const [floor, intake] = passes;
  if (floor && intake) {
    const times = (of: (load: Load) => number) => medianRatio(intake.closed, floor.closed, of).toFixed(2);
    console.log(`\n${intake.name} / ${floor.name}: ${times((one) => one.perSecond)} of its contacts per second, ${times((one) => one.cpu)} times its CPU`);
  }
}
