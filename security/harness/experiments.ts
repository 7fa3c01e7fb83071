/** Runs experiments one after another, prints each result and the number that passed, and sets the exit code accordingly. */
import { type Finding, judge, line, skipped, type Verdict } from '../../faults/harness/verdict.ts';

export interface Experiment {
  readonly name: string;
  readonly run: () => Promise<Finding> | Finding;
  /** why it cannot be run here; null: it can */
  readonly unless?: () => string | null;
}

/** @param words from the command line: runs the experiments whose names contain one of them; none: all */
export async function runExperiments(all: readonly Experiment[], words: readonly string[]): Promise<void> {
  const verdicts: Verdict[] = [];
  for (const { name, run, unless = () => null } of all) {
    if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
    const reason = unless();
    const verdict = reason === null ? await judge(name, async () => run()) : skipped(name, reason);
    verdicts.push(verdict);
    console.log(line(verdict));
  }
  const count = (result: Verdict['result']) => verdicts.filter((verdict) => verdict.result === result).length;
  if (count('skipped') > 0) console.log(`\n${count('skipped')} skipped for the reasons above`);
  console.log(`\n${count('passed')} passed, ${count('failed')} failed`);
  process.exitCode = count('failed') > 0 || verdicts.length === 0 ? 1 : 0;
}
