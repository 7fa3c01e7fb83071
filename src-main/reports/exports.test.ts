import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import { value } from '#engine/testing/desk.ts';
import { type ExportJob, type ReportFile, reportQuery } from '#shared/contract/reports.ts';
import { dataDir, KeptDesk } from '#vault/testing/keeper.ts';
import { type Destination, Exports } from './exports.ts';
import { Reports } from './reports.ts';

/** Long enough for a busy machine. */
const PATIENT = { timeout: 30_000 };

const FILE: ReportFile = { query: reportQuery.parse({ report: 'contacts', from: '2026-11-22', to: '2026-11-22' }), format: 'csv', language: 'en' };

async function exporting(contacts: number, destination: Destination) {
  const desk = await (await KeptDesk.open()).filled(contacts);
  const exports = new Exports(
    new Reports({ reader: desk.reader, now: () => desk.now, timeZone: 'UTC', serviceSeconds: () => 20, language: 'en' }),
    destination,
  );
  const told: (readonly ExportJob[])[] = [];
  exports.watch((jobs) => told.push(jobs));
  const states = () => [...new Set(told.flatMap((jobs) => (jobs[0] ? [jobs[0].state] : [])))];
  return { exports, told, states, last: () => told.at(-1)?.[0] };
}

test('a file is written to the chosen path, completely or not at all, and its outcome is announced', async () => {
  const folder = dataDir().backups.replace(/backups$/, '');
  const path = join(folder, 'out.csv');
  const { exports, states, last } = await exporting(2000, { ask: async (name) => (name === 'switchyard-contacts-2026-11-22.csv' ? path : null) });
  expect(value(await exports.begin(FILE))).toMatchObject({ state: 'writing', path, url: null });
  await vi.waitFor(() => expect(last()?.state).toBe('done'), PATIENT);
  expect(last()).toMatchObject({ rows: 2000, progress: 1, bytes: statSync(path).size });
  expect(readFileSync(path, 'utf8').trimEnd().split('\r\n').length).toBe(2001);
  expect(readdirSync(folder)).toEqual(['out.csv']);
  expect(states()).toEqual(['writing', 'done']);
});

test('nothing is started when the user cancels', async () => {
  const { exports, told } = await exporting(1, { ask: async () => null });
  expect(value(await exports.begin(FILE))).toBe(null);
  expect([exports.list(), told]).toEqual([[], []]);
});

test('a path that cannot be written is reported', async () => {
  const { exports, last } = await exporting(1, { ask: async () => '/nowhere/at/all/out.csv' });
  value(await exports.begin(FILE));
  await vi.waitFor(() => expect(last()).toMatchObject({ state: 'failed', detail: expect.stringContaining('ENOENT') }), PATIENT);
});

test('a file that cannot be replaced is unchanged, and no partial file is left', async () => {
  const folder = dataDir().backups.replace(/backups$/, '');
  const path = join(folder, 'out.csv');
  mkdirSync(path);
  const { exports, last } = await exporting(1, { ask: async () => path });
  value(await exports.begin(FILE));
  await vi.waitFor(() => expect(last()).toMatchObject({ state: 'failed', detail: expect.stringMatching(/^E(ISDIR|PERM|EXIST)/) }), PATIENT);
  expect([readdirSync(folder), readdirSync(path)]).toEqual([['out.csv'], []]);
});

test('a file that is open elsewhere is replaced atomically: its reader continues with the old one', async () => {
  const folder = dataDir().backups.replace(/backups$/, '');
  const path = join(folder, 'out.csv');
  writeFileSync(path, 'the one before');
  const open = openSync(path, 'r');
  const { exports, last } = await exporting(2000, { ask: async () => path });
  value(await exports.begin(FILE));
  await vi.waitFor(() => expect(last()?.state).toBe('done'), PATIENT);
  expect(readFileSync(open, 'utf8')).toBe('the one before');
  closeSync(open);
  expect(readFileSync(path, 'utf8').trimEnd().split('\r\n').length).toBe(2001);
});

