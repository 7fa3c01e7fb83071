/**
 * `npm test`: builds, checks types, style and boundaries, runs the tests of the parts and then the whole in a browser.
 * `npm run test:desktop`: the whole in a real Electron window. Both end with one line: `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isBuilt } from './build.mjs';
import { provideChromium } from './chromium.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const results = join(root, 'test-results');
const counts = { passed: 0, failed: 0 };

mkdirSync(results, { recursive: true });
if (!isBuilt() && !build()) fail('the build');
else if (process.argv[2] === 'desktop') playwright('desktop');
else {
  parts();
  const chromium = provideChromium();
  if (chromium) playwright('browser', { CHROMIUM_PATH: chromium });
  else fail('Chromium is missing: install it (Debian: apt-get install chromium), or name it in CHROMIUM_PATH');
}
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;

/** Types, style, lint and Vitest: `npm run check`, with Vitest counting into a file. */
function parts() {
  const report = join(results, 'vitest.json');
  const worked = run('npm', ['run', 'check', '--', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], report);
  const counted = read(report);
  if (counted) {
    counts.passed += counted.numPassedTests;
    counts.failed += counted.numFailedTests + failedBeforeTheirTests(counted.testResults);
  }
  if (!worked && !(counted && counts.failed > 0)) fail('npm run check');
}

/** Files that broke before a test of theirs could run. */
function failedBeforeTheirTests(files) {
  return files.filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')).length;
}

function playwright(project, env = {}) {
  const report = join(results, `${project}.json`);
  const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const worked = run(process.execPath, [cli, 'test', `--project=${project}`, '--reporter=list,json'], report, { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  const counted = read(report);
  const failed = counted ? counted.stats.unexpected + counted.errors.length : 0;
  counts.passed += counted ? counted.stats.expected + counted.stats.flaky : 0;
  counts.failed += failed;
  if (!worked && failed === 0) fail(`Playwright (${project})`);
}

function run(command, args, report, env = {}) {
  rmSync(report, { force: true });
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } }).status === 0;
}

function read(report) {
  return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
}

function fail(what) {
  console.error(`failed: ${what}`);
  counts.failed += 1;
}
