/** Runs the tests that are beside their sources as one experiment: durability settings, second start, damage, backups, migrations, keys, histories. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Finding } from './harness/verdict.ts';

const ROOT = join(import.meta.dirname, '..');
const report = z.object({ numPassedTests: z.int(), numFailedTests: z.int(), numPendingTests: z.int(), success: z.boolean() });

/** @param paths of test files or folders; LONG_FORM makes them run the full number of histories */
export function parts(paths: readonly string[]): Finding {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-parts-'));
  const file = join(folder, 'report.json');
  try {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--reporter=json', `--outputFile=${file}`, ...paths],
      { cwd: ROOT, encoding: 'utf8', env: { ...process.env, LONG_FORM: '1' } },
    );
    const { numPassedTests, numFailedTests, numPendingTests, success } = report.parse(JSON.parse(readFileSync(file, 'utf8')));
    return {
      isSound: success && numPassedTests > 0,
      figures: `${numPassedTests} tests passed, ${numFailedTests} failed, ${numPendingTests} skipped`,
      words: success ? [] : [stdout, stderr].join('\n').split('\n'),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
