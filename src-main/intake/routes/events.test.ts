import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { setCompetence } from '#engine/configuration/competences.ts';
import { keepCase } from '#engine/configuration/kept-cases.ts';
import { updateOperator } from '#engine/configuration/operators.ts';
import { createPerson } from '#engine/configuration/people.ts';
import { savePreset } from '#engine/configuration/presets.ts';
import { keptSchedules } from '#engine/configuration/scheduled-exports.ts';
import { saveSettings } from '#engine/configuration/settings.ts';
import { undoChange } from '#engine/configuration/undo-change.ts';
import { OutcomeUnknown } from '#engine/core/engine.ts';
import { Desk, value } from '#engine/testing/desk.ts';
import { HEARTBEAT_MS, MAX_STREAMS } from '#intake/event-streams.ts';
import { READ_LIMIT } from '#intake/rate-limiter.ts';
import { Follower } from '#intake/testing/follower.ts';
import { ManualClock } from '#intake/testing/manual-clock.ts';
import { ADMIN_TOKEN, Port } from '#intake/testing/port.ts';
import { deskEvent } from '#shared/contract/events.ts';
import { scheduleInput } from '#shared/contract/scheduled-exports.ts';
import { effects } from '#shared/effects/effects.ts';
import { folder } from '#store/testing/folder.ts';

async function scene(desk = new Desk({ mostRefused: 1 })) {
  const clock = new ManualClock();
  const port = await Port.open(() => {}, desk, clock);
  let isOpen = true;
  const close = async () => {
    if (isOpen) await port.close();
    isOpen = false;
  };
  onTestFinished(close);
  const follow = async (token = ADMIN_TOKEN, after?: number, query = '') => {
    const follower = await Follower.open(`${port.origin}/events${query}`, token, after === undefined ? {} : { 'last-event-id': String(after) });
    onTestFinished(() => follower.leave());
    return follower;
  };
  const revision = () => desk.engine.board().revision;
  return { desk, port, clock, follow, revision, close };
}

const fileOfDesk = () => join(folder(), 'desk.db');

