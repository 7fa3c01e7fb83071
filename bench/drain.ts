/**
 * With 100,000 waiting contacts: how soon a freed slot is filled, how fast ten thousand slots opened at once are filled, and how long the
 * event loop stalls meanwhile; and how soon a freed slot is filled when the contacts are of 200 classes: those of each of the four sources ask
 * for 50 different tags, a tenth of which any operator has, under a rule with lines and targets. The engine alone, on disk. `node bench/drain.ts`
 */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { configure } from '#engine/configuration/configuration.ts';
import { updateRule } from '#engine/configuration/rules.ts';
import { closeContact } from '#engine/contacts/contacts.ts';
import type { Engine } from '#engine/core/engine.ts';
import { openStore } from '#store/sqlite/open.ts';
import { type Figure, type Figures, printFigures } from './figures.ts';
import { kept } from './generate.ts';
import { cpuMeter, engineAt, freshDir, latencies, MIGRATIONS, percentile, value } from './measure.ts';

const WAITING = 100_000;
const OPERATORS = 100;
const OPENED = 10_000;
const OPENINGS = 5;
/** Pause between two closings, so that the previous commit has finished. */
const PAUSE_MS = 5;
/** Number of different tags for which the contacts of each of the four sources ask. */
const CLASSES = 50;
const TAGS_EACH = CLASSES / 10;

interface Filled {
  /** from the close command until a waiting contact has the slot, durably */
  readonly wallMs: number[];
  /** processor time for it: what remains on a machine that waits neither for the disk nor for other programs */
  readonly cpuMs: number[];
}

async function freedSlots(engine: Engine, count: number): Promise<Filled> {
  const filled: Filled = { wallMs: [], cpuMs: [] };
  const held = engine.read.store.reading.all<{ id: number }>("SELECT id FROM contacts WHERE status = 'assigned' ORDER BY id LIMIT ?", count);
  for (const { id } of held) {
    await sleep(PAUSE_MS);
    let given = Number.NaN;
    const stop = engine.watch((changes) => {
      if (changes.some((change) => change.kind === 'contact_assigned' && change.decision.kind === 'drain')) given = performance.now();
    });
    const cpuUsed = cpuMeter();
    const started = performance.now();
    value(await engine.write('console', (write) => closeContact(write, id)));
    filled.cpuMs.push(cpuUsed() / 1000);
    stop();
    filled.wallMs.push(given - started);
  }
  return filled;
}

function figuresOf(what: string, { wallMs, cpuMs }: Filled): Figure[] {
  const [wall, cpu] = [latencies(wallMs), latencies(cpuMs)];
  return [
    { what: `${what}, p50`, figure: wall.p50, unit: 'ms', goal: null },
    { what: `${what}, p99`, figure: wall.p99, unit: 'ms', goal: { most: 5 } },
    { what: `${what}, processor time, p99`, figure: cpu.p99, unit: 'ms', goal: null },
  ];
}

interface Opening {
  readonly seconds: number;
  /** processor time for each contact, microseconds */
  readonly cpu: number;
  readonly longestMs: number;
  readonly steps: number;
}

/** Opens many slots in one step. Returns the seconds until the last of them is filled, and the longest gap between two turns of the event loop. */
async function manySlots(engine: Engine): Promise<Opening> {
  let left = OPENED;
  let steps = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = engine.watch((changes) => {
    steps += 1;
    for (const { kind } of changes) if (kind === 'contact_assigned') left -= 1;
    if (left <= 0) resolve();
  });
  const operators = Object.values(engine.board().operators).filter(({ is_active }) => is_active);
  const more = Math.ceil(OPENED / operators.length);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const cpuUsed = cpuMeter();
  const started = performance.now();
  value(
    await engine.write('console', (write) =>
      configure(
        write,
        operators.map(({ id, max_load }) => ({ kind: 'operator', id, fields: { max_load: max_load + more } })),
      ),
    ),
  );
  await promise;
  const seconds = (performance.now() - started) / 1000;
  const cpu = cpuUsed() / OPENED;
  await sleep(2); // so that the last delay is recorded
  delay.disable();
  stop();
  return { seconds, cpu, longestMs: delay.max / 1e6, steps };
}

/** Makes the waiting contacts ask for tags, as if their sources' rules had named an attribute when they came. */
function askForTags(file: string): void {
  const store = openStore(file, { migrations: MIGRATIONS });
  store.transaction((tx) => {
    tx.run(
      `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       INSERT INTO contact_classes (source_id, content) SELECT s.id, json_object('needs', json_object('topic', 't' || i)) FROM sources s, n`,
      CLASSES - 1,
    );
    tx.run(
      `UPDATE contacts SET class_id = (SELECT min(k.id) + contacts.id % ? FROM contact_classes k WHERE k.source_id = contacts.source_id) WHERE status = 'waiting'`,
      CLASSES,
    );
    tx.run(
      `UPDATE operators SET tags = (WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT json_group_array('topic:t' || CAST((operators.id * 7 + i) % ? AS INTEGER)) FROM n)`,
      TAGS_EACH - 1,
      CLASSES,
    );
  });
  store.close();
}

export const figures: Figures = async (short) => {
  const file = join(freshDir(), 'drain.db');
  copyFileSync(kept({ contacts: WAITING + 20_000, operators: OPERATORS, waiting: WAITING }), file);
  const engine = engineAt(file);
  await freedSlots(engine, 50); // warm-up
  const freed = await freedSlots(engine, short ? 500 : 2000);
  const openings: Opening[] = [];
  for (let i = 0; i < OPENINGS; i++) openings.push(await manySlots(engine));
  engine.close();
  const tagged = join(freshDir(), 'tags.db');
  copyFileSync(kept({ contacts: WAITING + 20_000, operators: OPERATORS, waiting: WAITING }), tagged);
  askForTags(tagged);
  const picky = engineAt(tagged);
  for (const key in picky.board().weights)
    value(
      await picky.write('admin', (write) => updateRule(write, Number(key), { needs: ['topic'], needs_seconds: 86_400, lines: [60, 600], target_seconds: 60 })),
    );
  await freedSlots(picky, 50); // warm-up
  const pickyFreed = await freedSlots(picky, short ? 500 : 2000);
  picky.close();
  const usual = (of: (opening: Opening) => number): number => percentile(Float64Array.from(openings, of), 0.5);
  const longestMs = Math.max(...openings.map((opening) => opening.longestMs));
  return [
    ...figuresOf('filling a freed slot', freed),
    ...figuresOf(`the same when they are of ${4 * CLASSES} classes`, pickyFreed),
    {
      what: `${OPENED.toLocaleString('en')} slots opened at once, until all are filled, median of ${OPENINGS} times`,
      figure: OPENED / usual(({ seconds }) => seconds),
      unit: 'contacts/s',
      goal: { least: 20_000 },
    },
    {
      what: 'the first time after a start, with nothing compiled yet',
      figure: OPENED / (openings[0]?.seconds ?? Number.NaN),
      unit: 'contacts/s',
      goal: null,
    },
    { what: 'processor time for each contact', figure: usual(({ cpu }) => cpu), unit: 'µs', goal: null },
    { what: 'longest stall of the event loop meanwhile', figure: longestMs, unit: 'ms', goal: { most: 50 } },
    { what: 'number of commits', figure: usual(({ steps }) => steps), unit: 'commits', goal: null },
  ];
};

if (import.meta.main) printFigures(await figures(false));
