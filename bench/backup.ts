/**
 * What backups cost a desk under load: `node bench/backup.ts [--contacts N] [--rate N]`.
 * Fills a desk, then submits contacts at an even rate, first without backups, then while backups are made one after the other.
 */
import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { submitContact } from '#engine/contacts/submit-contact.ts';
import { nextLink, verifyChain } from '#store/journal/chain.ts';
import { DatabaseFile } from '#store/sqlite/database-file.ts';
import { pathOf } from '#vault/backup-files.ts';
import { check, inspect } from '#vault/check.ts';
import { WorkerTasks } from '#vault/worker-tasks.ts';
import { type Figures, numeral } from './figures.ts';
import { benchDesk, latencies, MIGRATIONS, phoneOf, printTable, value, wholeNumber } from './measure.ts';

interface Order {
  readonly contacts: number;
  readonly rate: number;
  readonly rounds: number;
}

/** Longest acceptable stall of the event loop during a backup. */
const LONG_STOP_MS = 50;

async function measure({ contacts, rate, rounds }: Order) {
  const { engine, source_id } = await benchDesk(20);
  const database = engine.read.store.connection.name;
  const folder = join(dirname(database), 'backups');
  mkdirSync(folder);
  let n = 0;
  const submitOne = async (): Promise<number> => {
    const input = {
      source_id,
      phone: phoneOf(n),
      name: 'Анна Петрова',
      message: 'Здравствуйте! Подскажите цену на входные двери и срок доставки, пожалуйста.'.repeat(3),
    };
    const submission = { input, idempotency_key: `bench-${n++}`, fingerprint: null };
    const started = performance.now();
    value(await engine.write(`source:${source_id}`, (write) => submitContact(write, submission)));
    return performance.now() - started;
  };
  while (n < contacts) await Promise.all(Array.from({ length: 256 }, submitOne));
  engine.read.store.connection.pragma('wal_checkpoint(TRUNCATE)');
  const megabytes = statSync(database).size / 1e6;

  /** Submits contacts at the rate while `work` runs. */
  async function during(name: string, work: () => Promise<unknown>) {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    const taken: Promise<number>[] = [];
    const began = performance.now();
    let sent = 0;
    let stops = 0;
    let awakeAt = began;
    const sending = setInterval(() => {
      const now = performance.now();
      if (now - awakeAt > LONG_STOP_MS) stops++;
      awakeAt = now;
      for (; sent < ((performance.now() - began) * rate) / 1000; sent++) taken.push(submitOne());
    }, 2);
    delay.enable();
    await work();
    delay.disable();
    clearInterval(sending);
    const { p50, p99, max } = latencies(await Promise.all(taken));
    return {
      name,
      contacts: taken.length,
      p50,
      p99,
      max,
      loop: { p99: delay.percentile(99) / 1e6, p999: delay.percentile(99.9) / 1e6, max: delay.max / 1e6, stops },
    };
  }

  const workerTasks = new WorkerTasks(join(import.meta.dirname, '../src-main/vault/worker.ts'));
  const lasted: number[] = [];
  let at = Date.now();
  const alone = await during('alone', () => new Promise((resolve) => setTimeout(resolve, 4000)));
  let last = '';
  const beside = await during(`during ${rounds} backups`, async () => {
    for (let i = 0; i < rounds; i++) {
      const before = engine.board().revision;
      const started = performance.now();
      const { backup, why } = await workerTasks.run('backUp', {
        database,
        folder,
        kind: 'scheduled',
        at: at++,
        chainAfter: Number.MAX_SAFE_INTEGER,
        sealer: { desk: 'bench', key: 'A'.repeat(43) },
      });
      lasted.push(performance.now() - started);
      if (why !== null || backup.revision < before) throw new Error(`a backup is damaged: ${why}, revision ${backup.revision} of ${before}`);
      last = pathOf(backup);
    }
  });
  const timed = (work: () => unknown): number => {
    const started = performance.now();
    work();
    return performance.now() - started;
  };
  const copy = DatabaseFile.toRead(last);
  const row = {
    revision: 123_456,
    at: 1_795_345_749_837,
    actor: 'source:1',
    kind: 'contact_assigned',
    contact_id: 12_345,
    operator_id: 17,
    source_id: 1,
    data: null,
  };
  const decision = [12_345, 12_345, row.at, 'draw', 3, 'x'.repeat(44), 'x'.repeat(28), 1010, 512, 17, 50, null] as const;
  const previous = Buffer.alloc(32);
  const links = (times: number) => {
    for (let i = 0; i < times; i++) nextLink(previous, row, decision);
  };
  links(20_000);
  const { revision } = engine.board();
  const reading = engine.read.store.reading;
  const found = {
    megabytes,
    alone,
    beside,
    lasted,
    revision,
    wholeCheck: timed(() => check(copy, { pages: 'all', chainAfter: Number.MAX_SAFE_INTEGER })),
    quickCheck: timed(() => copy.pageFault('quick')),
    wholeChain: timed(() => verifyChain(reading, 0)),
    lookAtStart: timed(() => inspect(last, MIGRATIONS, [])),
    linkUs: (timed(() => links(100_000)) / 100_000) * 1000,
  };
  copy.close();
  engine.close();
  return found;
}

export const figures: Figures = async (short) => {
  const { megabytes, alone, beside, lasted } = await measure({ contacts: short ? 30_000 : 120_000, rate: 200, rounds: short ? 3 : 5 });
  const database = `${numeral(megabytes)} MB, 200 contacts a second`;
  return [
    { what: `one backup with its checks: ${database}`, figure: latencies(lasted).p50, unit: 'ms', goal: null },
    { what: 'contacts meanwhile, p99', figure: beside.p99, unit: 'ms', goal: null },
    { what: 'contacts without a backup, p99', figure: alone.p99, unit: 'ms', goal: null },
    { what: 'longest stall of the event loop meanwhile', figure: beside.loop.max, unit: 'ms', goal: null },
  ];
};

if (import.meta.main) {
  const { values } = parseArgs({ options: { contacts: { type: 'string' }, rate: { type: 'string' }, rounds: { type: 'string' } } });
  const rate = wholeNumber('rate', values.rate, 200);
  const order = { contacts: wholeNumber('contacts', values.contacts, 120_000), rate, rounds: wholeNumber('rounds', values.rounds, 5) };
  const found = await measure(order);
  console.log(`A database of ${found.megabytes.toFixed(0)} MB, ${rate} contacts a second meanwhile\n`);
  printTable(
    ['', 'contacts', 'p50 ms', 'p99 ms', 'max ms', 'loop p99 ms', 'loop p99.9 ms', 'loop max ms', `stalls over ${LONG_STOP_MS} ms`],
    [found.alone, found.beside].map(({ name, contacts, p50, p99, max, loop }) => [name, contacts, p50, p99, max, loop.p99, loop.p999, loop.max, loop.stops]),
  );
  console.log(`
one backup with its checks: ${found.lasted.map((ms) => ms.toFixed(0)).join(', ')} ms
integrity_check of a copy: ${found.wholeCheck.toFixed(0)} ms; quick_check: ${found.quickCheck.toFixed(0)} ms
the whole chain of ${found.revision} revisions: ${found.wholeChain.toFixed(0)} ms
a look at the start: ${found.lookAtStart.toFixed(0)} ms
one link of the chain: ${found.linkUs.toFixed(1)} µs`);
}
