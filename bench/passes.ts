/** The same loads against different hosts. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { LoadOrder, LoadReport } from './load.ts';
import { cpuMeter, fsyncRate, printTable, wholeNumber } from './measure.ts';

/** Something that takes POST /contacts. */
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
  readonly floor: boolean;
}

/** As the command line says. */
export function loadOptions(): LoadOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { seconds: text, connections: text, operators: text, rate: text, floor: { type: 'boolean', default: false } } });
  return {
    seconds: wholeNumber('seconds', values.seconds, 10),
    connections: wholeNumber('connections', values.connections, 64),
    operators: wholeNumber('operators', values.operators, 20),
    rate: wholeNumber('rate', values.rate, 1000),
    floor: values.floor,
  };
}

/** In a process of its own. */
export async function runLoad(order: LoadOrder): Promise<LoadReport> {
  const child = fork(join(import.meta.dirname, 'load.ts'), { execArgv: [] });
  const found = once(child, 'message');
  child.send(order);
  const [report] = (await Promise.race([found, once(child, 'exit').then(() => Promise.reject(new Error('the load ended without a report')))])) as [LoadReport];
  return report;
}

/** @returns what the load says, and the processor time of this process for each contact, in microseconds */
export async function load(order: LoadOrder): Promise<Load> {
  const cpuUsed = cpuMeter();
  const report = await runLoad(order);
  return { ...report, cpu: cpuUsed() / report.accepted };
}

export type Load = LoadReport & { readonly cpu: number };

export interface Pass {
  readonly name: string;
  /** as fast as it can */
  readonly closed: Load;
  /** evenly, so many a second */
  readonly open: Load;
}

/** Loads each host in turn, on a fresh database each. */
export async function pass(hosts: readonly [name: string, open: (operators: number) => Promise<Host>][], options: LoadOptions): Promise<Pass[]> {
  const { seconds, connections, operators, rate } = options;
  const passes: Pass[] = [];
  for (const [name, openHost] of hosts) {
    const host = await openHost(operators);
    const { url, token } = host;
    await load({ url, token, connections, seconds: 2, rate: null, first: 500_000_000 }); // warms it up
    const closed = await load({ url, token, connections, seconds, rate: null, first: 0 });
    const open = await load({ url, token, connections, seconds, rate, first: 250_000_000 });
    await host.close();
    passes.push({ name, closed, open });
  }
  return passes;
}

export function printPasses(passes: readonly Pass[], { operators, connections, seconds, rate }: LoadOptions): void {
  console.log(
    `POST /contacts, synchronous=FULL, ${operators} operators, ${connections} connections, ${seconds} s; this disk: ${Math.round(fsyncRate())} × (4 KB + fsync) per second\n`,
  );
  const row = (name: string, found: Load) => [name, found.perSecond, found.p50, found.p95, found.p99, found.max, found.cpu, found.failed];
  printTable(
    ['', 'contacts/s', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms', 'CPU µs each', 'failed'],
    passes.flatMap(({ name, closed, open }) => [row(`${name}, as fast as it can`, closed), row(`${name}, ${rate} a second`, open)]),
  );
  const [floor, intake] = passes;
  if (floor && intake) {
    const times = (a: number, b: number) => (a / b).toFixed(2);
    const [perSecond, cpu] = [times(intake.closed.perSecond, floor.closed.perSecond), times(intake.closed.cpu, floor.closed.cpu)];
    console.log(`\n${intake.name} / ${floor.name}: ${perSecond} of its contacts per second, ${cpu} times its CPU`);
  }
}