test('two files with one name written at once do not mix: one of them is complete', async () => {
  const folder = dataDir().backups.replace(/backups$/, '');
  const path = join(folder, 'out.csv');
  const { exports, told } = await exporting(2000, { ask: async () => path });
  value(await exports.begin(FILE));
  value(await exports.begin(FILE));
  await vi.waitFor(() => expect(told.at(-1)?.map(({ state }) => state)).toEqual(['done', 'done']), PATIENT);
  expect(readdirSync(folder)).toEqual(['out.csv']);
  expect(statSync(path).size).toBe(told.at(-1)?.[0]?.bytes);
  expect(new Set(readFileSync(path, 'utf8').trimEnd().split('\r\n')).size).toBe(2001);
});

test('a cancelled file leaves nothing behind', async () => {
  const folder = dataDir().backups.replace(/backups$/, '');
  const path = join(folder, 'out.csv');
  const { exports, last } = await exporting(2000, { ask: async () => path });
  exports.watch(([job]) => {
    if (job && job.bytes > 0) exports.cancel(job.id);
  });
  value(await exports.begin(FILE));
  await vi.waitFor(() => expect(last()?.state).toBe('cancelled'), PATIENT);
  expect(last()?.bytes).toBeGreaterThan(0);
  await vi.waitFor(() => expect(readdirSync(folder)).toEqual([]), PATIENT);
  expect(existsSync(path)).toBe(false);
});

/** The ticket at the end of the download address. */
const ticketOf = (job: ExportJob | null | undefined): string => job?.url?.split('/').at(-1) ?? '';

test('a browser fetches its file once, from an unguessable address', async () => {
  const { exports, last } = await exporting(5, { url: '/console/exports/' });
  const job = value(await exports.begin(FILE));
  expect(job).toMatchObject({ state: 'offered', url: expect.stringMatching(/^\/console\/exports\/[\w-]{43}$/), path: null });
  for (const guess of ['', '1', String(job?.id), ticketOf(job).slice(1)]) expect(exports.open(guess).ok).toBe(false);
  const { name, stream } = value(exports.open(ticketOf(last())));
  expect([name, (await text(stream)).split('\r\n').length]).toEqual(['switchyard-contacts-2026-11-22.csv', 7]);
  await vi.waitFor(() => expect(last()).toMatchObject({ state: 'done', rows: 5, progress: 1 }), PATIENT);
  expect(exports.open(ticketOf(last())).ok).toBe(false);
});

test('a file that was not fetched within five minutes is no longer offered', async () => {
  const { exports, last } = await exporting(1, { url: '/console/exports/' });
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  try {
    const job = value(await exports.begin(FILE));
    vi.advanceTimersByTime(5 * 60_000);
    expect(last()?.state).toBe('cancelled');
    expect(exports.open(ticketOf(job)).ok).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});

test('a page is printed if a browser is available, and otherwise the failure is reported', async () => {
  const desk = await (await KeptDesk.open()).filled(1);
  const reports = new Reports({ reader: desk.reader, now: () => desk.now, timeZone: 'UTC', serviceSeconds: () => 20, language: 'en' });
  const page = { query: FILE.query, hash: '#/reports?report=contacts' };
  expect(await new Exports(reports, { url: '/' }).print(page)).toMatchObject({ ok: false, problem: { code: 'no_browser' } });

  const printing = new Exports(reports, { url: '/' }, () => async (hash) => Buffer.from(`%PDF ${hash}`));
  const printed = value(await printing.print(page));
  expect(printed).toMatchObject({ format: 'pdf', name: 'switchyard-contacts-2026-11-22.pdf' });
  expect(await text(value(printing.open(ticketOf(printed))).stream)).toBe('%PDF #/reports?report=contacts');

  const broken = new Exports(reports, { url: '/' }, () => () => Promise.reject(new Error('the page was not ready')));
  const told: (readonly ExportJob[])[] = [];
  broken.watch((jobs) => told.push(jobs));
  const failing = value(await broken.print(page));
  await expect(text(value(broken.open(ticketOf(failing))).stream)).rejects.toThrow('the page was not ready');
  expect(told.at(-1)?.[0]).toMatchObject({ state: 'failed', detail: 'the page was not ready' });
});
