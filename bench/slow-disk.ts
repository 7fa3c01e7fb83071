/**
 * Durable contacts per second on a disk with slow syncs: the real host, over HTTP, with its fsync delayed by strace.
 * This measures group commit: one sync per contact would give 1000 / delay contacts per second.
 * `npm run bench:slow-disk [-- --delay MS --connections N --seconds N]`; Linux, needs strace.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CreatedSource, Operator } from '#shared/contract/entities.ts';
import { call } from '#shells/testing/host-process.ts';
import { FaultHost } from '../faults/harness/host.ts';
import { noStrace } from '../faults/harness/strace.ts';
import type { Figures } from './figures.ts';
import type { LoadOrder, LoadReport } from './load.ts';
import { freshDir, printTable, wholeNumber } from './measure.ts';

interface Order {
  readonly connections: number;
  readonly seconds: number;
}

const SYNCS = 'fsync,fdatasync';
const OPERATORS = 20;

/** With seccomp-bpf only the syncs are delayed; without it every system call would be. */
const slowed = (ms: number): string[] =>
  ms === 0 ? [] : ['strace', '-f', '--seccomp-bpf', '-qq', '-o', '/dev/null', '-e', `trace=${SYNCS}`, '-e', `inject=${SYNCS}:delay_exit=${ms * 1000}`];

/** @param ms how much longer each sync takes */
async function measure(ms: number, { connections, seconds }: Order): Promise<LoadReport> {
  const host = new FaultHost({ under: slowed(ms), dataDir: join(freshDir(), 'data') });
  try {
    await host.start();
    const admin = async <T>(method: string, path: string, body: object): Promise<T> => (await call<T>(host.apiUrl, host.adminToken, method, path, body)).body;
    const source = await admin<CreatedSource>('POST', '/sources', { name: 'Bench', settings: { rate_limit_per_second: null } });
    for (let n = 0; n < OPERATORS; n++) {
      const { id } = await admin<Operator>('POST', '/operators', { name: `Operator ${n + 1}`, max_load: 10_000 });
      await call(host.apiUrl, host.adminToken, 'PUT', `/operators/${id}/competences/${source.id}`, { weight: 1 + n });
    }
    const load = async (order: Pick<LoadOrder, 'seconds' | 'first'>): Promise<LoadReport> => {
      const child = fork(join(import.meta.dirname, 'load.ts'), { execArgv: [] });
      const told = once(child, 'message');
      child.send({ url: host.apiUrl, token: source.api_key, connections, rate: null, ...order } satisfies LoadOrder);
      const [report] = (await told) as [LoadReport];
      return report;
    };
    await load({ seconds: 2, first: 500_000_000 }); // warm-up
    return await load({ seconds, first: 0 });
  } finally {
    await host.dispose();
  }
}

export const figures: Figures = async (short) => {
  const reason = noStrace();
  if (reason !== null) throw new Error(reason);
  const order = { connections: 64, seconds: short ? 6 : 15 };
  const asItIs = await measure(0, order);
  const slowed = await measure(10, order);
  return [
    { what: 'each sync takes 10 ms more', figure: slowed.perSecond, unit: 'contacts/s', goal: { least: 1500 } },
    { what: 'each sync takes 10 ms more, p99', figure: slowed.p99, unit: 'ms', goal: null },
    { what: 'the whole host on this disk without a delay', figure: asItIs.perSecond, unit: 'contacts/s', goal: null },
  ];
};

if (import.meta.main) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { delay: text, connections: text, seconds: text } });
  const delayMs = wholeNumber('delay', values.delay, 10);
  const order = { connections: wholeNumber('connections', values.connections, 64), seconds: wholeNumber('seconds', values.seconds, 10) };
  const reason = noStrace();
  if (reason !== null) {
    console.error(reason);
    process.exitCode = 1;
  } else {
    const rows = [];
    for (const ms of [0, delayMs]) {
      const { perSecond, p50, p95, p99, max, failed } = await measure(ms, order);
      rows.push([ms === 0 ? 'this disk without a delay' : `each sync + ${ms} ms`, perSecond, p50, p95, p99, max, failed]);
    }
    console.log(`POST /contacts, synchronous=FULL, ${order.connections} connections, ${OPERATORS} operators, ${order.seconds} s\n`);
    printTable(['', 'contacts/s', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms', 'failed'], rows);
  }
}
