/** What one experiment showed. */
export interface Verdict {
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly seconds: number;
  /** the figures, or why it was skipped */
  readonly figures: string;
  /** what was broken, in words */
  readonly words?: readonly string[];
}

export interface Finding {
  readonly isSound: boolean;
  readonly figures: string;
  readonly words?: readonly string[];
}

/** Runs an experiment; what it throws is a failure of it. */
export async function judge(name: string, run: () => Promise<Finding>): Promise<Verdict> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  try {
    const { isSound, ...rest } = await run();
    return { name, result: isSound ? 'passed' : 'failed', seconds: seconds(), ...rest };
  } catch (error) {
    return { name, result: 'failed', seconds: seconds(), figures: String(error), words: [error instanceof Error ? (error.stack ?? '') : ''] };
  }
}

export const skipped = (name: string, why: string): Verdict => ({ name, result: 'skipped', seconds: 0, figures: why });

export function line({ name, result, seconds, figures, words = [] }: Verdict): string {
  const mark = { passed: 'ok  ', failed: 'FAIL', skipped: 'SKIP' }[result];
  return [`${mark} ${name.padEnd(44)} ${seconds.toFixed(1).padStart(6)} s  ${figures}`, ...words.slice(0, 12).map((one) => `       ${one}`)].join('\n');
}
