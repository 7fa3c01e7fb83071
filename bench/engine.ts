/** The engine alone, without HTTP: durable contacts per second with so many in flight. `npm run bench:engine [-- --seconds N --in-flight N]` */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { submitContact } from '#engine/submit-contact.ts';
import { benchDesk, cpuMeter, fsyncRate, latencies, phoneOf, printTable, value, wholeNumber } from './measure.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string' }, 'in-flight': { type: 'string' }, operators: { type: 'string' } } });
const seconds = wholeNumber('seconds', values.seconds, 5);
const inFlight = wholeNumber('in-flight', values['in-flight'], 64);
const crews = values.operators === undefined ? [20, 1000] : [wholeNumber('operators', values.operators, 20)];

async function measure(operators: number) {
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
  const { p50, p95, p99, max } = latencies(taken);
  return [String(operators), Math.round(perSecond), p50, p95, p99, max, cpu];
}

const rows = [];
for (const operators of crews) rows.push(await measure(operators));
console.log(`Engine without HTTP, synchronous=FULL, ${inFlight} in flight, ${seconds} s; this disk: ${Math.round(fsyncRate())} × (4 KB + fsync) per second\n`);
printTable(['operators', 'contacts/s', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms', 'CPU µs each'], rows);
