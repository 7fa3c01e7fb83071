/** Shared by all benchmarks: a fresh folder on a real disk, a desk in it, percentiles, and table output. */
import { randomBytes, randomInt } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setCompetence } from '#engine/configuration/competences.ts';
import { createOperator } from '#engine/configuration/operators.ts';
import { createSource } from '#engine/configuration/sources.ts';
import { Engine } from '#engine/core/engine.ts';
import type { Result } from '#shared/contract/problems.ts';
import { openStore } from '#store/sqlite/open.ts';

const ROOT = join(import.meta.dirname, '..');
export const MIGRATIONS = join(ROOT, 'drizzle');
/** Beside the sources, so that it is on a disk and not in memory; the variable BENCH_DIR selects another folder. */
export const BENCH_DIR = process.env.BENCH_DIR ?? join(ROOT, '.bench');

/** Ensures that out/ is newer than its sources. */
export async function provideBuild(): Promise<void> {
  const { isBuilt, build } = (await import(join(ROOT, 'scripts', 'build.mjs'))) as { isBuilt(): boolean; build(): boolean }; // plain JavaScript: npm start needs it as it is
  if (!isBuilt() && !build()) throw new Error('the build failed');
}

/** The V8 flags that `npm start` passes to the host. */
export async function v8Flags(): Promise<readonly string[]> {
  const { V8_FLAGS } = (await import(join(ROOT, 'scripts', 'v8-flags.mjs'))) as { V8_FLAGS: readonly string[] }; // plain JavaScript, too
  return V8_FLAGS;
}

/** A new directory, deleted when the process ends. */
export function freshDir(): string {
  mkdirSync(BENCH_DIR, { recursive: true });
  const dir = mkdtempSync(join(BENCH_DIR, 'run-'));
  process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.detail}`);
  return result.value;
}

export interface BenchDesk {
  readonly engine: Engine;
  readonly source_id: number;
  readonly api_key: string;
}

/** Large enough that nobody ever reaches the limit. */
export const NO_LIMIT = 1_000_000;

/** The engine as the host has it, on a database with synchronous=FULL. */
export function engineAt(file: string): Engine {
  return new Engine({
    store: openStore(file, { migrations: MIGRATIONS }),
    now: Date.now,
    dice: (sum) => randomInt(sum),
    newKey: () => `sw_${randomBytes(32).toString('base64url')}`,
    timeZone: 'Europe/Moscow',
    log: (message, error) => console.error(message, error),
  });
}

/** A fresh database with one source and the given number of operators with a competence for it. */
export async function benchDesk(operators: number): Promise<BenchDesk> {
  const engine = engineAt(join(freshDir(), 'bench.db'));
  const source = value(await engine.write('admin', (write) => createSource(write, { name: 'Bench', settings: { rate_limit_per_second: null } })));
  for (let i = 0; i < operators; i++) {
    const { id } = value(await engine.write('admin', (write) => createOperator(write, { name: `Operator ${i + 1}`, max_load: NO_LIMIT, is_active: true })));
    value(await engine.write('admin', (write) => setCompetence(write, id, source.id, 1 + (i % 100))));
  }
  return { engine, source_id: source.id, api_key: source.api_key };
}

/** A Russian mobile number, unique for each `n` below 10^9. */
export const phoneOf = (n: number): string => `+79${String(n).padStart(9, '0')}`;

/** Commits per second that the disk allows: appends of 4 KB, each followed by fsync. */
export function fsyncRate(durationMs = 2000): number {
  const fd = openSync(join(freshDir(), 'fsync'), 'w');
  const block = Buffer.alloc(4096, 1);
  const started = performance.now();
  let n = 0;
  while (performance.now() - started < durationMs) {
    writeSync(fd, block);
    fsyncSync(fd);
    n++;
  }
  const seconds = (performance.now() - started) / 1000;
  closeSync(fd);
  return n / seconds;
}

/** The value below which the share `p` (0 … 1) of them lies. Sorts in place. */
export function percentile(values: Float64Array, p: number): number {
  values.sort();
  return values[Math.min(values.length - 1, Math.floor(p * values.length))] ?? Number.NaN;
}

export interface Latencies {
  /** milliseconds */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export function latencies(milliseconds: readonly number[]): Latencies {
  const sorted = Float64Array.from(milliseconds);
  return { p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95), p99: percentile(sorted, 0.99), max: percentile(sorted, 1) };
}

/** Processor time that this process has used since the call, in microseconds: more reliable than the clock on a busy machine. */
export function cpuMeter(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
}

const text = (cell: string | number): string => (typeof cell === 'string' ? cell : cell.toLocaleString('en', { maximumFractionDigits: cell < 100 ? 1 : 0 }));

/** Prints rows below their headings, figures right-aligned. */
export function printTable(headings: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const lines = [headings, ...rows.map((row) => row.map(text))];
  const widths = headings.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  for (const line of lines) console.log(line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '));
}

export function wholeNumber(name: string, given: string | undefined, otherwise: number): number {
  if (given === undefined) return otherwise;
  const number = Number(given);
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`--${name} takes a whole number from 1, not ${given}`);
  return number;
}
