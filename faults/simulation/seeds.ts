/** Runs many seeds, in one process per processor. */
import { fork } from 'node:child_process';
import { availableParallelism, constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
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

/** One seed in fifty is run twice: its log must be the same. */
const TWICE = 50;

/** Runs the seeds of this thread, one after another. */
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
      else if (seed % TWICE === 0 && (await simulate(options)).hash !== played.hash) tally.broken.push(`seed ${seed} gave another log the second time`);
    }
  } finally {
    migrated.remove();
  }
  return tally;
}

/** Seeds given to a process at a time: few enough that all processes end at about the same time. */
const PORTION = 100;
const ENTRY = fileURLToPath(import.meta.url);

/** Runs portions, one after another, in a process that uses only spare processor time. */
function inProcess(next: () => Seeds | null, take: (tally: Tally) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(ENTRY, ['--play']);
    const go = () => {
      const seeds = next();
      if (seeds) child.send(seeds);
      else child.disconnect();
    };
    child.on('message', (tally) => {
      take(tally as Tally); // the process runs this same file
      go();
    });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a process of the simulation exited with ${code}`))));
    setPriority(child.pid ?? 0, constants.priority.PRIORITY_LOW);
    go();
  });
}

export function found({ commands, crashes, contacts, merges, broken }: Tally, { count, steps }: Seeds): Finding {
  return {
    isSound: broken.length === 0 && crashes > 0 && contacts > 0 && merges > 0,
    figures: `${count} seeds × ${steps} steps: ${commands} commands, ${crashes} crashes, ${contacts} contacts, ${merges} merges: ${broken.length === 0 ? 'no violation' : `${broken.length} with violations`}`,
    words: broken,
  };
}

/** The full form. */
export async function playInProcesses(seeds: Seeds): Promise<Finding> {
  const all = emptyTally();
  const end = seeds.first + seeds.count;
  let first = seeds.first;
  const next = (): Seeds | null => {
    const count = Math.min(PORTION, end - first);
    if (count <= 0 || all.broken.length > 0) return null;
    first += count;
    return { ...seeds, first: first - count, count };
  };
  const take = (tally: Tally) => {
    add(all, tally);
    all.broken.push(...tally.broken);
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, () => inProcess(next, take)));
  return found(all, seeds);
}

/** The seed that detects each broken engine; null if none does. */
export async function foundOut(sabotage: Sabotage, { first, count, steps }: Seeds): Promise<Simulated | null> {
  for (let seed = first; seed < first + count; seed++) {
    const played = await simulate({ seed, steps, sabotage, hasRules: sabotage.rule !== undefined });
    if (played.broken !== null) return played;
  }
  return null;
}

export async function allFoundOut(seeds: Seeds): Promise<Finding> {
  const blind: string[] = [];
  for (const sabotage of SABOTAGES) if ((await foundOut(sabotage, seeds)) === null) blind.push(`not detected: ${sabotage.name}`);
  return { isSound: blind.length === 0, figures: `${SABOTAGES.length - blind.length} of ${SABOTAGES.length} broken engines detected`, words: blind };
}

const play = async (seeds: Seeds): Promise<void> => void process.send?.(await playSeeds(seeds));
if (process.argv[2] === '--play') process.on('message', (seeds) => void play(seeds as Seeds));
