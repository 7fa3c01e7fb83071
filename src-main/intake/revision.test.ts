/** `Switchyard-Revision`: the revision that a command made, or the current one. */
import { request } from 'node:http';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ADMIN_TOKEN, type Answer, type Call, Port } from './testing/port.ts';

let port: Port;
beforeEach(async () => {
  port = await Port.open();
});
afterEach(() => port.close());

const latest = (): number => port.desk.engine.board().revision;
const told = ({ headers }: Answer): number => Number(headers.get('switchyard-revision') ?? Number.NaN);

/** Kinds of the journal rows after a revision. */
const madeSince = (revision: number): string[] =>
  port.desk.rows<{ kind: string }>('SELECT kind FROM journal WHERE revision > ? ORDER BY revision', revision).map(({ kind }) => kind);

describe('the answer to a command', () => {
  test.each<[string, string, Call['body'], string[]]>([
    ['POST', '/operators', { name: 'Vera' }, ['operator_saved']],
    ['PATCH', '/operators/1', { max_load: 4 }, ['operator_saved']],
    ['DELETE', '/operators/2', undefined, ['competence_saved', 'operator_saved']],
    ['POST', '/sources', { name: 'site' }, ['source_saved', 'source_keys_changed']],
    ['PATCH', '/sources/1', { name: 'renamed' }, ['source_saved']],
    ['DELETE', '/sources/2', undefined, ['source_saved', 'source_keys_changed']],
    ['POST', '/sources/1/keys', undefined, ['source_keys_changed']],
    ['DELETE', '/sources/1/keys/1', undefined, ['source_keys_changed']],
    ['PUT', '/operators/1/competences/1', { weight: 5 }, ['competence_saved']],
    ['DELETE', '/operators/1/competences/1', undefined, ['competence_saved']],
    ['PUT', '/sources/1/competences', [{ operator_id: 2, weight: 3 }], ['competences_replaced']],
    ['POST', '/contacts', { source_id: 1, external_id: 'new' }, ['contact_assigned']],
    ['POST', '/contacts', { source_id: 1 }, ['contact_refused']],
    ['POST', '/contacts/1/close', undefined, ['contact_closed']],
    ['POST', '/contacts/1/reassign', { operator_id: null }, ['contact_waiting', 'contact_assigned']],
    ['POST', '/leads', { phone: '+79001234567' }, ['lead_saved']],
    ['POST', '/leads/1/erase', undefined, ['lead_erased']],
    ['POST', '/identifiers/1/share', undefined, ['lead_saved']],
    ['POST', '/identifiers/2/share', undefined, ['merge_undone', 'lead_saved']],
    ['POST', '/merges/1/undo', undefined, ['merge_undone']],
  ])('%s %s carries the last revision that it made', async (method, path, body, kinds) => {
    const { source_id } = await port.source('bot'); // operator 1
    await port.source('other'); // operator 2
    for (const sent of [{ external_id: 'a' }, { phone: '+79001110000' }, { external_id: 'a', phone: '+79001110000' }])
      await port.call('POST', '/contacts', { body: { source_id, ...sent } });
    const before = latest();
    const answer = await port.call(method, path, { body });
    expect(madeSince(before)).toEqual(kinds);
    expect(told(answer)).toBe(before + kinds.length);
  });

  test('carries the current revision when it changed nothing', async () => {
    const { source_id } = await port.source('bot');
    const { body } = await port.call('POST', '/contacts', { body: { source_id, external_id: 'a' }, headers: { 'idempotency-key': 'k' } });
    const answers = [
      await port.call('POST', '/contacts', { body: { source_id, external_id: 'a' }, headers: { 'idempotency-key': 'k' } }),
      await port.call('PATCH', '/operators/1', { body: {} }),
      await port.call('POST', '/operators', { body: { name: 'operator of bot' } }),
      await port.call('POST', `/contacts/${body.id}/reassign`, { body: { operator_id: 99 } }),
    ];
    expect(answers.map((answer) => [answer.status, told(answer)])).toEqual([200, 200, 409, 404].map((status) => [status, latest()]));
  });

  test('carries its own revision, not that of commands committed with it', async () => {
    const { source_id } = await port.source('bot', 1000);
    const before = latest();
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => port.call('POST', '/contacts', { body: { source_id, external_id: `a${n}` } })));
    const byRevision = answers.toSorted((a, b) => told(a) - told(b));
    expect(byRevision.map(told)).toEqual(answers.map((_, n) => before + n + 1));
    const journal = port.desk.rows<{ contact_id: number }>('SELECT contact_id FROM journal WHERE revision > ? ORDER BY revision', before);
    expect(byRevision.map(({ body }) => body.id)).toEqual(journal.map(({ contact_id }) => contact_id));
  });
});

describe('every other answer', () => {
  test.each<[number, string, string, Call]>([
    [200, 'GET', '/contacts', {}],
    [200, 'GET', '/health', { token: null }],
    [200, 'GET', '/openapi.json', { token: null }],
    [401, 'GET', '/contacts', { token: null }],
    [403, 'GET', '/contacts', { headers: { origin: 'http://elsewhere.example' } }],
    [404, 'GET', '/contacts/1', {}],
    [404, 'GET', '/nothing', {}],
    [404, 'GET', '/%', {}],
    [400, 'POST', '/contacts', { raw: '{' }],
    [415, 'POST', '/contacts', { raw: '{}', headers: { 'content-type': 'text/plain' } }],
    [422, 'GET', '/contacts?limit=x', {}],
  ])('carries the current revision: %i for %s %s', async (status, method, path, call) => {
    await port.source('bot');
    const answer = await port.call(method, path, call);
    expect([answer.status, told(answer)]).toEqual([status, latest()]);
  });

  test('an event stream begins with it', async () => {
    await port.source('bot');
    const headers = await new Promise((resolve, reject) => {
      const asked = request(`${port.origin}/events`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } }, (answer) => {
        resolve(answer.headers['switchyard-revision']);
        answer.destroy();
      });
      asked.on('error', reject).end();
    });
    expect(headers).toBe(String(latest()));
  });
});
