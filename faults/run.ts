/** `npm run test:faults [-- NAME…]`: every experiment in its full form, or those whose names contain one of the words given. */

import { dyingInCalls, failingCalls, readOnlyAfterThree } from './disk-faults.ts';
import { diskFull, foreignLock, noSmallDisk, stopsUnderLoad } from './hard-times.ts';
import { noStrace } from './harness/strace.ts';
import { type Finding, judge, line, skipped, type Verdict } from './harness/verdict.ts';
import { isFoundOut, MUTANTS, survives } from './kill.ts';
import { parts } from './parts.ts';
import { noPowerSwitch, powerLoss } from './power-loss.ts';
import { allFoundOut, playInProcesses } from './simulation/seeds.ts';

const SEED = 20_261_122;

type Experiment = readonly [name: string, run: (name: string) => Promise<Verdict>];

/** A test file's name says what it proves. */
const PARTS: readonly (readonly [name: string, paths: readonly string[]])[] = [
  ['durability settings at every open, migrations', ['src-main/store']],
  ['second start, stale locks, signals', ['src-main/shells/instance-lock.test.ts', 'src-main/shells/headless/lifecycle.test.ts']],
  ['damage, backups, restore, chain', ['src-main/engine/guard.test.ts', 'src-main/engine/backups.test.ts', 'src-main/engine/journal-chain.test.ts']],
  ['idempotency, commits that fail', ['src-main/intake/routes/submit.test.ts', 'src-main/engine/writer.test.ts']],
  ['histories: 2,000 in memory, 200 on a disk', ['src-main/engine/live-board.test.ts']],
];

const EXPERIMENTS: readonly Experiment[] = [
  ['kill -9 with a ledger', (name) => judge(name, () => survives({ seed: SEED, kills: 60, acknowledgements: 20_000 }))],
  ['paused and resumed with a ledger', (name) => judge(name, () => survives({ seed: SEED + 1, kills: 10, acknowledgements: 2000, signal: 'SIGSTOP' }))],
  ...MUTANTS.map(
    (mutant): Experiment => [
      `mutant: ${mutant.entry.replace('.ts', '')}`,
      (name) => judge(name, () => isFoundOut(mutant, { seed: SEED, kills: 5, acknowledgements: 1000 })),
    ],
  ),
  ['power cuts', async (name) => unless(noPowerSwitch(), name, () => powerLoss({ seed: SEED, rounds: 20, controlRounds: 6 }))],
  ...['fsync:error=EIO', 'pwrite64:error=EIO', 'pwrite64:error=ENOSPC'].map(
    (fault): Experiment => [
      `disk fault: ${fault}`,
      async (name) => unless(noStrace(), name, () => failingCalls(fault, { seed: SEED, last: 40, step: fault.startsWith('fsync') ? 4 : 1 })),
    ],
  ),
  ['disk fault: dies in the n-th write', async (name) => unless(noStrace(), name, () => dyingInCalls({ seed: SEED, last: 24 }))],
  ['disk fault: three make it read-only', async (name) => unless(noStrace(), name, () => readOnlyAfterThree({ seed: SEED }))],
  ['disk full', async (name) => unless(noSmallDisk(), name, () => diskFull({ seed: SEED, refusals: 200 }))],
  ['foreign lock', (name) => judge(name, () => foreignLock({ seed: SEED, holdsMs: [3000, 10_000] }))],
  ['SIGTERM under load', (name) => judge(name, () => stopsUnderLoad({ seed: SEED, times: 5 }))],
  ...PARTS.map(([name, paths]): Experiment => [`parts: ${name}`, () => judge(`parts: ${name}`, async () => parts(paths))]),
  ['simulation', (name) => judge(name, () => playInProcesses({ first: 1, count: 10_000, steps: 200 }))],
  ['simulation of broken engines', (name) => judge(name, () => allFoundOut({ first: 1, count: 20, steps: 200 }))],
];

function unless(reason: string | null, name: string, run: () => Promise<Finding>): Promise<Verdict> | Verdict {
  return reason === null ? judge(name, run) : skipped(name, reason);
}

const words = process.argv.slice(2);
const chosen = EXPERIMENTS.filter(([name]) => words.length === 0 || words.some((word) => name.includes(word)));
const verdicts: Verdict[] = [];
for (const [name, run] of chosen) {
  const verdict = await run(name);
  verdicts.push(verdict);
  console.log(line(verdict));
}
const count = (result: Verdict['result']) => verdicts.filter((verdict) => verdict.result === result).length;
if (count('skipped') > 0) console.log(`\n${count('skipped')} skipped: see the reasons above`);
console.log(`\n${count('passed')} passed, ${count('failed')} failed`);
process.exitCode = count('failed') > 0 || chosen.length === 0 ? 1 : 0;
