/** What `.ci/run` and `npm test` say at their end, in a small project of planted tests with the real Vitest and Playwright. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'switchyard-test-')));
afterAll(() => rmSync(folder, { recursive: true }));

function plant(file: string, source: string, mode = 0o644) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), source, { mode });
}

beforeAll(() => {
  for (const file of ['.ci/run', 'scripts/test.mjs', 'scripts/outcome.ts']) cpSync(join(ROOT, file), join(folder, file));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  plant('package.json', JSON.stringify({ type: 'module', scripts: { check: 'node faulty.mjs && vitest run src' } }));
  plant('bin/npm', '#!/bin/sh\nexec node scripts/test.mjs\n', 0o755);
  plant('scripts/provide.ts', '');
  plant('scripts/build.mjs', 'export const isBuilt = () => true;\nexport const build = isBuilt;\n');
  plant('scripts/system.ts', 'export const findChromium = () => "";\nexport const missingForBrowser = () => [];\nexport const missingForWindow = () => [];\n');
  plant('faulty.mjs', 'process.exit(1);\n');
  plant('playwright.config.ts', "export default { testDir: 'e2e', retries: 1, projects: [{ name: 'browser' }] };\n");
});

const vitest = (...tests: string[]) => `import { describe, expect, test } from 'vitest';\n${tests.join('\n')}\n`;
const playwright = (...tests: string[]) => `import { expect, test } from '@playwright/test';\n${tests.join('\n')}\n`;

/** The last lines that `.ci/run` says, after those of the tools. */
function ends(): { lines: string[]; status: number | null } {
  const PATH = [join(folder, 'bin'), join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const { stdout, status } = spawnSync('bash', ['.ci/run'], { cwd: folder, encoding: 'utf8', env: { PATH, HOME: folder } });
  const lines = stdout.trimEnd().split('\n');
  return { lines: lines.slice(lines.findLastIndex((line) => !/^(FAULT|FAILED): |^\d+ passed, \d+ failed$/.test(line)) + 1), status };
}

test('CI names each failure with the first line of its error above its last line', () => {
  plant(
    'src/a.test.ts',
    vitest(
      "describe('sums', () => { test('one and one', () => expect(1 + 1).toBe(3)); test('none', () => {}); });",
      "test('more', () => expect('a\\nb').toBe('c'));",
    ),
  );
  plant('src/b.test.ts', vitest("throw new Error('planted\\nin two lines');"));
  plant(
    'e2e/c.spec.ts',
    playwright(
      "test.describe('words', () => { test('one', () => expect('a').toBe('b')); });",
      "test('two', ({}, { retry }) => expect(retry).toBe(1));",
      "test('three', () => {});",
    ),
  );
  plant('src/c.test.ts', vitest("import { beforeAll } from 'vitest';", "beforeAll(() => Promise.reject(new Error('unprepared')));", "test('more', () => {});"));
  expect(ends()).toEqual({
    status: 1,
    lines: [
      'FAULT: passed only on retry: c.spec.ts › two',
      'FAILED: node faulty.mjs',
      'FAILED: src/a.test.ts › sums › one and one: AssertionError: expected 2 to be 3 // Object.is equality',
      "FAILED: src/a.test.ts › more: AssertionError: expected 'a\\nb' to be 'c' // Object.is equality",
      'FAILED: src/b.test.ts: planted',
      'FAILED: src/c.test.ts: unprepared',
      'FAILED: c.spec.ts › words › one: Error: expect(received).toBe(expected) // Object.is equality',
      '3 passed, 6 failed',
    ],
  });
});

test('CI says so if the tests end without a count, or fail although they counted no failure', () => {
  plant('bin/npm', '#!/bin/sh\nexit 3\n', 0o755);
  expect(ends()).toEqual({ status: 1, lines: ['FAILED: npm cit, before it could count', '0 passed, 1 failed'] });
  plant('bin/npm', "#!/bin/sh\necho '5 passed, 0 failed'\necho more\nexit 3\n", 0o755);
  expect(ends()).toEqual({ status: 1, lines: ['FAILED: npm cit ended with 3', '5 passed, 1 failed'] });
});
