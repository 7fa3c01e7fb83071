import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/system.ts';

const executablePath = findChromium();
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache'); // inherited by every host and worker: a seventh of the work of a host's start
const quietPolls = pathToFileURL(join(import.meta.dirname, 'e2e', 'harness', 'quiet-polls.mjs')).href;
if (process.env.TEST_WORKER_INDEX === undefined) process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --import ${quietPolls}`; // for the workers, which load this file, too

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/artifacts',
  workers: '200%', // a test waits nearly half of its time, for the host, the console's own delays, or a clock
  fullyParallel: true, // each test has a host of its own; else the longest file is left for one worker to finish alone
  forbidOnly: Boolean(process.env.CI),
  retries: process.env.CI ? 1 : 0, // what passes only then is listed as a fault below the run
  timeout: 900_000, // for what hangs: a busy machine may take its time, and the longest of them needs a fifth of this on two idle processors
  expect: { timeout: 60_000 },
  use: {
    actionTimeout: 60_000,
    trace: process.env.CI ? 'on-first-retry' : 'retain-on-failure', // keeping one costs a fifth of the processor time
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    },
  },
  projects: [
    { name: 'browser', testIgnore: 'desktop/**', use: { contextOptions: { reducedMotion: 'reduce' } } }, // what moves is painted in software here; in the window it moves
    { name: 'desktop', testMatch: 'desktop/**/*.spec.ts', workers: 2 },
  ],
});