/** Creates events of every kind. Returns the private texts that must not appear. */
async function busyDay(port: Port): Promise<string[]> {
  await port.desk.do((write) => saveSettings(write, { sounds: true }));
  await port.desk.do((write) => savePreset(write, 'Ночь', false));
  await port.desk.do((write) => createPerson(write, { name: 'Анна Иванова', role: 'supervisor' }));
  await port.desk.do((write) => {
    write.emit({ kind: 'database_restored' }, { backup: 'of.db', lost_from: 0, lost_until: write.now });
    return { ok: true, value: null };
  });
  const reporting = keptSchedules(port.desk.engine);
  const settings = { question: { report: 'contacts' }, format: 'csv', language: 'ru', folder: '/home/ivan', every: 'day', time: '07:00' };
  const { id: schedule_id } = value(await reporting.create('console', scheduleInput.parse(settings), 0));
  await reporting.record('desk', { schedule_id, at: 0, file: '/home/ivan/report.csv', rows: 0, bytes: 0, error: null }, 1);
  const { source_id, key, operator_id } = await port.source('Бот', 1);
  const post = (body: object, headers = {}) => port.call('POST', '/contacts', { token: key, body, headers });
  await post({ phone: '8 (900) 123-45-67', name: 'Иван Петров', message: 'Перезвоните' });
  await post({ email: 'ivan@example.com' });
  await post({ email: 'ivan@example.com', phone: '+79001234567' });
  await port.call('POST', '/merges/1/undo');
  await port.call('POST', '/leads', { body: { external_id: 'tg-77', name: 'Пётр' } });
  await port.call('POST', '/contacts/1/close');
  await port.call('POST', '/contacts/2/reassign', { body: { operator_id: null } });
  await port.desk.do((write) => saveSettings(write, { merges_across_sources: 'ask' }));
  await post({ external_id: 'tg-77', phone: '+79001234567' });
  await port.call('POST', '/suggested-merges/1/dismiss');
  await port.desk.do((write) => undoChange(write, write.board.revision));
  await port.call('PUT', `/sources/${source_id}/competences`, { body: [] });
  await post({ external_id: 'tg-late' }, { 'idempotency-key': 'once' });
  await port.call('PUT', `/operators/${operator_id}/competences/${source_id}`, { body: { weight: 7 } });
  await post({ external_id: 'tg-late' }, { 'idempotency-key': 'once' });
  await port.call('PATCH', '/leads/1', { body: { pinned_operator_id: 1 } });
  await port.call('PATCH', `/sources/${source_id}/rule`, { body: { strategy: 'even' } });
  await port.desk.do((write) =>
    keepCase(write, null, {
      source_id,
      attributes: {},
      owner_id: null,
      waited_seconds: 0,
      on_line: [],
      full: [],
      expected: { waiting_reason: 'nobody_active' },
    }),
  );
  await port.call('DELETE', `/operators/${operator_id}/competences/${source_id}`);
  for (let n = 0; n < 2; n++) await post({ external_id: 'tg-late' });
  await port.call('PATCH', `/sources/${source_id}/rule`, { body: { repeat: { mode: 'join' } } });
  await port.call('PUT', `/operators/${operator_id}/competences/${source_id}`, { body: { weight: 7 } });
  for (const message of ['Алло', 'Ещё раз']) await post({ external_id: 'tg-joins', message });
  await port.call('PATCH', `/operators/${operator_id}`, { body: { name: 'Анна', is_active: false } });
  await port.call('POST', `/sources/${source_id}/keys`);
  const night = await port.source('Ночной', 1);
  await port.call('PATCH', `/sources/${night.source_id}/rule`, { body: { accept_seconds: 60 } });
  const { body } = await port.call('POST', '/contacts', { token: night.key, body: { external_id: 'tg-night' } });
  port.desk.now += 30_000;
  await port.call('POST', `/contacts/${body.id}/accept`, { body: {} });
  await port.call('POST', `/contacts/${body.id}/decline`, { body: { reason: 'Обед' } });
  const shifts = { name: 'Смены', time_zone: 'Europe/Moscow', anchor_date: '2026-11-23', days: [[{ from: '09:00', to: '18:00' }]] };
  const schedule = await port.call('POST', '/schedules', { body: shifts });
  const keeps = (id: number | null) => port.call('PATCH', `/operators/${night.operator_id}`, { body: { schedule_id: id } });
  await keeps(schedule.body.id);
  await port.call('PUT', `/operators/${night.operator_id}/shifts/2026-12-31`, { body: { kind: 'vacation', note: 'Свадьба' } });
  port.desk.now += 3 * 86_400_000;
  for (let n = 0; n < 2; n++) await port.call('PATCH', `/operators/${night.operator_id}`, { body: {} }); // the desk looks at the clock: it was away, and what is due
  await keeps(null);
  await port.call('POST', '/leads/1/erase');
  return [
    '79001234567',
    '/home',
    '123-45-67',
    'Иван',
    'Перезвоните',
    'ivan@',
    'tg-77',
    'Пётр',
    'tg-late',
    'tg-joins',
    'Алло',
    'Ещё раз',
    'once',
    'Анна',
    'Ночь',
    'operator of',
    'Бот',
    'Ночной',
    'tg-night',
    'Обед',
    'Смены',
    'Свадьба',
    key.slice(-4),
  ];
}

