/**
 * Reports over a generated year: time to the first report, each report with warm caches, all rows as CSV and XLSX, the memory used, and
 * the effect on intake. `node bench/reports.ts [--contacts N]`; the first run generates the history, which takes a minute.
 */
import { once } from 'node:events';
import { createWriteStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { Engine } from '#engine/core/engine.ts';
import { listen } from '#intake/listen.ts';
import { createIntake } from '#intake/server.ts';
import { fileStream } from '#reports/files/stream.ts';
import { Reader } from '#reports/reader.ts';
import { Reports } from '#reports/reports.ts';
import { type FileFormat, type ReportQueryInput, reportQuery } from '#shared/contract/reports.ts';
import { DAY_MS } from '#shared/time.ts';
import { dataDirAt } from '#shells/data-dir.ts';
import { openStore } from '#store/sqlite/open.ts';
import { type Figure, type Figures, printFigures } from './figures.ts';
import { dataDirWith, kept, keyOf, type Wanted } from './generate.ts';
import { freshDir, MIGRATIONS, wholeNumber } from './measure.ts';
import { load } from './passes.ts';

const TIME_ZONE = 'Europe/Moscow';
const THREAD = join(import.meta.dirname, '..', 'src-main', 'reports', 'thread.ts');
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
const YEAR = { from: dayOf(Date.now() - 366 * DAY_MS), to: dayOf(Date.now()) };
const FORTNIGHT = { from: dayOf(Date.now() - 13 * DAY_MS), to: YEAR.to };

const QUESTIONS: readonly (readonly [what: string, query: ReportQueryInput])[] = [
  ['summary of a year by day', { report: 'summary', ...YEAR }],
  ['summary by operator', { report: 'summary', ...YEAR, group_by: 'operator' }],
  ['summary by hour, working days, one source', { report: 'summary', ...YEAR, group_by: 'hour', weekdays: [1, 2, 3, 4, 5], source_ids: [1] }],
  ['heat map', { report: 'heat_map', ...YEAR }],
  ['waits', { report: 'waits', ...YEAR }],
  ['load of a year', { report: 'load', ...YEAR }],
  ['load of a fortnight by hour', { report: 'load', ...FORTNIGHT }],
  ['fairness', { report: 'fairness', ...YEAR }],
  ['a page of all contacts', { report: 'contacts', ...YEAR }],
  ['a page of late contacts', { report: 'contacts', ...YEAR, measure: 'late' }],
];

const PAGE = { limit: 100 };
const megabytes = () => process.memoryUsage.rss() / 1e6;

/** Tracks the peak memory of this process until the returned function is called. */
function peak(): () => number {
  let most = megabytes();
  const timer = setInterval(() => {
    most = Math.max(most, megabytes());
  }, 20);
  return () => {
    clearInterval(timer);
    return most;
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function fileFigures(reports: Reports, format: FileFormat, most: number, dir: string): Promise<Figure[]> {
  const before = megabytes();
  const highest = peak();
  const path = join(dir, `all.${format}`);
  const query = reportQuery.parse({ report: 'contacts', ...YEAR });
  const ms = await timed(() => pipeline(fileStream(reports, { query, format, language: 'ru' }), createWriteStream(path)));
  return [
    { what: `all contacts as ${format.toUpperCase()}`, figure: ms / 1000, unit: 's', goal: { most } },
    { what: `memory meanwhile, ${format.toUpperCase()}`, figure: highest() - before, unit: 'MB more', goal: { most: 150 } },
    { what: `the ${format.toUpperCase()} file`, figure: statSync(path).size / 1e6, unit: 'MB', goal: null },
  ];
}

/** The first query after a start reads the whole history. */
const readAll = (reports: Reports) => reports.report(reportQuery.parse({ report: 'heat_map', ...YEAR }), PAGE, undefined);

async function readingFigures(wanted: Partial<Wanted>): Promise<Figure[]> {
  const reader = new Reader({ entry: THREAD, database: kept(wanted) });
  const reports = new Reports({ reader, now: Date.now, timeZone: TIME_ZONE, serviceSeconds: () => 20, language: 'ru' });
  await reader.ask('revision', null); // the thread is running
  const before = megabytes();
  const first = await timed(() => readAll(reports));
  const columns = megabytes() - before;
  const figures: Figure[] = [
    { what: 'the first query, which reads the whole history', figure: first / 1000, unit: 's', goal: null },
    { what: 'memory for the history', figure: columns, unit: 'MB more', goal: { most: 150 } },
  ];
  for (const [what, query] of QUESTIONS) {
    const ask = () => reports.report(reportQuery.parse(query), PAGE, undefined);
    await ask();
    const times: number[] = [];
    for (let i = 0; i < 7; i++) times.push(await timed(ask));
    figures.push({ what, figure: median(times), unit: 'ms', goal: { most: 300 } });
  }
  const dir = freshDir();
  figures.push(...(await fileFigures(reports, 'csv', 10, dir)), ...(await fileFigures(reports, 'xlsx', 60, dir)));
  await reader.close();
  return figures;
}

/** The latency that bots see while reports are requested one after another and all contacts are exported to a file. */
async function intakeFigures(wanted: Partial<Wanted>, seconds: number): Promise<Figure[]> {
  const { database } = dataDirAt(dataDirWith(freshDir(), wanted));
  const engine = new Engine({
    store: openStore(database, { migrations: MIGRATIONS }),
    now: Date.now,
    dice: (sum) => Math.floor(Math.random() * sum),
    newKey: () => '',
    timeZone: TIME_ZONE,
    log: (message, error) => console.error(message, error),
  });
  const reader = new Reader({ entry: THREAD, database });
  const reports = new Reports({ reader, now: Date.now, timeZone: TIME_ZONE, serviceSeconds: () => 20, language: 'ru' });
  const app = createIntake({
    engine,
    adminToken: 'not-used-in-measurements',
    version: '0',
    log: { error: (fields, message) => console.error(message, fields) },
    reports,
  });
  const { port } = await listen(app, { port: 0 });
  const order = { url: `http://127.0.0.1:${port}`, token: keyOf(1), connections: 16, seconds, rate: 40 }; // a source may make 50 requests a second
  await load({ ...order, seconds: 2, first: 900_000_000 });
  await readAll(reports);
  const usual = await load({ ...order, first: 910_000_000 });
  let isOver = false;
  const asking = (async () => {
    while (!isOver) for (const [, query] of QUESTIONS) if (!isOver) await reports.report(reportQuery.parse(query), PAGE, undefined);
  })();
  const stream = fileStream(reports, { query: reportQuery.parse({ report: 'contacts', ...YEAR }), format: 'xlsx', language: 'ru' });
  stream.on('error', () => undefined); // cancelled at the end
  stream.resume();
  const meanwhile = await load({ ...order, first: 920_000_000 });
  isOver = true;
  await asking;
  if (!stream.destroyed) {
    stream.destroy();
    await once(stream, 'close');
  }
  await app.close();
  await reader.close();
  engine.close();
  return [
    { what: 'intake at 40 a second, p99', figure: usual.p99, unit: 'ms', goal: null },
    { what: 'the same while reports are computed and exported, p99', figure: meanwhile.p99, unit: 'ms', goal: { most: 2 * usual.p99 } },
    { what: 'refused or lost', figure: usual.failed + meanwhile.failed, unit: 'contacts', goal: { most: 0 } },
  ];
}

const measured = async (contacts: number, seconds: number): Promise<Figure[]> => {
  const wanted = { contacts };
  return [...(await readingFigures(wanted)), ...(await intakeFigures(wanted, seconds))];
};

export const figures: Figures = (short) => measured(1_000_000, short ? 8 : 15);

if (import.meta.main) {
  const { values } = parseArgs({ options: { contacts: { type: 'string' } } });
  printFigures(await measured(wholeNumber('contacts', values.contacts, 1_000_000), 15));
}
