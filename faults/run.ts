/** `npm run test:faults [-- NAME…]`: every experiment in its full form, or those whose names contain one of the words given. */

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { noReleaseBefore, sameAsBeforeRules } from './before-rules.ts';
import { dyingInCalls, failingCalls, readOnlyAfterThree } from './disk-faults.ts';
import { dyingCommands } from './dying-commands.ts';
import { diskFull, foreignLock, noSmallDisk, STOPS_WITHIN_MS, stopsUnderLoad } from './hard-times.ts';
import { stopwatch } from './harness/measured.ts';
import { noStrace } from './harness/strace.ts';
import { type Finding, judge, line, skipped, type Verdict } from './harness/verdict.ts';
import { isFoundOut, MUTANTS, survives } from './kill.ts';
import { parts } from './parts.ts';
import { noPowerSwitch, powerLoss } from './power-loss.ts';
import { allFoundOut, playInProcesses } from './simulation/seeds.ts';

const SEED = 20_261_122;

interface Experiment {
  readonly name: string;
  readonly run: () => Promise<Finding>;
  /** alone: it measures times. aside: runs in the processor time that the others leave, from the start. */
  readonly place?: 'alone' | 'aside';
  /** null if it can be run here; otherwise the reason why not */
  readonly unless?: () => string | null;
}

/** Tests that are beside their sources; the long ones first, so that both processors are busy to the end. */
const PARTS = [
  'src-main/engine/core/live-board.test.ts', // histories: 2,000 in memory, 200 on a disk
  'src-main/vault/guard.test.ts', // damage, restore
  'src-main/store', // settings at every open, migrations
  'src-main/vault/backups.test.ts',
  'src-main/engine/core/journal-chain.test.ts',
  'src-main/engine/core/writer.test.ts', // commits that fail
  'src-main/intake/routes/submit.test.ts', // idempotency
  'src-main/shells/instance-lock.test.ts', // second start, stale locks
  'src-main/shells/headless/lifecycle.test.ts', // signals
];

const EXPERIMENTS: readonly Experiment[] = [
  { name: 'foreign lock', place: 'alone', run: () => foreignLock({ seed: SEED, holdsMs: [3000, 10_000] }) },
  { name: 'SIGTERM under load', place: 'alone', run: () => stopsUnderLoad({ seed: SEED, times: 5, withinMs: STOPS_WITHIN_MS }) },
  { name: 'disk full', place: 'alone', unless: noSmallDisk, run: () => diskFull({ seed: SEED, refusals: 200 }) },
  { name: 'simulation', place: 'aside', run: () => playInProcesses({ first: 1, count: 10_000, steps: 200 }) },
  { name: 'as before there were rules', unless: noReleaseBefore, run: () => sameAsBeforeRules({ seed: SEED, commands: 10_000 }) },
  { name: 'kill -9 with a ledger', run: () => survives({ seed: SEED, kills: 60, acknowledgements: 20_000 }) },
  { name: 'parts: durability, migrations, damage, backups, chain, keys, histories', run: async () => parts(PARTS) },
  { name: 'power cuts', unless: noPowerSwitch, run: () => powerLoss({ seed: SEED, rounds: 20, controlRounds: 6, losing: 3 }) },
  { name: 'paused and resumed with a ledger', run: () => survives({ seed: SEED + 1, kills: 10, acknowledgements: 2000, signal: 'SIGSTOP' }) },
  ...['fsync:error=EIO', 'pwrite64:error=EIO', 'pwrite64:error=ENOSPC'].map(
    (fault): Experiment => ({ name: `disk fault: ${fault}`, unless: noStrace, run: () => failingCalls(fault, { seed: SEED, last: 40 }) }),
  ),
  { name: 'disk fault: killed in the n-th write', unless: noStrace, run: () => dyingInCalls({ seed: SEED, last: 24 }) },
  { name: 'disk fault: each command killed in each of its writes', unless: noStrace, run: () => dyingCommands() },
  { name: 'disk fault: three make it read-only', unless: noStrace, run: () => readOnlyAfterThree({ seed: SEED }) },
  ...MUTANTS.map(
    (mutant): Experiment => ({
      name: `mutant: ${mutant.entry.replace('.ts', '')}`,
      run: () => isFoundOut(mutant, { seed: SEED, kills: 5, acknowledgements: 1000 }),
    }),
  ),
  { name: 'simulation of broken engines', run: () => allFoundOut({ first: 1, count: 20, steps: 200 }) },
];

/** How many experiments that measure no times run at once: each of them is idle most of the time. */
const AT_ONCE = 2;
const ENTRY = fileURLToPath(import.meta.url);

async function verdictOn({ name, run, unless }: Experiment): Promise<Verdict> {
  const reason = unless?.() ?? null;
  return reason === null ? await judge(name, run) : skipped(name, reason);
}

/** Each in its own process, so that work in one does not delay answers to another. */
function inProcess({ name }: Experiment): Promise<Verdict> {
  return new Promise((resolve) => {
    const child = fork(ENTRY, ['--only', name]);
    let verdict: Verdict = { name, result: 'failed', took: '', figures: 'its process exited without a result' };
    child.once('message', (said) => {
      verdict = said as Verdict; // the process runs this same file
    });
    child.once('close', () => resolve(verdict));
  });
}

async function runAll(words: readonly string[]): Promise<void> {
  const took = stopwatch();
  const chosen = EXPERIMENTS.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  const verdicts: Verdict[] = [];
  const work = async (queue: Experiment[]) => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const verdict = await inProcess(next);
      verdicts.push(verdict);
      console.log(line(verdict));
    }
  };
  const at = (place: Experiment['place']) => chosen.filter((experiment) => experiment.place === place);
  await work(at('alone'));
  const others = at(undefined);
  await Promise.all([work(at('aside')), ...Array.from({ length: AT_ONCE }, () => work(others))]);
  const count = (result: Verdict['result']) => verdicts.filter((verdict) => verdict.result === result).length;
  if (count('skipped') > 0) console.log(`\n${count('skipped')} skipped for the reasons above`);
  console.log(`\n${count('passed')} passed, ${count('failed')} failed, in ${took()}`);
  process.exitCode = count('failed') > 0 || chosen.length === 0 ? 1 : 0;
}

const words = process.argv.slice(2);
const only = words[0] === '--only' ? EXPERIMENTS.find(({ name }) => name === words[1]) : undefined;
if (only) {
  process.send?.(await verdictOn(only));
  process.disconnect();
} else await runAll(words);
