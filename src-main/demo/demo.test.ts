/** The demo on a real engine behind the real port. Bot and desk share a clock that runs as fast as the port answers. */
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addSourceKey, archiveSource, updateSource } from '#engine/configuration/sources.ts';
import { Desk, value } from '#engine/testing/desk.ts';
import { competences, leads, operators, sources } from '#engine/views/queries.ts';
import type { App } from '#intake/app.ts';
import { listen } from '#intake/listen.ts';
import { createIntake } from '#intake/server.ts';
import type { Board } from '#shared/board.ts';
import { ok } from '#shared/contract/problems.ts';
import { type DemoClock, startDemoBot } from './bot.ts';
import { Crowd, type Way } from './crowd.ts';
import { createDemo } from './demo.ts';
import { capacityFor, type DemoKey, demoKeys, fillDemo } from './fill.ts';
import { seeded } from './random.ts';

const closers: (() => unknown)[] = [];
let desk: Desk;

beforeEach(() => {
  desk = new Desk();
  closers.push(() => desk.engine.close());
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function openPort({ port = 0, prepare }: { port?: number; prepare?: (app: App) => void } = {}): Promise<{ apiUrl: string; port: number; app: App }> {
  const log = { error: (fields: object) => desk.errors.push(fields) };
  const app = createIntake({ engine: desk.engine, adminToken: 'a'.repeat(32), version: '0', log, clock: { now: () => desk.now, every: () => () => {} } });
  prepare?.(app);
  const listening = await listen(app, { port });
  closers.push(() => app.close());
  return { apiUrl: `http://127.0.0.1:${listening.port}`, port: listening.port, app };
}

/** Time that advances only while the bot waits, and stands still between two calls of `until`. */
class Pace implements DemoClock {
  #enough = () => true;
  #arrived = () => {};
  #resume = () => {};

  now = () => desk.now;

  /** Lets the bot run until the condition holds. */
  until(enough: () => boolean): Promise<void> {
    this.#enough = enough;
    this.#resume();
    return new Promise((resolve) => {
      this.#arrived = resolve;
    });
  }

  async wait(ms: number, signal: AbortSignal): Promise<void> {
    await turnOfTheLoop();
    while (this.#enough()) {
      this.#arrived();
      await new Promise<void>((resolve, reject) => {
        this.#resume = resolve;
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    }
    desk.now += ms;
  }
}

const warnings: string[] = [];
const log = { warn: (_: object, message: string) => warnings.push(message) };
beforeEach(() => {
  warnings.length = 0;
});

/** Starts a bot whose time is `pace`. */
function startBot(apiUrl: string, keys: readonly DemoKey[], seed = 7): Pace {
  const clock = new Pace();
  const source_ids = keys.map(({ source_id }) => source_id);
  closers.push(startDemoBot({ apiUrl, keys, clock, log, random: seeded(seed), capacity: () => capacityFor(desk.engine.board(), source_ids) }));
  return clock;
}

/** Who asked for an empty desk. */
const replacedBy: string[] = [];
const startOver = async (actor: string) => {
  replacedBy.push(actor);
  return ok({ before: null, quarantine: null });
};
beforeEach(() => {
  replacedBy.length = 0;
});

const loadOf = (board: Board) => Object.values(board.operators).reduce((sum, operator) => sum + operator.load, 0);
const count = (table: string, where = '1') =>
  desk.engine.read.store.reading.get<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table} WHERE ${where}`)?.n ?? Number.NaN;

test('fills an empty workspace with people, sources and weights of every sort', async () => {
  const keys = value(await fillDemo(desk.engine));
  const people = operators(desk.engine.read);
  expect(people.length).toBe(12);
  expect(people.filter((operator) => !operator.is_active).length).toBe(2);
  expect(people.every(({ max_load }) => max_load >= 4 && max_load <= 12)).toBe(true);
  expect(sources(desk.engine.read).map(({ name }) => name)).toEqual(['Telegram', 'WhatsApp', 'ВКонтакте', 'Форма на сайте']);
  expect(keys.map(({ channel }) => channel)).toEqual(['telegram', 'whatsapp', 'vk', 'site']);
  expect(keys.map(({ api_key }) => desk.engine.sourceOfKey(api_key))).toEqual(keys.map(({ source_id }) => source_id));
  const pairs = competences(desk.engine.read, {});
  expect(pairs.length).toBeLessThan(12 * 4);
  expect(pairs.some(({ weight }) => weight === 0)).toBe(true);
  expect(new Set(pairs.map(({ weight }) => weight)).size).toBeGreaterThan(8);
  expect(new Set(desk.engine.read.store.reading.all<{ actor: string }>('SELECT DISTINCT actor FROM journal').map(({ actor }) => actor))).toEqual(
    new Set(['demo']),
  );
});

test('speaks English when asked to', async () => {
  value(await fillDemo(desk.engine, 'en'));
  expect(sources(desk.engine.read).map(({ name }) => name)).toEqual(['Telegram', 'WhatsApp', 'VK', 'Site form']);
  expect(operators(desk.engine.read)[0]?.name).toBe('Anna Kovaleva');
});

test('does not change a workspace that has an operator', async () => {
  await desk.operator('Анна');
  const answer = await fillDemo(desk.engine);
  expect(answer).toMatchObject({ ok: false, problem: { code: 'workspace_in_use' } });
  expect(operators(desk.engine.read).map(({ name }) => name)).toEqual(['Анна']);
  expect(sources(desk.engine.read)).toEqual([]);
});

test('its contacts are accepted, some from returning people, and some leads are merged', async () => {
  const keys = value(await fillDemo(desk.engine));
  const { apiUrl } = await openPort();
  await startBot(apiUrl, keys).until(() => count('contacts') >= 300);
  expect(warnings).toEqual([]);
  expect(desk.errors).toEqual([]);
  expect(count('refused_contacts')).toBe(0);
  const known = count('leads', 'merged_into IS NULL');
  expect(known).toBeGreaterThan(150);
  expect(known).toBeLessThan(270);
  expect(count('merges')).toBeGreaterThan(0);
  expect(count('contacts', 'idempotency_key IS NULL')).toBe(0);
  expect(count('contacts', 'warnings IS NOT NULL')).toBe(0);
  expect(value(leads(desk.engine.read, { limit: 500 })).items.filter(({ phone }) => phone !== null && !/^\+79\d{9}$/.test(phone))).toEqual([]);
  for (const { source_id } of keys) expect(count('contacts', `source_id = ${source_id}`)).toBeGreaterThan(20);
});

test('keeps the desk busy without filling it permanently: contacts are closed, and queues grow and shrink', async () => {
  const keys = value(await fillDemo(desk.engine));
  const { apiUrl } = await openPort();
  const source_ids = keys.map(({ source_id }) => source_id);
  const started = desk.now;
  const shares: number[] = [];
  let hadQueue = false;
  await startBot(apiUrl, keys).until(() => {
    const board = desk.engine.board();
    hadQueue ||= board.queue.length > 0;
    if (desk.now - started > 120_000) shares.push(loadOf(board) / capacityFor(board, source_ids));
    return desk.now - started > 20 * 60_000;
  });
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  expect(mean).toBeGreaterThan(0.6);
  expect(mean).toBeLessThan(0.85);
  expect(hadQueue).toBe(true);
  expect(count('contacts', "status = 'closed'")).toBeGreaterThan(500);
  expect(count('contacts', "status = 'waiting'")).toBeLessThan(20);
  const perSecond = count('contacts') / ((desk.now - started) / 1000);
  expect(perSecond).toBeGreaterThan(0.5);
  expect(perSecond).toBeLessThan(1.2);
});

test('continues after the host was stopped: no contacts meanwhile, and more once it is back', async () => {
  const keys = value(await fillDemo(desk.engine));
  const { apiUrl, port, app } = await openPort();
  const pace = startBot(apiUrl, keys);
  await pace.until(() => count('contacts') >= 20);
  await app.close();
  const stoppedAt = desk.now;
  await pace.until(() => desk.now > stoppedAt + 60_000);
  const held = count('contacts');
  expect(warnings).toEqual(['the demo bot waits for the host']);
  await openPort({ port });
  await pace.until(() => count('contacts') >= held + 40);
  expect(warnings).toEqual(['the demo bot waits for the host']);
  expect(count('contacts', "status = 'closed'")).toBeGreaterThan(0);
});

test('a lost answer is retried with the same key: the contact exists once', async () => {
  const keys = value(await fillDemo(desk.engine));
  let lost = 0;
  const replayed: unknown[] = [];
  const prepare = (app: App) =>
    app.addHook('onSend', async (request, reply) => {
      if (reply.getHeader('idempotent-replayed')) replayed.push(request.headers['idempotency-key']);
      if (reply.statusCode === 201 && lost++ % 10 === 0) request.raw.socket.destroy();
    });
  const { apiUrl } = await openPort({ prepare });
  await startBot(apiUrl, keys).until(() => replayed.length >= 3);
  expect(count('contacts')).toBe(lost);
  expect(new Set(replayed).size).toBe(replayed.length);
});

test('closes contacts that an earlier run left open', async () => {
  const keys = value(await fillDemo(desk.engine));
  const left = value(await desk.submit(keys[0]?.source_id ?? 0, { phone: '89001234567' })).contact.id;
  const { apiUrl } = await openPort();
  await startBot(apiUrl, keys).until(() => count('contacts', `id = ${left} AND status = 'closed'`) === 1);
  expect(warnings).toEqual([]);
});

test('the same seed makes the same visits', () => {
  const doors: Way[] = [
    { channel: 'telegram', share: 2 },
    { channel: 'site', share: 1 },
  ];
  const story = (seed: number) => {
    const crowd = new Crowd({ random: seeded(seed), language: 'ru' });
    return Array.from({ length: 100 }, () => crowd.next(doors));
  };
  expect(story(11)).toEqual(story(11));
  expect(story(11)).not.toEqual(story(12));
});

test('a revoked key ends only the visits of its source', async () => {
  const keys = value(await fillDemo(desk.engine));
  const site = keys.find(({ channel }) => channel === 'site');
  if (!site) throw new Error('no site form');
  value(await desk.engine.write('admin', (write) => archiveSource(write, site.source_id)));
  const { apiUrl } = await openPort();
  await startBot(apiUrl, keys).until(() => count('contacts') >= 60);
  expect(count('contacts', `source_id = ${site.source_id}`)).toBe(0);
  expect(warnings).toEqual(['the demo bot was refused']);
});

test('the switch fills, starts and stops; it refuses in a workspace with other content', async () => {
  const { apiUrl } = await openPort();
  const demo = createDemo({ engine: desk.engine, language: 'ru', fetch, api_url: () => apiUrl, startOver, log });
  closers.push(() => demo.stop());
  expect(await Promise.all([demo.start(), demo.start()])).toEqual([ok(null), ok(null)]);
  expect(demo.isRunning()).toBe(true);
  expect(operators(desk.engine.read).length).toBe(12);
  demo.stop();
  expect(demo.isRunning()).toBe(false);
  expect(await demo.start()).toEqual(ok(null));
  demo.stop();

  const other = new Desk();
  closers.push(() => other.engine.close());
  await other.source('Telegram');
  const refused = createDemo({ engine: other.engine, language: 'ru', fetch, api_url: () => apiUrl, startOver, log });
  expect(await refused.start()).toMatchObject({ ok: false, problem: { code: 'workspace_in_use' } });
  expect(refused.isRunning()).toBe(false);
  expect(await refused.remove('console')).toMatchObject({ ok: false, problem: { code: 'not_allowed' } });
  expect([refused.isThere(), replacedBy]).toEqual([false, []]);
});

test('removing it stops the bot first, and what people added is counted before', async () => {
  const { apiUrl } = await openPort();
  const demo = createDemo({ engine: desk.engine, language: 'ru', fetch, api_url: () => apiUrl, startOver, log });
  closers.push(() => demo.stop());
  value(await demo.start());
  expect([demo.isThere(), demo.besides()]).toEqual([true, { operators: 0, sources: 0, contacts: 0 }]);
  desk.now += 1;
  const [anna, own] = [await desk.operator('Анна'), await desk.source('Свой')];
  await desk.weights(own, { [anna]: 1 });
  value(await desk.submit(own, { external_id: 'a' }));
  value(await desk.submit(sources(desk.engine.read)[0]?.id ?? 0, { external_id: 'b' }));
  expect(demo.besides()).toEqual({ operators: 1, sources: 1, contacts: 1 });
  value(await demo.remove('console'));
  expect([demo.isRunning(), replacedBy]).toEqual([false, ['console']]);
});

test('continues after a restart with new keys: its own old ones are revoked, those of people stay', async () => {
  const [first] = value(await fillDemo(desk.engine));
  if (!first) throw new Error('no source');
  const theirs = value(await desk.engine.write('admin', (write) => addSourceKey(write, first.source_id)));
  const again = await demoKeys(desk.engine);
  expect(again.map(({ source_id, channel, share }) => ({ source_id, channel, share }))).toMatchObject([
    { source_id: first.source_id, channel: 'telegram' },
    { channel: 'whatsapp' },
    { channel: 'vk' },
    { channel: 'site' },
  ]);
  expect(desk.engine.sourceOfKey(first.api_key)).toBe(null);
  expect(desk.engine.sourceOfKey(theirs.api_key)).toBe(first.source_id);
  expect(again.map(({ api_key }) => desk.engine.sourceOfKey(api_key))).toEqual(again.map(({ source_id }) => source_id));
  expect((await demoKeys(desk.engine)).length).toBe(4);
  expect(sources(desk.engine.read).map(({ keys }) => keys.length)).toEqual([2, 1, 1, 1]);
});

test('a source that people have taken over no longer belongs to the demo', async () => {
  const [first] = value(await fillDemo(desk.engine));
  value(await desk.engine.write('admin', (write) => updateSource(write, first?.source_id ?? 0, { settings: {} })));
  expect((await demoKeys(desk.engine)).map(({ channel }) => channel)).toEqual(['whatsapp', 'vk', 'site']);
});