/** Journals many changes of another source, with one of ours in the middle and one at the end. Returns the last revision. */
function journalled({ desk }: Port, { own, others }: { own: number; others: number }): number {
  const { connection } = desk.engine.read.store;
  const first = desk.engine.board().revision + 1;
  const tail = first + others;
  connection
    .prepare(`INSERT INTO journal (revision, at, actor, kind, contact_id, operator_id, source_id, data, chain)
      WITH RECURSIVE n(x) AS (SELECT ${first} UNION ALL SELECT x + 1 FROM n WHERE x < ${tail})
      SELECT x, 0, 'desk', 'contact_closed', 1, 1, iif(x IN (${tail - READ_LIMIT.burst / 2}, ${tail}), ${own}, 999), NULL, zeroblob(32) FROM n`)
    .run();
  return tail;
}

describe('the event stream', () => {
  test('sends each change with its revision, its kind and its ids', async () => {
    const { port, follow } = await scene();
    const { source_id, key, operator_id } = await port.source('bot', 1);
    const follower = await follow();
    await port.call('POST', '/contacts', { token: key, body: { phone: '+79001234567' } });
    await port.call('POST', '/contacts', { token: key, body: { external_id: 'b' } });
    await port.call('POST', '/contacts/1/close');
    await follower.heard(8);
    const { headers } = follower.response;
    expect([headers['content-type'], headers['cache-control'], headers['x-content-type-options']]).toEqual(['text/event-stream', 'no-store', 'nosniff']);
    const at = '2026-11-22T09:15:00.000Z';
    const ids = { source_id, operator_id };
    const told = [
      { revision: 5, at, kind: 'contact_assigned', contact_id: 1, ...ids },
      { revision: 6, at, kind: 'contact_waiting', contact_id: 2, source_id },
      { revision: 7, at, kind: 'contact_closed', contact_id: 1, ...ids },
      { revision: 8, at, kind: 'contact_assigned', contact_id: 2, ...ids },
    ];
    expect(follower.text).toBe(
      ['retry: 1000\nid: 4', ...told.map((data) => `id: ${data.revision}\nevent: ${data.kind}\ndata: ${JSON.stringify(data)}`), ''].join('\n\n'),
    );
  });

  test('is the same, byte for byte, when read again after a restart', async () => {
    const file = fileOfDesk();
    const before = await scene(new Desk({ file }));
    const live = await before.follow(ADMIN_TOKEN, 0);
    await busyDay(before.port);
    const latest = before.revision();
    await live.heard(latest);
    await before.close();
    const after = await scene(new Desk({ file }));
    const replayed = await after.follow(ADMIN_TOKEN, 0);
    await replayed.heard(latest);
    expect(replayed.text).toBe(live.text);
    expect(replayed.revisions).toEqual(Array.from({ length: latest }, (_, i) => i + 1));
  });

  test('has every kind of change, matches its documentation, and has no personal data', async () => {
    const { port, follow, revision } = await scene();
    const follower = await follow();
    const needles = await busyDay(port);
    await follower.heard(revision());
    expect(new Set(follower.events.map(({ event }) => event))).toEqual(new Set(Object.keys(effects)));
    for (const { id, event, data } of follower.events) {
      expect(deskEvent.strict().parse(data)).toEqual(data);
      expect([data.revision, data.kind]).toEqual([id, event]);
    }
    expect(needles.filter((needle) => follower.text.includes(needle))).toEqual([]);
    const { body } = await port.call('GET', '/openapi.json');
    for (const kind of Object.keys(effects)) expect(body.info.description).toContain(`| \`${kind}\` |`);
    expect(Object.keys(body.paths['/events'].get.responses[200].content)).toEqual(['text/event-stream']);
  });

  test('continues after any revision, by header or query, where the header takes precedence', async () => {
    const { port, follow, revision } = await scene();
    await busyDay(port);
    const latest = revision();
    for (let after = 0; after < latest; after++) {
      const expected = Array.from({ length: latest - after }, (_, i) => after + i + 1);
      const followers = [await follow(ADMIN_TOKEN, after), await follow(ADMIN_TOKEN, undefined, `?last_event_id=${after}`)];
      followers.push(await follow(ADMIN_TOKEN, after, '?last_event_id=1'));
      for (const follower of followers) {
        await follower.heard(latest);
        expect(follower.revisions).toEqual(expected);
        follower.leave();
      }
    }
  });

  test('has no gaps and no repeats for a reader that catches up while more arrives', async () => {
    const { desk, follow, revision } = await scene();
    const bot = await desk.source('bot');
    const anna = await desk.operator('Анна', 10_000);
    await desk.weights(bot, { [anna]: 1 });
    const many = (n: number) => Promise.all(Array.from({ length: n }, () => desk.submit(bot, { external_id: 'a' })));
    const early = await follow();
    for (let i = 0; i < 3; i++) await many(1000);
    const late = await follow(ADMIN_TOKEN, 0);
    const later = many(1500);
    const later_still = await follow(ADMIN_TOKEN, 2500);
    await later;
    await many(10);
    const latest = revision();
    for (const [follower, after] of [
      [early, 4],
      [late, 0],
      [later_still, 2500],
    ] as const) {
      await follower.heard(latest);
      expect(follower.revisions).toEqual(Array.from({ length: latest - after }, (_, i) => after + i + 1));
    }
  });

  test('tells a reader from beyond the latest change that revisions went back, and continues from there', async () => {
    const { port, follow, revision } = await scene();
    for (const open of [() => follow(ADMIN_TOKEN, 900), () => follow(ADMIN_TOKEN, undefined, '?last_event_id=900')]) {
      const follower = await open();
      await follower.until(() => follower.events.length > 0);
      expect(follower.events).toEqual([{ id: revision(), event: 'reset', data: { revision: revision(), last_event_id: 900 } }]);
      await port.call('POST', '/leads', { body: { external_id: `x${revision()}` } });
      await follower.until(() => follower.events.length > 1);
      expect(follower.events[1]).toMatchObject({ id: revision(), event: 'lead_saved' });
    }
  });

  test('refuses an invalid id', async () => {
    const { port } = await scene();
    for (const [path, headers] of [
      ['/events', { 'last-event-id': 'x' }],
      ['/events', { 'last-event-id': '-1' }],
      ['/events?last_event_id=1.5', {}],
    ] as const) {
      const { status, body } = await port.call('GET', path, { headers });
      expect([path, status, body.code]).toEqual([path, 422, 'validation_failed']);
    }
    expect((await fetch(`${port.origin}/events`, { method: 'HEAD', headers: { authorization: `Bearer ${ADMIN_TOKEN}` } })).status).toBe(404);
  });
});

