/** The engine alone, without HTTP: durable contacts per second with a fixed number in flight. `npm run bench:engine [-- --seconds N --in-flight N]` */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { submitContact } from '#engine/contacts/submit-contact.ts';
import type { Figures } from './figures.ts';
import { benchDesk, cpuMeter, fsyncRate, type Latencies, latencies, phoneOf, printTable, value, wholeNumber } from './measure.ts';

interface Order {
  readonly operators: number;
  readonly seconds: number;
  readonly inFlight: number;
}

/** @returns `cpu`: microseconds of this process for each contact */
async function measure({ operators, seconds, inFlight }: Order): Promise<Latencies & { perSecond: number; cpu: number }> {
  const { engine, source_id } = await benchDesk(operators);
  let n = 0;
  const submitOne = async () => {
    const key = `bench-${n}`;
    const submission = {
      input: { source_id, phone: phoneOf(n++), name: 'Анна Петрова', message: 'Здравствуйте! Подскажите цену.' },
      idempotency_key: key,
      fingerprint: createHash('sha256').update(key).digest(),
    };
    const started = performance.now();
    value(await engine.write(`source:${source_id}`, (write) => submitContact(write, submission)));
    return performance.now() - started;
  };
  const until = async (end: number) => {
    const taken: number[] = [];
    const started = performance.now();
    await Promise.all(
      Array.from({ length: inFlight }, async () => {
        while (performance.now() < end) taken.push(await submitOne());
      }),
    );
    return { taken, perSecond: (taken.length / (performance.now() - started)) * 1000 };
  };
  await until(performance.now() + 1000);
  const cpuUsed = cpuMeter();
  const { taken, perSecond } = await until(performance.now() + seconds * 1000);
  const cpu = cpuUsed() / taken.length;
  engine.close();
  return { ...latencies(taken), perSecond, cpu };
}

export const figures: Figures = async (short) => {
  const order = { seconds: short ? 4 : 10, inFlight: 64 };
  const few = await measure({ ...order, operators: 20 });
  const many = await measure({ ...order, operators: 1000 });
  return [
    { what: '20 operators', figure: few.perSecond, unit: 'contacts/s', goal: null },
    { what: '20 operators, p99', figure: few.p99, unit: 'ms', goal: null },
    { what: '20 operators, processor time', figure: few.cpu, unit: 'µs each', goal: null },
    { what: '1,000 operators on one source / 20 operators', figure: many.perSecond / few.perSecond, unit: '', goal: { least: 0.5 } },
  ];
};

if (import.meta.main) {
  const { values } = parseArgs({ options: { seconds: { type: 'string' }, 'in-flight': { type: 'string' }, operators: { type: 'string' } } });
  const seconds = wholeNumber('seconds', values.seconds, 5);
  const inFlight = wholeNumber('in-flight', values['in-flight'], 64);
  const crews = values.operators === undefined ? [20, 1000] : [wholeNumber('operators', values.operators, 20)];
  const rows = [];
  for (const operators of crews) {
    const { perSecond, p50, p95, p99, max, cpu } = await measure({ operators, seconds, inFlight });
    rows.push([String(operators), Math.round(perSecond), p50, p95, p99, max, cpu]);
  }
  console.log(
    `Engine without HTTP, synchronous=FULL, ${inFlight} in flight, ${seconds} s; this disk: ${Math.round(fsyncRate())} × (4 KB + fsync) per second\n`,
  );
  printTable(['operators', 'contacts/s', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms', 'CPU µs each'], rows);
}
