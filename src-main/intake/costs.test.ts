/** How much database work one request with a source key can cause, as counted by SQLite. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saveSettings } from '#engine/configuration/settings.ts';
import { Desk, value } from '#engine/testing/desk.ts';
import { openStore, type Store } from '#store/sqlite/open.ts';
import { Recorder } from '#store/testing/vm-steps.ts';
import { MIGRATIONS } from '#vault/testing/places.ts';
import { ADMIN_TOKEN, Port } from './testing/port.ts';

/** Number of contacts of one lead, which has twice as many identifiers. Other leads have as many contacts again. */
const SIZES = [300, 10_000] as const;

async function scene(size: number) {
  const store = openStore(':memory:', { migrations: MIGRATIONS });
  const recorder = new Recorder(store.connection);
  const port = await Port.open(undefined, new Desk({ store }));
  const bot = await port.source('Bot', 100);
  const first = await port.call('POST', '/contacts', { token: bot.key, body: { external_id: 'big', phone: '+79000000000' } });
  await port.call('POST', `/contacts/${first.body.id}/close`, { token: bot.key });
  const { connection } = store;
  const numbers = 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < ?)';
  const contacts = `INSERT INTO contacts (source_id, lead_id, operator_id, status, message, made_lead, created_at, assigned_at, closed_at) ${numbers}
    SELECT ${bot.source_id}, CASE x % 2 WHEN 0 THEN 1 ELSE 2 END, ${bot.operator_id}, 'closed', 'hello', 0, ${port.desk.now} + x, 0, 0 FROM n`;
  connection.prepare("INSERT INTO leads (id, external_id, created_at) VALUES (2, 'other', 0)").run();
  connection.prepare("INSERT INTO lead_identifiers (kind, value, lead_id, created_at) VALUES ('external_id', 'other', 2, 0)").run();
  connection.prepare(contacts).run(2 * size);
  connection
    .prepare(`INSERT INTO lead_identifiers (kind, value, lead_id, created_at) ${numbers} SELECT 'external_id', 'known-' || x, 1, 0 FROM n`)
    .run(2 * size);
  port.desk.now += 2 * size + 1000;
  await port.call('POST', '/leads', { body: { phone: '+79000000005' } });
  const asBot = (method: string, path: string, body?: object) => port.call(method, path, { token: bot.key, ...(body && { body }) });
  return { port, recorder, bot, asBot, size };
}

type Scene = Awaited<ReturnType<typeof scene>>;
const day = (at: number) => new Date(at).toISOString();

const REQUESTS: Readonly<Record<string, { readonly run: (scene: Scene) => Promise<{ status: number }>; readonly most: number }>> = {
  'a contact of the large lead': { run: ({ asBot }) => asBot('POST', '/contacts', { phone: '+79000000000' }), most: 3000 },
  'one more identifier of it': { run: ({ asBot }) => asBot('POST', '/contacts', { phone: '+79000000000', email: 'a@example.com' }), most: 3000 },
  'a contact of a second lead': { run: ({ asBot }) => asBot('POST', '/contacts', { external_id: 'fresh' }), most: 3000 },
  'a page of 500 of the large lead': { run: ({ asBot }) => asBot('GET', '/contacts?limit=500&lead_id=1'), most: 60_000 },
  'a merge of the large lead into the second': { run: ({ asBot }) => asBot('POST', '/contacts', { external_id: 'fresh', phone: '+79000000000' }), most: 5000 },
  'a merge of a small lead into the large one': { run: ({ asBot }) => asBot('POST', '/contacts', { external_id: 'big', phone: '+79000000005' }), most: 3000 },
  'a contact of it after the merge': { run: ({ asBot }) => asBot('POST', '/contacts', { phone: '+79000000000' }), most: 3000 },
  'one contact': { run: ({ asBot }) => asBot('GET', '/contacts/1'), most: 1500 },
  'closing a contact': { run: ({ asBot, size }) => asBot('POST', `/contacts/${2 * size + 2}/close`), most: 3000 },
  'a page of 500': { run: ({ asBot }) => asBot('GET', '/contacts?limit=500'), most: 40_000 },
  'a page of 500 of the second lead, which has them now': { run: ({ asBot }) => asBot('GET', '/contacts?limit=500&lead_id=4'), most: 60_000 },
  'contacts from a day that is to come': { run: ({ asBot }) => asBot('GET', '/contacts?from=2030-01-01T00:00:00Z'), most: 500 },
  'contacts up to a day before the first': { run: ({ asBot }) => asBot('GET', '/contacts?to=2020-01-01T00:00:00Z'), most: 500 },
  'the first hundred contacts': { run: ({ asBot, port, size }) => asBot('GET', `/contacts?to=${day(port.desk.now - 2 * size - 1000 + 100)}`), most: 10_000 },
  'those that are assigned': { run: ({ asBot }) => asBot('GET', '/contacts?status=assigned'), most: 2500 },
  'those that wait': { run: ({ asBot }) => asBot('GET', '/contacts?status=waiting'), most: 500 },
  'a contact of a new person': { run: ({ asBot }) => asBot('POST', '/contacts', { phone: '+79000000001' }), most: 3000 },
  'those of an operator who has none': { run: ({ asBot }) => asBot('GET', '/contacts?operator_id=99'), most: 500 },
  'a contact that is refused': { run: ({ asBot }) => asBot('POST', '/contacts', { name: 'nobody' }), most: 2500 },
};

