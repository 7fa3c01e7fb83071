/**
 * `npm run seed -- --data-dir DIR [--contacts N] [--lang ru|en]`: fills an empty data directory with the demo's desk and a
 * shift of work that lies behind it, so that every screen has something to show. Nothing runs afterwards.
 */
import { parseArgs } from 'node:util';
import { closeContact } from '#engine/contacts.ts';
import { Engine } from '#engine/engine.ts';
import { sources } from '#engine/queries.ts';
import { submitContact } from '#engine/submit-contact.ts';
import { appFile } from '#shells/app-root.ts';
import { dataDirAt, prepareDataDir } from '#shells/data-dir.ts';
import { fillWorkspace } from '#shells/demo/fill.ts';
import { someContact } from '#shells/demo/some-contact.ts';
import { demoWorkspaces } from '#shells/demo/workspace.ts';
import { lockDataDir } from '#shells/instance-lock.ts';
import { realWorld } from '#shells/real-world.ts';
import { openStore } from '#store/open.ts';

const SHIFT_MS = 8 * 3600_000;
/** How many contacts are in work at any time, so far as there are slots. */
const IN_WORK = 30;

const { values } = parseArgs({
  options: { 'data-dir': { type: 'string' }, contacts: { type: 'string', default: '500' }, lang: { type: 'string', default: 'ru' } },
});
const total = Number(values.contacts);
const workspace = demoWorkspaces[values.lang === 'en' ? 'en' : 'ru'];
if (!values['data-dir'] || !Number.isInteger(total) || total < 0) stop('usage: npm run seed -- --data-dir DIR [--contacts N] [--lang ru|en]');

const dir = dataDirAt(values['data-dir']);
prepareDataDir(dir);
const locked = lockDataDir(dir, Date.now);
if (!locked.ok) stop(`${dir.path} is in use by process ${locked.pid}`);

const end = Date.now();
let now = end - SHIFT_MS;
const engine = new Engine({
  ...realWorld(),
  now: () => now,
  store: openStore(dir.database, { migrations: appFile('drizzle') }),
  phoneRegion: 'RU',
  log: (message, error) => console.error(message, error),
});
if (engine.board().revision > 0) stop(`${dir.path} is not empty`);

await engine.write('demo', (write) => fillWorkspace(write, workspace));
const source_ids = sources(engine.read).map((source) => source.id);
const open: number[] = [];
for (let nth = 1; nth <= total; nth++) {
  now = end - SHIFT_MS + Math.floor((SHIFT_MS * nth) / total);
  const input = someContact(source_ids, workspace);
  const result = await engine.write(`source:${input.source_id}`, (write) => submitContact(write, { input, idempotency_key: null, fingerprint: null }));
  if (result.ok) open.push(result.value.contact.id);
  const done = open.length > IN_WORK ? open.shift() : undefined;
  if (done !== undefined) await engine.write('admin', (write) => closeContact(write, done));
}
engine.close();
locked.lock.release();
console.log(`${total} contacts of ${workspace.operators.length} operators and ${workspace.sources.length} sources in ${dir.path}`);

function stop(message: string): never {
  console.error(message);
  process.exit(1);
}