describe('a source key', () => {
  test('receives events only about contacts of its own source', async () => {
    const { port, follow, revision } = await scene();
    const own = await port.source('own', 1);
    const other = await port.source('other', 1);
    const [live, admin] = [await follow(own.key), await follow()];
    for (const { key } of [own, other, own, other]) await port.call('POST', '/contacts', { token: key, body: { external_id: 'a' } });
    await port.call('POST', '/leads', { body: { external_id: 'b' } });
    await port.call('PATCH', `/operators/${own.operator_id}`, { body: { max_load: 5 } });
    await admin.heard(revision());
    const expected = [
      { id: 9, event: 'contact_assigned', data: expect.objectContaining({ contact_id: 1, source_id: own.source_id }) },
      { id: 11, event: 'contact_waiting', data: expect.objectContaining({ contact_id: 3, source_id: own.source_id }) },
      { id: 15, event: 'contact_assigned', data: expect.objectContaining({ contact_id: 3, source_id: own.source_id }) },
    ];
    await live.heard(15);
    const replayed = await follow(own.key, 0);
    await replayed.heard(15);
    expect([live.events, replayed.events]).toEqual([expected, expected]);
  });

  test('gets its position with the heartbeat, so that it need not read events of others again', async () => {
    const { port, follow, clock } = await scene();
    const own = await port.source('own');
    const follower = await follow(own.key);
    await port.source('other');
    clock.advance(HEARTBEAT_MS);
    await follower.until(() => follower.text.endsWith(':\nid: 8\n\n'));
    clock.advance(HEARTBEAT_MS);
    await follower.until(() => follower.text.endsWith(':\nid: 8\n\n:\n\n'));
    expect(follower.events).toEqual([]);
  });

  test('that scans more of the journal than its limit pauses, and continues where it was', async () => {
    const file = fileOfDesk();
    const { port: earlier, close } = await scene(new Desk({ file }));
    const own = await earlier.source('own');
    await earlier.call('PATCH', `/sources/${own.source_id}`, { body: { settings: { rate_limit_per_second: null } } });
    const tail = journalled(earlier, { own: own.source_id, others: READ_LIMIT.burst + 1000 });
    await close();
    const { port, clock, follow } = await scene(new Desk({ file }));
    const follower = await follow(own.key, 0);
    await follower.heard(tail - READ_LIMIT.burst / 2);
    const read = () => port.call('GET', '/contacts', { token: own.key });
    let answer = await read();
    while (answer.status === 200) answer = await read();
    expect(answer).toMatchObject({ status: 429, body: { code: 'rate_limited', detail: expect.stringContaining('rows a second') } });
    expect(follower.revisions).not.toContain(tail);
    const admin = await follow(ADMIN_TOKEN, tail - 1);
    await admin.heard(tail); // other streams do not pause
    clock.advance(1000);
    await follower.heard(tail);
    expect(follower.revisions.at(-1)).toBe(tail);
  });

  test('that is revoked, or whose source is archived, receives nothing more', async () => {
    const { port, follow } = await scene();
    const own = await port.source('own');
    const other = await port.source('other');
    const second = (await port.call('POST', `/sources/${own.source_id}/keys`)).body;
    const [first, rotated, third] = [await follow(own.key), await follow(second.api_key), await follow(other.key)];
    const [{ id }] = (await port.call('GET', `/sources/${own.source_id}`)).body.keys;
    await port.call('DELETE', `/sources/${own.source_id}/keys/${id}`);
    await first.over();
    expect([rotated.isOver, third.isOver]).toEqual([false, false]);
    await port.call('DELETE', `/sources/${own.source_id}`);
    await rotated.over();
    expect(third.isOver).toBe(false);
  });
});