describe.each(SIZES)('with %i contacts of one lead', (size) => {
  let it: Scene;
  beforeAll(async () => {
    it = await scene(size);
  });
  afterAll(() => it.port.close());

  test.each(Object.entries(REQUESTS))('the cost of %s is bounded', { timeout: 60_000 }, async (_, { run, most }) => {
    let status = 0;
    const { steps, byStatement } = await it.recorder.costOf(async () => ({ status } = await run(it)));
    expect(status).toBeGreaterThan(0);
    expect(steps, [...byStatement].map(([sql, own]) => `${own} ${sql}`).join('\n')).toBeLessThanOrEqual(most);
    expect(steps).toBeGreaterThan(0);
  });
});

describe('a contact of a new person', () => {
  /** Statements for which SQLite makes a table of its own, and drops it again, each time they run. It does so for `x IN ('a', 'b', 'c')`, also in a CHECK. */
  const withOwnTable = (store: Store, ran: Iterable<string>) =>
    [...ran].filter((sql) => {
      const program = store.connection.prepare<unknown[], { opcode: string }>(`EXPLAIN ${sql}`);
      return program.all(...Array(sql.split('?').length - 1).fill(null)).some(({ opcode }) => opcode === 'OpenEphemeral');
    });

  test('does not make SQLite build a temporary table', async () => {
    const store = openStore(':memory:', { migrations: MIGRATIONS });
    const recorder = new Recorder(store.connection);
    const port = await Port.open(undefined, new Desk({ store }));
    const bot = await port.source('Bot', 100);
    const contact = () =>
      port.call('POST', '/contacts', { token: bot.key, body: { external_id: 'new', phone: '+79000000000', name: 'Anna', message: 'Hello' } });
    const { byStatement } = await recorder.costOf(contact);
    expect([...byStatement.keys()].filter((sql) => sql.startsWith('INSERT'))).toHaveLength(6);
    expect(withOwnTable(store, byStatement.keys())).toEqual([]);
    expect(withOwnTable(store, ["SELECT 1 FROM leads WHERE name IN ('a', 'b', 'c')"])).toHaveLength(1);
    await port.close();
  });
});

test('a merge stores a bounded amount of undo data, however large the lead was', async () => {
  const { port, asBot } = await scene(1000);
  const { body } = await asBot('POST', '/contacts', { external_id: 'fresh-2', phone: '+79000000009' });
  await asBot('POST', '/contacts', { external_id: 'fresh-2', phone: '+79000000000' });
  const [merge] = port.desk.rows<{ id: number; moved: string }>('SELECT id, moved FROM merges');
  expect(merge?.moved.length).toBeLessThan(2000);
  const count = async (id: number) => {
    const { body: lead } = await port.call('GET', `/leads/${id}`, { token: ADMIN_TOKEN });
    return { identifiers: lead.identifiers.length, operator_id: lead.operator_id, newest: lead.contacts[0]?.id, external_id: lead.external_id };
  };
  const after = await count(body.lead_id);
  expect(after).toMatchObject({ identifiers: 2002 + 2, external_id: 'fresh-2' });
  expect(await count(1)).toMatchObject({ identifiers: 0, newest: undefined });
  expect((await port.call('POST', `/merges/${merge?.id}/undo`, { token: ADMIN_TOKEN })).status).toBe(200);
  expect(await count(1)).toMatchObject({ identifiers: 2002, newest: 2000 + 1, external_id: 'big' });
  expect(await count(body.lead_id)).toMatchObject({ identifiers: 2, external_id: 'fresh-2' });
  await port.close();
});

