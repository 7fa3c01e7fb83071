/**
 * `npm test`: builds, checks types, style and boundaries, then runs the Vitest tests and the browser tests.
 * `npm run test:desktop`: the tests in a real Electron window. Both end with one line: `N passed, N failed`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isBuilt } from './build.mjs';
import { findChromium, missingForBrowser, missingForWindow } from './system.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const results = 'test-results'; // relative, because the path of the checkout may contain a space
const counts = { passed: 0, failed: 0 };
const retried = []; // passed only on the second attempt

process.chdir(root);
mkdirSync(results, { recursive: true });
const isDesktop = process.argv[2] === 'desktop';
const provided = isDesktop ? null : once(spawn(process.execPath, [join('scripts', 'provide.ts')], { stdio: ['ignore', 2, 2] }), 'exit'); // downloads while the build and the checks run
if (!isBuilt() && !build()) fail('the build');
else if (isDesktop) {
  const missing = missingForWindow();
  if (missing.length === 0) playwright('desktop');
  else fail(`the tests in a window: they need ${missing.join(', and ')}`);
} else {
  await parts();
  const missing = missingForBrowser();
  if (missing.length === 0) playwright('browser', { CHROMIUM_PATH: findChromium() });
  else fail(`the tests in a browser: they need ${missing.join(', and ')}: install what is missing, then run npm test again`);
}
for (const title of retried) console.log(`FAULT: passed only on retry: ${title}`);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;

/** Runs all steps of `npm run check`, even after a failure. The last is Vitest, which needs what the system provides and writes its counts to a file. */
async function parts() {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const steps = scripts.check.split(' && ');
  const vitest = steps.pop();
  for (const step of steps) if (!run(step, [])) fail(step);

  await provided;
  const report = join(results, 'vitest.json');
  rmSync(report, { force: true });
  const worked = run(vitest, ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`], { TESTED_HOST: 'built' });
  const counted = read(report);
  const failed = counted ? counted.numFailedTests + failedBeforeTheirTests(counted.testResults) : 0;
  counts.passed += counted ? counted.numPassedTests : 0;
  counts.failed += failed;
  if (!worked && failed === 0) fail(vitest);
}

/** Number of files that failed before any of their tests ran. */
function failedBeforeTheirTests(files) {
  return files.filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')).length;
}

function playwright(project, env = {}) {
  const report = join(results, `${project}.json`);
  rmSync(report, { force: true });
  const worked = run('playwright test', [`--project=${project}`, '--reporter=list,json'], { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  const counted = read(report);
  const failed = counted ? counted.stats.unexpected + counted.errors.length : 0;
  counts.passed += counted ? counted.stats.expected + counted.stats.flaky : 0;
  counts.failed += failed;
  retried.push(...(counted ? flaky(counted.suites) : []));
  if (!worked && failed === 0) fail(`Playwright (${project})`);
}

/** Titles of the tests in Playwright's suites that passed only on retry. */
function flaky(suites, path = []) {
  return suites.flatMap(({ title, specs, suites: inner = [] }) => [
    ...specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky')).map((spec) => [...path, title, spec.title].join(' › ')),
    ...flaky(inner, [...path, title]),
  ]);
}

/** Runs one of the tools in node_modules/.bin, which npm has put on the PATH. */
function run(command, args, env = {}) {
  const line = [command, ...args].join(' ');
  console.log(`\n$ ${line}`);
  return spawnSync(line, { cwd: root, shell: true, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } }).status === 0;
}

function read(report) {
  return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
}

function fail(what) {
  console.error(`failed: ${what}`);
  counts.failed += 1;
}
