import { stopwatch } from './measured.ts';

/** The result of one experiment. */
export interface Verdict {
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  /** with its unit; empty: not run */
  readonly took: string;
  /** the figures, or why it was skipped */
  readonly figures: string;
  /** descriptions of the violations */
  readonly words?: readonly string[];
}

export interface Finding {
  readonly isSound: boolean;
  readonly figures: string;
  readonly words?: readonly string[];
}

/** Runs an experiment; an exception counts as its failure. */
export async function judge(name: string, run: () => Promise<Finding>): Promise<Verdict> {
  const took = stopwatch();
  try {
    const { isSound, ...rest } = await run();
    return { name, result: isSound ? 'passed' : 'failed', took: `${took()}`, ...rest };
  } catch (error) {
    return { name, result: 'failed', took: `${took()}`, figures: String(error), words: [error instanceof Error ? (error.stack ?? '') : ''] };
  }
}

export const skipped = (name: string, why: string): Verdict => ({ name, result: 'skipped', took: '', figures: why });

export function line({ name, result, took, figures, words = [] }: Verdict): string {
  const mark = { passed: 'ok  ', failed: 'FAIL', skipped: 'SKIP' }[result];
  return [`${mark} ${name.padEnd(44)} ${took.padStart(10)}  ${figures}`, ...words.slice(0, 12).map((one) => `       ${one}`)].join('\n');
}