describe('a stream', () => {
  test('sends a heartbeat every 15 seconds', async () => {
    const { follow, clock } = await scene();
    const follower = await follow();
    clock.advance(3 * HEARTBEAT_MS);
    await follower.until(() => follower.text.endsWith(':\n\n:\n\n:\n\n'));
    expect(follower.text).toBe('retry: 1000\nid: 0\n\n:\n\n:\n\n:\n\n');
  });

  test('whose reader stalls uses little memory, delays nobody, and is disconnected', async () => {
    const { desk, port, clock, follow } = await scene();
    const anna = await desk.operator('Анна');
    const burst = () => Promise.all(Array.from({ length: 1000 }, (_, n) => desk.do((write) => updateOperator(write, anna, { max_load: 1 + (n % 2) }))));
    await burst();
    const sockets: { readonly writableLength: number; readonly destroyed: boolean }[] = [];
    port.app.server.on('connection', (socket) => sockets.push(socket));
    const asleep = connect(port.port, '127.0.0.1');
    asleep.on('error', () => {});
    asleep.write(`GET /events?last_event_id=0 HTTP/1.1\r\nHost: 127.0.0.1:${port.port}\r\nAuthorization: Bearer ${ADMIN_TOKEN}\r\n\r\n`);
    await once(asleep, 'readable'); // nothing is read
    const awake = await follow(ADMIN_TOKEN, 0);
    const [slow] = sockets;
    while (slow?.writableLength === 0) await burst(); // until the operating system's buffers are full
    for (let i = 0; i < 10; i++) await burst();
    await awake.heard(desk.engine.board().revision);
    expect(slow?.writableLength).toBeLessThan(256 * 1024);
    clock.advance(HEARTBEAT_MS);
    expect(slow?.destroyed).toBe(false);
    clock.advance(HEARTBEAT_MS);
    expect(slow?.destroyed).toBe(true);
    await desk.operator('Борис');
    await awake.heard(desk.engine.board().revision);
    asleep.destroy();
  });

  test('delivers everything to a slow reader, at its pace', async () => {
    const { desk, follow } = await scene();
    const bot = await desk.source('bot');
    const anna = await desk.operator('Анна');
    for (let i = 0; i < 20; i++) await Promise.all(Array.from({ length: 500 }, (_, n) => desk.do((write) => setCompetence(write, anna, bot, n % 2))));
    const slow = await follow(ADMIN_TOKEN, 0);
    for (let i = 0; i < 40; i++) {
      slow.response.pause();
      await new Promise((resolve) => setImmediate(resolve));
      slow.response.resume();
      const { length } = slow.text;
      await slow.until(() => slow.text.length > length || slow.revisions.length >= 10_000);
    }
    const latest = desk.engine.board().revision;
    await slow.heard(latest);
    expect(slow.revisions).toEqual(Array.from({ length: latest }, (_, i) => i + 1));
  });

  test('ends when the board was reloaded, and the next one continues where it was', async () => {
    const { desk, follow, revision } = await scene();
    await desk.operator('Анна');
    const follower = await follow();
    await desk.operator('Борис');
    await follower.heard(2);
    const fault = desk.do(() => {
      throw new Database.SqliteError('simulated', 'SQLITE_IOERR_FSYNC');
    });
    await expect(fault).rejects.toBeInstanceOf(OutcomeUnknown);
    await follower.over();
    const again = await follow(ADMIN_TOKEN, follower.revisions.at(-1));
    await desk.operator('Вера');
    await again.heard(revision());
    expect(again.revisions).toEqual([3]);
  });

  test('is refused at the maximum number of streams, until one ends', async () => {
    const { port, follow, desk } = await scene();
    const followers = await Promise.all(Array.from({ length: MAX_STREAMS }, () => follow()));
    const { status, headers, body } = await port.call('GET', '/events');
    expect([status, headers.get('retry-after'), body.code]).toEqual([503, '1', 'overloaded']);
    followers[0]?.leave();
    for (;;) {
      const again = await Follower.open(`${port.origin}/events`, ADMIN_TOKEN);
      onTestFinished(() => again.leave());
      if (again.response.statusCode === 200) break;
    }
    await desk.operator('Анна');
    await Promise.all(followers.slice(1).map((follower) => follower.heard(1)));
  });

  test('of whoever has most is closed in favour of those with fewer: no key can take all of them', async () => {
    const { port, follow } = await scene();
    const [greedy, modest] = [await port.source('greedy'), await port.source('modest')];
    const status = async (token: string) => (await follow(token)).response.statusCode;
    const followers: Follower[] = [];
    for (let i = 0; i < MAX_STREAMS; i++) followers.push(await follow(greedy.key));
    expect([await status(greedy.key), await status(modest.key), await status(ADMIN_TOKEN), await status(greedy.key)]).toEqual([503, 200, 200, 503]);
    await Promise.all(followers.slice(-2).map((follower) => follower.over()));
    expect(followers.filter(({ isOver }) => isOver)).toHaveLength(2);
    for (let i = 3; i < MAX_STREAMS / 2; i++) expect(await status(modest.key)).toBe(200);
    expect(await status(ADMIN_TOKEN)).toBe(200);
    expect(followers.filter(({ isOver }) => !isOver).length).toBeGreaterThanOrEqual(MAX_STREAMS / 2 - 1);
  });

  test('ends at once when the port is closed', async () => {
    const { follow, close, desk } = await scene();
    const follower = await follow();
    await desk.operator('Анна');
    await follower.heard(1);
    await Promise.all([follower.over(), close()]);
    expect(follower.revisions).toEqual([1]);
  });
});
