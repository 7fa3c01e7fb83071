/** The same loads against different hosts, and one table of what came of it. */
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

/** @returns what the load says, and the processor time of this process for each contact, in microseconds */
async function load(order: LoadOrder): Promise<LoadReport & { cpu: number }> {
  const cpuUsed = cpuMeter();
  const child = fork(join(import.meta.dirname, 'load.ts'), { execArgv: [] });
  const found = once(child, 'message');
  child.send(order);
  const [report] = (await Promise.race([found, once(child, 'exit').then(() => Promise.reject(new Error('the load ended without a report')))])) as [LoadReport];
  return { ...report, cpu: cpuUsed() / report.accepted };
}

interface Pass {
  readonly name: string;
  readonly perSecond: number;
  readonly cpu: number;
}

/** Loads each host in turn, on a fresh database each, and prints what was measured. */
export async function report(hosts: readonly [name: string, open: (operators: number) => Promise<Host>][], options: LoadOptions): Promise<void> {
  const { seconds, connections, operators, rate } = options;
  const rows: (string | number)[][] = [];
  const passes: Pass[] = [];
  for (const [name, open] of hosts) {
    const host = await open(operators);
    const { url, token } = host;
    await load({ url, token, connections, seconds: 2, rate: null, first: 500_000_000 }); // warms it up
    const closed = await load({ url, token, connections, seconds, rate: null, first: 0 });
    const open_ = await load({ url, token, connections, seconds, rate, first: 250_000_000 });
    await host.close();
    passes.push({ name, perSecond: closed.perSecond, cpu: closed.cpu });
    for (const [how, found] of [
      ['as fast as it can', closed],
      [`${rate} a second`, open_],
    ] as const)
      rows.push([`${name}, ${how}`, found.perSecond, found.p50, found.p95, found.p99, found.max, found.cpu, found.failed]);
  }
  console.log(
    `POST /contacts, synchronous=FULL, ${operators} operators, ${connections} connections, ${seconds} s; this disk: ${Math.round(fsyncRate())} × (4 KB + fsync) per second\n`,
  );
  printTable(['', 'contacts/s', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms', 'CPU µs each', 'failed'], rows);
  const [floor, intake] = passes;
  if (floor && intake) {
    const times = (a: number, b: number) => (a / b).toFixed(2);
    console.log(
      `\n${intake.name} / ${floor.name}: ${times(intake.perSecond, floor.perSecond)} of its contacts per second, ${times(intake.cpu, floor.cpu)} times its CPU`,
    );
  }
}
