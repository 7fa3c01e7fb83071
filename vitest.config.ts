import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { brokenReports } from './src-main/reports/testing/broken-reports.ts';

/** Start programs and wait for them, most of a minute some of them. */
const hosts = [
  '{faults,security}/**/*.test.ts',
  'src-main/shells/**/*.test.ts',
  'src-main/vault/guard.test.ts',
  'src-main/intake/listen.test.ts',
  'src-main/store/sqlite/migrate-rows.test.ts',
];

export default defineConfig({
  plugins: [brokenReports()],
  test: {
    environment: 'node',
    setupFiles: ['scripts/each-file.ts'],
    testTimeout: 300_000, // for what hangs: a busy machine may take its time
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    maxWorkers: '100%', // else one processor is left alone
    env: { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(tmpdir(), 'node-compile-cache') }, // a third of the work of a program's start
    // they are begun in the order of these names, so that no long one is left for the end
    projects: [
      { extends: true, test: { name: 'hosts', include: hosts } },
      {
        extends: true,
        test: { name: 'parts', include: ['{src-*,scripts,bench}/**/*.test.{ts,tsx}'], exclude: hosts, isolate: false }, // they leave nothing behind in their process
      },
    ],
  },
});
