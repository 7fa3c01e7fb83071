import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { closeContact } from '#engine/contacts/contacts.ts';
import { OutcomeUnknown } from '#engine/core/engine.ts';
import { Desk, value } from '#engine/testing/desk.ts';
import { ContactWaits, MAX_WAITS, MOST_BEHIND } from './contact-waits.ts';
import { ManualClock } from './testing/manual-clock.ts';
import { Port } from './testing/port.ts';

/** A desk with two contacts, and waits whose time the test controls. */
async function scene() {
  const desk = new Desk();
  const clock = new ManualClock();
  const waits = new ContactWaits(desk.engine, clock);
  onTestFinished(() => {
    waits.close();
    desk.engine.close();
  });
  const source_id = await desk.source('bot');
  await desk.weights(source_id, { [await desk.operator('Анна')]: 1 });
  const [first, second] = [
    value(await desk.submit(source_id, { external_id: 'a' })).contact,
    value(await desk.submit(source_id, { external_id: 'b' })).contact,
  ];
  const revision = () => desk.engine.board().revision;
  /** Begins a wait for the first contact. */
  const wait = (wish: { since?: number; source_id?: number | null; mayStay?: () => boolean; contact_id?: number } = {}) => {
    const response = new EventEmitter();
    const one = { state: 'waits' as unknown, leave: () => response.emit('close') };
    const whole = { contact_id: first.id, since: revision(), seconds: 30, source_id, mayStay: () => true, ...wish };
    const ended = waits.changed({ ...whole, response: response as ServerResponse }).then((problem) => {
      one.state = problem?.code ?? 'ended';
    });
    return Object.assign(one, { ended });
  };
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const close = (id: number) => desk.do((write) => closeContact(write, id));
  return { desk, clock, waits, source_id, first, second, revision, wait, settle, close };
}

test('a wait ends with a change of its contact, and not with one of another', async () => {
  const { wait, settle, close, first, second } = await scene();
  const one = wait();
  await close(second.id);
  await settle();
  expect(one.state).toBe('waits');
  await close(first.id);
  await one.ended;
  expect(one.state).toBe('ended');
});

test('a wait ends at once if the contact has changed after the revision, and not before it', async () => {
  const { wait, settle, close, first, second, revision } = await scene();
  const before = revision();
  await close(first.id);
  const [late, inTime] = [wait({ since: before }), wait({ since: revision() })];
  const other = wait({ contact_id: second.id, since: before });
  await settle();
  expect([late.state, inTime.state, other.state]).toEqual(['ended', 'waits', 'waits']);
});

test('a wait ends at once when its revision is ahead of the desk, or too many changes old', async () => {
  const { desk, wait, settle, source_id, revision } = await scene();
  const ahead = wait({ since: revision() + 1 });
  const since = revision();
  let weight = 1;
  const change = () => desk.weights(source_id, { 1: ++weight % 1000 });
  for (let n = 0; n < MOST_BEHIND; n++) await change();
  expect(revision() - since).toBe(MOST_BEHIND);
  const asOld = wait({ since });
  await change();
  const tooOld = wait({ since });
  await settle();
  expect([ahead.state, asOld.state, tooOld.state]).toEqual(['ended', 'waits', 'ended']);
});

test('a wait ends when its time is over', async () => {
  const { wait, settle, clock } = await scene();
  const one = wait();
  clock.advance(29_999);
  await settle();
  expect(one.state).toBe('waits');
  clock.advance(1);
  await one.ended;
});

test('waits end when the board was reloaded, and at a stop', async () => {
  const { desk, wait, waits, settle } = await scene();
  const one = wait();
  const fault = desk.do(() => {
    throw new Database.SqliteError('simulated', 'SQLITE_IOERR_FSYNC');
  });
  await expect(fault).rejects.toBeInstanceOf(OutcomeUnknown);
  await one.ended;
  const two = wait();
  await settle();
  expect(two.state).toBe('waits');
  waits.close();
  await Promise.all([two.ended, wait().ended]);
});

test('a wait whose key was revoked ends, and others stay', async () => {
  const { desk, wait, settle, source_id } = await scene();
  const [revoked, valid] = [wait({ mayStay: () => false }), wait()];
  await desk.do((write) => {
    write.emit({ kind: 'source_keys_changed', source_id });
    return { ok: true, value: null };
  });
  await settle();
  expect([revoked.state, valid.state]).toEqual(['ended', 'waits']);
});

test('waits are limited: one of whoever has most gives way, and a caller who has left makes room', async () => {
  const { wait, settle, source_id } = await scene();
  const all = Array.from({ length: MAX_WAITS }, () => wait());
  const more = wait();
  await more.ended;
  expect(more.state).toBe('overloaded');
  const [admin, other] = [wait({ source_id: null }), wait({ source_id: source_id + 1 })];
  await settle();
  expect([admin.state, other.state]).toEqual(['waits', 'waits']);
  expect(all.map(({ state }) => state)).toEqual(all.map((_, n) => (n < MAX_WAITS - 2 ? 'waits' : 'ended')));
  all[0]?.leave();
  await all[0]?.ended;
  const again = wait();
  await settle();
  expect(again.state).toBe('waits');
});

test('GET /contacts/{id}?wait answers with the changed contact and its revision', async () => {
  const port = await Port.open();
  onTestFinished(() => port.close());
  const bot = await port.source('bot', 1);
  const stranger = await port.source('stranger');
  const post = (external_id: string) => port.call('POST', '/contacts', { token: bot.key, body: { external_id } });
  const revisionOf = ({ headers }: { headers: Headers }) => Number(headers.get('switchyard-revision'));
  const assigned = await post('a');
  const waiting = await post('b');
  const path = `/contacts/${waiting.body.id}`;
  const polled = port.call('GET', `${path}?wait=60&since=${revisionOf(waiting)}`, { token: bot.key });
  const closed = await port.call('POST', `/contacts/${assigned.body.id}/close`, { token: bot.key });
  const answer = await polled;
  expect([answer.status, answer.body.status, answer.body.operator_id]).toEqual([200, 'assigned', bot.operator_id]);
  expect(revisionOf(answer)).toBe(revisionOf(closed));
  expect((await port.call('GET', `${path}?wait=60&since=999999`, { token: bot.key })).body).toEqual(answer.body);
  for (const query of ['wait=61', 'wait=-1', 'wait=x', 'wait=1.5', 'wait=1&since=x', 'wait=1&since=']) {
    const { status, body } = await port.call('GET', `${path}?${query}`, { token: bot.key });
    expect([query, status, body.code]).toEqual([query, 422, 'validation_failed']);
  }
  expect((await port.call('GET', `${path}?wait=60`, { token: stranger.key })).status).toBe(404);
});

test('a stop of the desk answers those who wait with the contact', async () => {
  const received = Promise.withResolvers<void>();
  const port = await Port.open((app) =>
    app.addHook('preHandler', (request, _reply, done) => {
      if (request.url.includes('wait=')) received.resolve();
      done();
    }),
  );
  const { key } = await port.source('bot');
  const { body } = await port.call('POST', '/contacts', { token: key, body: { external_id: 'a' } });
  const polled = port.call('GET', `/contacts/${body.id}?wait=60`, { token: key });
  await received.promise;
  await port.close();
  expect((await polled).body).toEqual(body);
});
