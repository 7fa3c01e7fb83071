/**
 * `npm test`: builds, checks types, style and boundaries, then runs the Vitest tests and the browser tests.
 * `npm run test:desktop`: the tests in a real Electron window. Both end with a line for each failure, `FAILED: …`, and one of counts: `N passed, N failed`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isBuilt } from './build.mjs';
import { ofPlaywright, ofVitest } from './outcome.ts';
import { findChromium, missingForBrowser, missingForWindow } from './system.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const results = 'test-results'; // relative, because the path of the checkout may contain a space
/** @type {{ passed: number, failed: string[], retried: string[] }} */
const outcome = { passed: 0, failed: [], retried: [] };

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
for (const title of outcome.retried) console.log(`FAULT: passed only on retry: ${title}`);
for (const what of outcome.failed) console.log(`FAILED: ${what}`);
console.log(`${outcome.passed} passed, ${outcome.failed.length} failed`);
process.exitCode = outcome.failed.length === 0 ? 0 : 1;

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
  add(vitest, worked, report, ofVitest);
}

function playwright(project, env = {}) {
  const report = join(results, `${project}.json`);
  rmSync(report, { force: true });
  const worked = run('playwright test', [`--project=${project}`, '--reporter=list,json'], { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  add(`Playwright (${project})`, worked, report, ofPlaywright);
}

/** Adds what a report says; one that is missing, or knows of no failure although the tool did not succeed, counts as a failure. */
function add(tool, worked, report, read) {
  const { passed, failed, retried } = existsSync(report) ? read(JSON.parse(readFileSync(report, 'utf8')), root) : { passed: 0, failed: [], retried: [] };
  outcome.passed += passed;
  outcome.failed.push(...failed);
  outcome.retried.push(...retried);
  if (!worked && failed.length === 0) fail(tool);
}

/** Runs one of the tools in node_modules/.bin, which npm has put on the PATH. */
function run(command, args, env = {}) {
  const line = [command, ...args].join(' ');
  console.log(`\n$ ${line}`);
  return spawnSync(line, { cwd: root, shell: true, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } }).status === 0;
}

function fail(what) {
  console.error(`failed: ${what}`);
  outcome.failed.push(what);
}
