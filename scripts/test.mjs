/**
 * `npm test`: builds, checks types, style and boundaries, and runs the Vitest tests beside the browser tests, so that no processor is idle.
 * `npm run test:desktop`: the tests in a real Electron window. Both end with a line for each failure, `FAILED: …`, and one of counts: `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { isBuilt } from './build.mjs';
import { ofPlaywright, ofVitest } from './outcome.ts';
import { findChromium, missingForBrowser, missingForWindow } from './system.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const results = 'test-results'; // relative, because the path of the checkout may contain a space

process.chdir(root);
mkdirSync(results, { recursive: true });
/** @type {import('./outcome.ts').Outcome[]} */
const outcomes = process.argv[2] === 'desktop' ? [await desktop()] : await everything();
for (const title of outcomes.flatMap(({ retried }) => retried)) console.log(`FAULT: passed only on retry: ${title}`);
const failed = outcomes.flatMap((outcome) => outcome.failed);
for (const what of failed) console.log(`FAILED: ${what}`);
console.log(`${outcomes.reduce((sum, { passed }) => sum + passed, 0)} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** All steps of `npm run check`, even after a failure, and the browser tests. Vitest, the last of the steps, needs the build and what the system provides, too. */
async function everything() {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const steps = scripts.check.split(' && ');
  const vitest = steps.pop();
  const checked = inTurn(steps);
  const provided = once(spawn(process.execPath, [join('scripts', 'provide.ts')], { stdio: ['ignore', 2, 2] }), 'exit'); // downloads while the build and the checks run
  const isReady = await built();
  await provided;
  if (!isReady) return [...(await checked), failure('the build')];
  const tested = inBrowser();
  return [...(await checked), await parts(vitest), await tested];
}

async function inTurn(steps) {
  const outcomes = [];
  for (const step of steps) if (!(await run(step, [], { isBrief: true }))) outcomes.push(failure(step));
  return outcomes;
}

async function parts(vitest) {
  const report = join(results, 'vitest.json');
  rmSync(report, { force: true });
  const worked = await run(vitest, ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`], { env: { TESTED_HOST: 'built' }, isBrief: true });
  return outcomeOf(vitest, worked, report, ofVitest);
}

async function inBrowser() {
  const missing = missingForBrowser();
  if (missing.length === 0) return playwright('browser', { CHROMIUM_PATH: findChromium() });
  return failure(`the tests in a browser: they need ${missing.join(', and ')}: install what is missing, then run npm test again`);
}

async function desktop() {
  if (!(await built())) return failure('the build');
  const missing = missingForWindow();
  return missing.length === 0 ? playwright('desktop') : failure(`the tests in a window: they need ${missing.join(', and ')}`);
}

async function built() {
  return isBuilt() || run('node', [join('scripts', 'build.mjs')]);
}

async function playwright(project, env = {}) {
  const report = join(results, `${project}.json`);
  rmSync(report, { force: true });
  const worked = await run('playwright test', [`--project=${project}`, '--reporter=list,json'], { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report } });
  return outcomeOf(`Playwright (${project})`, worked, report, ofPlaywright);
}

/** What a report says; one that is missing, or knows of no failure although the tool did not succeed, is a failure. */
function outcomeOf(tool, worked, report, read) {
  const outcome = existsSync(report) ? read(JSON.parse(readFileSync(report, 'utf8')), root) : failure(tool);
  return worked || outcome.failed.length > 0 ? outcome : { ...outcome, failed: [tool] };
}

/** Runs one of the tools in node_modules/.bin, which npm has put on the PATH. The output of a brief one appears when it has ended, in one piece. */
async function run(command, args, { env = {}, isBrief = false } = {}) {
  const line = [command, ...args].join(' ');
  const output = isBrief ? 'pipe' : 'inherit';
  if (!isBrief) console.log(`\n$ ${line}`);
  const tool = spawn(isBrief ? `${line} 2>&1` : line, { shell: true, stdio: ['ignore', output, output], env: { ...process.env, ...env } });
  const ended = once(tool, 'exit');
  if (isBrief) console.log(`\n$ ${line}\n${await text(tool.stdout)}`);
  const [status] = await ended;
  return status === 0;
}

function failure(what) {
  console.error(`failed: ${what}`);
  return { passed: 0, failed: [what], retried: [] };
}
