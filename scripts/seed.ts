/**
 * `npm run seed -- --data-dir DIR [--contacts N] [--operators M] [--sources S] [--days D] [--seed X] [--lang ru|en]`: writes a year of
 * history into an empty data directory, the same for the same seed except that it ends today.
 */
import { parseArgs } from 'node:util';
import { appFile } from '#shells/app-root.ts';
import { dataDirAt, prepareDataDir } from '#shells/data-dir.ts';
import { lockDataDir } from '#shells/instance-lock.ts';
import { realWorld } from '#shells/real-world.ts';
import { latestRevision } from '#store/journal/journal.ts';
import { openStore, type Store } from '#store/sqlite/open.ts';
import { type HistoryOptions, writeHistory } from './seed/history.ts';

const USAGE = 'npm run seed -- --data-dir DIR [--contacts N] [--operators M (12 or more)] [--sources S (4 or more)] [--days D] [--seed X] [--lang ru|en]';

const { values } = parseArgs({
  options: {
    'data-dir': { type: 'string' },
    contacts: { type: 'string', default: '1000' },
    operators: { type: 'string', default: '12' },
    sources: { type: 'string', default: '4' },
    days: { type: 'string', default: '365' },
    seed: { type: 'string', default: '1' },
    lang: { type: 'string', default: 'ru' },
  },
});

function wholeNumber(name: 'contacts' | 'operators' | 'sources' | 'days' | 'seed', least: number): number {
  const number = Number(values[name]);
  if (!Number.isSafeInteger(number) || number < least) stop(`--${name} takes a whole number from ${least}.\nUsage: ${USAGE}`);
  return number;
}

function stop(message: string): never {
  console.error(message);
  process.exit(1);
}

/** An interrupted run loses nothing of value, so no commit waits for the disk until the end. */
function fill(store: Store, options: HistoryOptions): void {
  for (const pragma of ['synchronous = OFF', 'secure_delete = OFF', 'cache_size = -262144', 'temp_store = MEMORY']) store.connection.pragma(pragma);
  writeHistory(store, options);
  store.connection.pragma('synchronous = FULL');
  store.connection.pragma('optimize');
}

if (!values['data-dir']) stop(`Name a data directory.\nUsage: ${USAGE}`);
if (values.lang !== 'ru' && values.lang !== 'en') stop(`--lang is ru or en.\nUsage: ${USAGE}`);
const { timeZone, newKey, now } = realWorld();
const options: HistoryOptions = {
  contacts: wholeNumber('contacts', 0),
  operators: wholeNumber('operators', 12),
  sources: wholeNumber('sources', 4),
  days: wholeNumber('days', 1),
  seed: wholeNumber('seed', 0),
  language: values.lang,
  until: now(),
  timeZone,
  newKey,
};

const dir = dataDirAt(values['data-dir']);
prepareDataDir(dir);
const locked = lockDataDir(dir, now);
if (!locked.ok) stop(`${dir.path} is in use by process ${locked.pid ?? '?'}. Stop it first.`);
const store = openStore(dir.database, { migrations: appFile('drizzle') });
try {
  if (latestRevision(store.reading) > 0) stop(`${dir.path} already contains a workspace. Name an empty directory.`);
  const started = performance.now();
  fill(store, options);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const rows = store.reading.get<{ contacts: number; leads: number; open: number }>(
    "SELECT (SELECT COUNT(*) FROM contacts) AS contacts, (SELECT COUNT(*) FROM leads WHERE merged_into IS NULL) AS leads, (SELECT COUNT(*) FROM contacts WHERE status <> 'closed') AS open",
  );
  console.log(
    `${rows?.contacts} contacts (${rows?.open} of them open) by ${rows?.leads} leads in ${seconds} s.\nTo see them: npm start -- --data-dir ${values['data-dir']}`,
  );
} finally {
  store.close();
  locked.lock.release();
}
