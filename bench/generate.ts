/**
 * Generates databases with a long history quickly, for benchmarks: `node bench/generate.ts --data-dir DIR --contacts N [--operators N]
 * [--sources N] [--waiting N] [--max-load N] [--days N] [--seed N]`. The keys of the sources are `keyOf(1)`, `keyOf(2)` …
 */

import { createHash } from 'node:crypto';
import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dataDirAt, prepareDataDir } from '#shells/data-dir.ts';
import { type Wanted, writeHistory } from './generate/history.ts';
import { BENCH_DIR, MIGRATIONS, wholeNumber } from './measure.ts';

export { keyOf, type Wanted } from './generate/history.ts';

const DEFAULTS: Wanted = {
  contacts: 100_000,
  operators: 20,
  sources: 4,
  waiting: 0,
  max_load: null,
  days: 365,
  seed: 1,
  until: new Date().setUTCHours(0, 0, 0, 0),
  timeZone: 'Europe/Moscow',
};

/** Writes the history into `file`, which must not exist. */
export function generate(file: string, wanted: Partial<Wanted>): void {
  writeHistory(file, { ...DEFAULTS, ...wanted });
}

/**
 * A database with this history, generated once and cached; do not write to it. It ends today and is generated again tomorrow.
 * @returns its path
 */
export function kept(wanted: Partial<Wanted>): string {
  const all = { ...DEFAULTS, ...wanted };
  const folder = join(BENCH_DIR, 'generated');
  const name = `${nameOf(all)}.db`;
  const file = join(folder, name);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${file}.unfinished`;
  for (const former of [unfinished, `${unfinished}-wal`, `${unfinished}-shm`]) rmSync(former, { force: true });
  generate(unfinished, all);
  renameSync(unfinished, file);
  return file;
}

/** A copy of `kept` that may be written to, as the database of a data directory. @returns the data directory */
export function dataDirWith(dir: string, wanted: Partial<Wanted>): string {
  const place = dataDirAt(dir);
  prepareDataDir(place);
  copyFileSync(kept(wanted), place.database, constants.COPYFILE_FICLONE);
  return dir;
}

/** Identifies the requested history and everything that its rows depend on. */
function nameOf(wanted: Wanted): string {
  const maker = createHash('sha256').update(JSON.stringify(wanted));
  const sources = [join(MIGRATIONS), join(import.meta.dirname, 'generate')];
  for (const folder of sources) for (const name of readdirSync(folder)) if (/\.(sql|ts)$/.test(name)) maker.update(readFileSync(join(folder, name)));
  return `${wanted.contacts}-contacts-${wanted.operators}-operators-${wanted.waiting}-waiting-${maker.digest('hex').slice(0, 12)}`;
}

if (import.meta.main) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { 'data-dir': text, contacts: text, operators: text, sources: text, waiting: text, 'max-load': text, days: text, seed: text },
  });
  const dir = values['data-dir'];
  if (dir === undefined) throw new Error('name an empty directory: --data-dir DIR');
  const place = dataDirAt(dir);
  prepareDataDir(place);
  if (existsSync(place.database)) throw new Error(`${place.database} already exists`);
  const started = performance.now();
  generate(place.database, {
    contacts: wholeNumber('contacts', values.contacts, DEFAULTS.contacts),
    operators: wholeNumber('operators', values.operators, DEFAULTS.operators),
    sources: wholeNumber('sources', values.sources, DEFAULTS.sources),
    waiting: values.waiting === undefined ? 0 : wholeNumber('waiting', values.waiting, 0),
    max_load: values['max-load'] === undefined ? null : wholeNumber('max-load', values['max-load'], 0),
    days: wholeNumber('days', values.days, DEFAULTS.days),
    seed: wholeNumber('seed', values.seed, DEFAULTS.seed),
  });
  console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
}
