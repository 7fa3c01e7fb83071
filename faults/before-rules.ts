/**
 * The default rule decides as the desk did before there were rules: with the same commands and the same dice, the release before them stores the same
 * decisions, byte for byte. That release is taken from Git, into a temporary folder.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from './harness/verdict.ts';

/** The last commit in which all sources were distributed alike. */
const BEFORE = 'c91303d8a160db1eb52b42406b06ccea8a1ac404';
const ROOT = join(import.meta.dirname, '..');
/** Runs in both releases. */
const PLAYER = ['faults/before-rules/play.ts', 'faults/harness/random.ts'] as const;

const git = (args: readonly string[]) => execFileSync('git', args, { cwd: ROOT, maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'ignore'] });

/** Null if that release can be had. */
export function noReleaseBefore(): string | null {
  try {
    git(['cat-file', '-e', `${BEFORE}^{commit}`]);
    return null;
  } catch {
    return 'needs the history of Git';
  }
}

export interface Order {
  readonly seed: number;
  readonly commands: number;
}

function played(root: string, { seed, commands }: Order): string[] {
  const lines = execFileSync(process.execPath, [PLAYER[0], String(seed), String(commands)], { cwd: root, maxBuffer: 2 ** 30, encoding: 'utf8' });
  return lines.trim().split('\n');
}

export async function sameAsBeforeRules(order: Order): Promise<Finding> {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-before-'));
  try {
    execFileSync('tar', ['-x', '-C', folder], { input: git(['archive', BEFORE]) });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    mkdirSync(join(folder, 'faults', 'before-rules'), { recursive: true });
    for (const file of PLAYER) cpSync(join(ROOT, file), join(folder, file));
    const [before, now, otherwise] = [played(folder, order), played(ROOT, order), played(ROOT, { ...order, seed: order.seed + 1 })];
    const differing = before.flatMap((line, i) => (line === now[i] ? [] : [`before: ${line}`, `now:    ${now[i]}`]));
    const drawn = now.filter((line) => line.startsWith('decisions ') && line.includes('"r":')).length;
    return {
      isSound: differing.length === 0 && before.length === now.length && drawn > order.commands / 5 && otherwise.join() !== now.join(),
      figures: `${order.commands} commands, ${now.length} stored rows, ${drawn} draws; ${differing.length / 2} rows differ`,
      words: differing,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
