/** Many seeds, in as many threads as there are processors. */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Finding } from '../harness/verdict.ts';
import { Disk } from './disk.ts';
import { SABOTAGES, type Sabotage } from './sabotage.ts';
import { type Simulated, simulate } from './simulate.ts';

export interface Seeds {
  readonly first: number;
  readonly count: number;
  readonly steps: number;
}

interface Tally {
  commands: number;
  crashes: number;
  contacts: number;
  merges: number;
  readonly broken: string[];
}

const emptyTally = (): Tally => ({ commands: 0, crashes: 0, contacts: 0, merges: 0, broken: [] });

function add(tally: Tally, { commands, crashes, contacts, merges }: Omit<Tally, 'broken'>): void {
  tally.commands += commands;
  tally.crashes += crashes;
  tally.contacts += contacts;
  tally.merges += merges;
}

/** One seed in fifty is played twice: its log must be the same. */
const TWICE = 50;

/** Plays the seeds of this thread, one after the other. */
export async function playSeeds({ first, count, steps }: Seeds): Promise<Tally> {
  const tally = emptyTally();
  const migrated = new Disk();
  migrated.open().close();
  try {
    for (let seed = first; seed < first + count && tally.broken.length < 5; seed++) {
      const options = { seed, steps, template: migrated.file };
      const played = await simulate(options);
      add(tally, played);
      if (played.broken !== null) tally.broken.push(`seed ${seed}, ${played.broken}`);
      else if (seed % TWICE === 0 && (await simulate(options)).hash !== played.hash) tally.broken.push(`seed ${seed} was not the same again`);
    }
  } finally {
    migrated.remove();
  }
  return tally;
}

function inThread(seeds: Seeds): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: seeds });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

export function found({ commands, crashes, contacts, merges, broken }: Tally, { count, steps }: Seeds): Finding {
  return {
    isSound: broken.length === 0 && crashes > 0 && contacts > 0 && merges > 0,
    figures: `${count} seeds × ${steps} steps: ${commands} commands, ${crashes} crashes, ${contacts} contacts, ${merges} merges: ${broken.length === 0 ? 'nothing broken' : `${broken.length} broken`}`,
    words: broken,
  };
}

/** The full form. */
export async function playInThreads(seeds: Seeds): Promise<Finding> {
  const threads = Math.min(availableParallelism(), 4);
  const share = Math.ceil(seeds.count / threads);
  const tallies = await Promise.all(Array.from({ length: threads }, (_, n) => inThread({ ...seeds, first: seeds.first + n * share, count: share })));
  const all = emptyTally();
  for (const tally of tallies) {
    add(all, tally);
    all.broken.push(...tally.broken);
  }
  return found(all, { ...seeds, count: share * threads });
}

/** By which seed each broken engine is found out; null when by none of them. */
export async function foundOut(sabotage: Sabotage, { first, count, steps }: Seeds): Promise<Simulated | null> {
  for (let seed = first; seed < first + count; seed++) {
    const played = await simulate({ seed, steps, sabotage });
    if (played.broken !== null) return played;
  }
  return null;
}

export async function allFoundOut(seeds: Seeds): Promise<Finding> {
  const blind: string[] = [];
  for (const sabotage of SABOTAGES) if ((await foundOut(sabotage, seeds)) === null) blind.push(`not found out: ${sabotage.name}`);
  return { isSound: blind.length === 0, figures: `${SABOTAGES.length - blind.length} of ${SABOTAGES.length} broken engines found out`, words: blind };
}

if (!isMainThread && parentPort && workerData && 'steps' in (workerData as object)) parentPort.postMessage(await playSeeds(workerData as Seeds));