describe('at a desk that asks before it merges across sources', () => {
  /** Maximum number of suggestions that name one lead. */
  const MOST = 20;
  const phone = (n: number) => `+7900000${1000 + n}`;

  /** Leads of source A with one phone each, and leads of source B, each of which matches MOST of A's. */
  async function asking(leads: number) {
    const store = openStore(':memory:', { migrations: MIGRATIONS });
    const recorder = new Recorder(store.connection);
    const port = await Port.open(undefined, new Desk({ store }));
    const [a, b] = [await port.source('A', 10_000), await port.source('B', 10_000)];
    for (const { source_id } of [a, b]) await port.call('PATCH', `/sources/${source_id}`, { body: { settings: { rate_limit_per_second: null } } });
    value(await port.desk.do((write) => saveSettings(write, { merges_across_sources: 'ask' })));
    const post = async (token: string, body: object) => {
      const { status } = await port.call('POST', '/contacts', { token, body });
      expect(status).toBe(201);
    };
    for (let n = 0; n < leads * MOST; n++) await post(a.key, { phone: phone(n) });
    const asB = (body: object) => post(b.key, body);
    for (let lead = 0; lead < leads; lead++) await asB({ external_id: `b-${lead}`, email: `b-${lead}@example.com` });
    const suggest = (lead: number, n: number) => asB({ external_id: `b-${lead}`, phone: phone(MOST * lead + n) });
    for (let lead = 0; lead < leads; lead++) for (let n = 0; n < MOST; n++) await suggest(lead, n);
    return { port, recorder, asB, suggest, open: () => port.desk.engine.board().suggested_merges };
  }

  test('the cost of a contact is bounded, however many suggested merges its leads have', async () => {
    const leads = 8;
    const { port, recorder, asB, suggest, open } = await asking(leads);
    const cost = async (work: () => Promise<void>) => (await recorder.costOf(work)).steps;
    expect(open()).toBe(leads * MOST);
    const merges = [];
    for (let lead = 1; lead < leads; lead++) merges.push(await cost(() => asB({ external_id: 'b-0', email: `b-${lead}@example.com` })));
    expect(open()).toBe(MOST);
    const fresh = [];
    for (let n = 0; n < 3; n++) {
      await asB({ external_id: `fresh-${n}` });
      fresh.push(await cost(() => asB({ external_id: `fresh-${n}`, email: 'b-0@example.com' })));
    }
    const again = await cost(() => suggest(leads - 1, 3));
    expect([Math.max(...merges) <= 6000, Math.max(...fresh) <= 6000, again <= 3000], JSON.stringify({ merges, fresh, again })).toEqual([true, true, true]);
    const kept = port.desk.rows<{ bytes: number }>('SELECT max(length(moved)) AS bytes FROM merges')[0]?.bytes;
    expect(kept).toBeLessThan(2000);
    await port.close();
  });
});

test('the cost of a refused contact is bounded when its source has too many of them', async () => {
  const store = openStore(':memory:', { migrations: MIGRATIONS });
  const recorder = new Recorder(store.connection);
  const port = await Port.open(undefined, new Desk({ store, mostRefused: 1000 }));
  const bot = await port.source('Bot', 100);
  const numbers = 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 5000)';
  const refused = `INSERT INTO refused_contacts (source_id, refused_at, attempts, code, detail, errors, payload) ${numbers}
    SELECT ${bot.source_id}, 0, 1, 'validation_failed', '', '[]', '{}' FROM n`;
  store.connection.prepare(refused).run();
  const open = () => port.desk.rows<{ contacts: number }>('SELECT contacts FROM refused_open')[0]?.contacts;
  const { steps } = await recorder.costOf(() => port.call('POST', '/contacts', { token: bot.key, body: { name: 'nobody' } }));
  expect(open()).toBe(5001 - 50);
  expect(steps).toBeLessThanOrEqual(8000);
  await port.close();
});
