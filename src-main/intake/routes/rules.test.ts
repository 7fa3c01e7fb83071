import { afterEach, beforeEach, expect, test } from 'vitest';
import { Port } from '#intake/testing/port.ts';

let port: Port;
let source: Awaited<ReturnType<Port['source']>>;
beforeEach(async () => {
  port = await Port.open();
  source = await port.source('bot');
});
afterEach(() => port.close());

const usual = {
  strategy: 'weighted',
  lines: [],
  open_early: true,
  needs: [],
  needs_seconds: null,
  owner: { mode: 'off', days: 30, wait_seconds: 0 },
  target_seconds: null,
  accepts_target: false,
  urgency: 1,
  cost: 1,
  repeat: { mode: 'new', within_seconds: null },
  accept_seconds: null,
  close_after_seconds: null,
  schedule_id: null,
  version: 1,
};

test('a source has the default rule until another is set; fields not named are kept', async () => {
  const path = `/sources/${source.source_id}/rule`;
  expect((await port.call('GET', path)).body).toEqual(usual);
  const changed = await port.call('PATCH', path, { body: { strategy: 'even', lines: [30, 60] } });
  expect([changed.status, changed.body]).toEqual([200, { ...usual, strategy: 'even', lines: [30, 60], version: 2 }]);
  expect((await port.call('PATCH', path, { body: { open_early: false } })).body).toEqual({
    ...usual,
    strategy: 'even',
    lines: [30, 60],
    open_early: false,
    version: 3,
  });
  expect((await port.call('PATCH', path, { body: {} })).body.version).toBe(3);
  expect((await port.call('GET', path)).body.version).toBe(3);
});

test.each([
  [{ strategy: 'fair' }, '/strategy'],
  [{ stratagy: 'even' }, '/stratagy'],
  [{ strategy: 'even', weight: 2 }, '/weight'],
  [{ cost: 0 }, '/cost'],
  [{ cost: 101 }, '/cost'],
  [{ lines: [60, 30] }, '/lines'],
  [{ lines: [1, 2, 3, 4, 5] }, '/lines'],
  [{ lines: [-1] }, '/lines/0'],
  [{ lines: [86_401] }, '/lines/0'],
  [{ open_early: 'yes' }, '/open_early'],
  [{ needs: [''] }, '/needs/0'],
  [{ needs: ['language', 'language'] }, '/needs'],
  [{ needs_seconds: -1 }, '/needs_seconds'],
  [{ owner: { mode: 'always' } }, '/owner/mode'],
  [{ owner: { mode: 'days', day: 3 } }, '/owner/day'],
  [{ owner: { mode: 'days', days: 0 } }, '/owner/days'],
  [{ target_seconds: 0 }, '/target_seconds'],
  [{ urgency: 101 }, '/urgency'],
  [{ repeat: { mode: 'merge' } }, '/repeat/mode'],
  [{ repeat: { mode: 'join', within: 60 } }, '/repeat/within'],
  [{ repeat: { mode: 'join', within_seconds: 0 } }, '/repeat/within_seconds'],
])('%j is refused with its place, and changes nothing', async (body, path) => {
  const answer = await port.call('PATCH', `/sources/${source.source_id}/rule`, { body });
  expect([answer.status, answer.body.code, answer.body.errors?.[0]?.path]).toEqual([422, 'validation_failed', path]);
  expect((await port.call('GET', `/sources/${source.source_id}/rule`)).body).toEqual(usual);
});

test('is for the admin only, and needs an existing source', async () => {
  const path = `/sources/${source.source_id}/rule`;
  expect((await port.call('GET', path, { token: source.key })).status).toBe(403);
  expect((await port.call('PATCH', path, { token: source.key, body: { strategy: 'even' } })).status).toBe(403);
  expect((await port.call('GET', '/sources/99/rule')).status).toBe(404);
  expect((await port.call('PATCH', '/sources/99/rule', { body: {} })).status).toBe(404);
});

test('a competence keeps its line until another is set', async () => {
  const path = `/operators/${source.operator_id}/competences/${source.source_id}`;
  expect((await port.call('PUT', path, { body: { weight: 5, line: 2 } })).body).toEqual({
    operator_id: source.operator_id,
    source_id: source.source_id,
    weight: 5,
    line: 2,
  });
  expect((await port.call('PUT', path, { body: { weight: 7 } })).body.line).toBe(2);
  expect((await port.call('GET', '/competences')).body.items).toEqual([{ operator_id: source.operator_id, source_id: source.source_id, weight: 7, line: 2 }]);
  const all = await port.call('PUT', `/sources/${source.source_id}/competences`, { body: [{ operator_id: source.operator_id, weight: 9, line: 1 }] });
  expect(all.body.items).toEqual([{ operator_id: source.operator_id, source_id: source.source_id, weight: 9, line: 1 }]);
  expect((await port.call('PUT', path, { body: { weight: 5, line: 6 } })).body.errors[0].path).toBe('/line');
});

test('a waiting contact has its reason, and the time when that changes by itself', async () => {
  await port.call('PATCH', `/operators/${source.operator_id}`, { body: { max_load: 0 } });
  const other = (await port.call('POST', '/operators', { body: { name: 'Second line' } })).body.id;
  await port.call('PUT', `/operators/${other}/competences/${source.source_id}`, { body: { weight: 1, line: 2 } });
  await port.call('PATCH', `/sources/${source.source_id}/rule`, { body: { lines: [60] } });
  const { body } = await port.call('POST', '/contacts', { token: source.key, body: { external_id: 'a' } });
  expect([body.status, body.waiting_reason, body.next_at, body.returned]).toEqual(['waiting', 'line_closed', '2026-11-22T09:16:00.000Z', 0]);
});

test('a lead is pinned to an operator, and says who would get its next contact', async () => {
  const { operator_id, source_id, key } = source;
  await port.call('PATCH', `/sources/${source_id}/rule`, { body: { owner: { mode: 'days' } } });
  expect((await port.call('GET', `/sources/${source_id}/rule`)).body.owner).toEqual({ mode: 'days', days: 30, wait_seconds: 0 });
  await port.call('POST', '/leads', { body: { external_id: 'a', name: 'Anna' } });
  expect((await port.call('GET', '/leads/1')).body).not.toHaveProperty('owner_id');
  expect((await port.call('GET', `/leads/1?source_id=${source_id}`)).body.owner_id).toBe(null);
  expect((await port.call('PATCH', '/leads/1', { body: { pinned_operator_id: 99 } })).status).toBe(404);
  expect((await port.call('PATCH', '/leads/99', { body: { pinned_operator_id: 1 } })).status).toBe(404);
  expect((await port.call('PATCH', '/leads/1', { body: { pinned_operator_id: operator_id, name: ' ' } })).body).toMatchObject({
    pinned_operator_id: operator_id,
    name: null,
  });
  expect((await port.call('GET', `/leads/1?source_id=${source_id}`)).body.owner_id).toBe(operator_id);
  const { body } = await port.call('POST', '/contacts', { token: key, body: { external_id: 'a' } });
  expect([body.operator_id, body.owner_id]).toEqual([operator_id, null]); // the desk pinned it: the source had no contact of the lead yet
  expect((await port.call('GET', `/contacts/${body.id}`)).body.owner_id).toBe(operator_id);
  const decision = (await port.call('GET', `/contacts/${body.id}/decision`)).body;
  expect([decision.kind, decision.owner_id, decision.r, decision.table[0].probability]).toEqual(['owner', operator_id, null, 1]);
});

test('a source learns neither who the owner is nor that its contact waits for one, unless an earlier contact of its own made the owner', async () => {
  const { operator_id, source_id, key } = source;
  await port.call('PATCH', `/sources/${source_id}/rule`, { body: { owner: { mode: 'days', wait_seconds: 60 } } });
  const own = (await port.call('POST', '/contacts', { token: key, body: { external_id: 'own' } })).body;
  expect([own.operator_id, own.owner_id]).toEqual([operator_id, null]);
  const again = (await port.call('POST', '/contacts', { token: key, body: { external_id: 'own' } })).body;
  expect([again.operator_id, again.owner_id]).toEqual([operator_id, operator_id]);
  const other = (await port.call('POST', '/operators', { body: { name: 'Other' } })).body.id;
  await port.call('PUT', `/operators/${other}/competences/${source_id}`, { body: { weight: 1 } });
  const lead_id = (await port.call('POST', '/leads', { body: { external_id: 'a' } })).body.id;
  await port.call('PATCH', `/leads/${lead_id}`, { body: { pinned_operator_id: operator_id } });
  await port.call('PATCH', `/operators/${operator_id}`, { body: { max_load: 0 } });
  const { body } = await port.call('POST', '/contacts', { token: key, body: { external_id: 'a' } });
  expect([body.status, body.waiting_reason, body.next_at, body.owner_id]).toEqual(['waiting', 'all_full', null, null]);
  const listed = (await port.call('GET', '/contacts?status=waiting', { token: key })).body.items;
  expect(listed.map((one: typeof body) => [one.waiting_reason, one.next_at, one.owner_id])).toEqual([['all_full', null, null]]);
  const seen = (await port.call('GET', `/contacts/${body.id}`)).body;
  expect([seen.waiting_reason, seen.next_at, seen.owner_id]).toEqual(['owner_busy', '2026-11-22T09:16:00.000Z', operator_id]);
  const known = (await port.call('POST', '/contacts', { token: key, body: { external_id: 'own' } })).body;
  expect([known.waiting_reason, known.next_at, known.owner_id]).toEqual(['owner_busy', '2026-11-22T09:16:00.000Z', operator_id]);
});

test('tags are kept once each, in order, and a contact asks for one by an attribute', async () => {
  const { operator_id, source_id, key } = source;
  expect((await port.call('PATCH', `/operators/${operator_id}`, { body: { tags: ['vip', ' language:en ', 'VIP'] } })).body.tags).toEqual([
    'VIP',
    'language:en',
  ]);
  expect((await port.call('PATCH', `/operators/${operator_id}`, { body: { tags: [''] } })).body.errors[0].path).toBe('/tags/0');
  await port.call('PATCH', `/sources/${source_id}/rule`, { body: { needs: ['language'] } });
  const german = await port.call('POST', '/contacts', { token: key, body: { external_id: 'a', attributes: { language: 'de' } } });
  expect([german.body.status, german.body.waiting_reason]).toEqual(['waiting', 'nobody_fits']);
  expect((await port.call('POST', '/contacts', { token: key, body: { external_id: 'b', attributes: { language: 'EN' } } })).body.operator_id).toBe(operator_id);
});

test('a target that cannot be one is kept as an attribute, and the contact is taken in', async () => {
  const { body, status } = await port.call('POST', '/contacts', { token: source.key, body: { external_id: 'a', target_seconds: 'soon' } });
  expect([status, body.attributes, body.warnings]).toEqual([
    201,
    { target_seconds: 'soon' },
    ['target_seconds is not a whole number of seconds within a day and was not used: it is kept in attributes'],
  ]);
});

test('a further message of a lead joins its open contact: 200 with `joined`, read back by its source and by no other', async () => {
  const path = `/sources/${source.source_id}/rule`;
  expect((await port.call('PATCH', path, { body: { repeat: { mode: 'join' } } })).body.repeat).toEqual({ mode: 'join', within_seconds: null });
  const post = (body: object, headers = {}) => port.call('POST', '/contacts', { token: source.key, body, headers });
  const first = await post({ phone: '+79001234567', message: 'один' });
  const key = { 'idempotency-key': 'm-1' };
  const second = await post({ phone: '8 900 123-45-67', name: 'Ольга', message: 'два' }, key);
  expect([second.status, second.headers.get('location'), second.headers.get('idempotent-replayed')]).toEqual([200, '/contacts/1', null]);
  expect(second.body).toEqual({ ...first.body, messages: 1, joined: true, lead: { ...first.body.lead, name: 'Ольга' } });
  const again = await post({ phone: '8 900 123-45-67', name: 'Ольга', message: 'два' }, key);
  expect([again.status, again.headers.get('idempotent-replayed'), again.body]).toEqual([200, 'true', second.body]);
  expect((await post({ phone: '+79001234567', message: 'три' })).body.messages).toBe(2);
  const page = (await port.call('GET', '/contacts/1/messages?limit=1', { token: source.key })).body;
  expect(page.items).toEqual([
    {
      id: 1,
      contact_id: 1,
      created_at: '2026-11-22T09:15:00.000Z',
      message: 'два',
      attributes: {},
      external_id: null,
      phone: '8 900 123-45-67',
      email: null,
      name: 'Ольга',
      warnings: [],
    },
  ]);
  const rest = (await port.call('GET', `/contacts/1/messages?cursor=${page.next_cursor}`)).body;
  expect([rest.items.map(({ message }: { message: string }) => message), rest.next_cursor]).toEqual([['три'], null]);
  const other = await port.source('other');
  expect((await port.call('GET', '/contacts/1/messages', { token: other.key })).status).toBe(404);
  expect((await port.call('GET', '/contacts/1', { token: source.key })).body).not.toHaveProperty('joined');
});

test('a dry run says who would get a contact, writes nothing, and agrees with the contact that follows', async () => {
  const { source_id, key, operator_id } = source;
  const path = `/sources/${source_id}/choose`;
  const second = (await port.call('POST', '/operators', { body: { name: 'Second' } })).body.id;
  await port.call('PUT', `/operators/${second}/competences/${source_id}`, { body: { weight: 10 } });
  await port.call('PATCH', `/sources/${source_id}/rule`, { body: { strategy: 'even' } });
  await port.call('POST', '/contacts', { body: { source_id, phone: '+79001234567' } });
  const { revision } = port.desk.engine.board();
  const body = { phone: 8_900_123_45_67, attributes: { tastes: ['tea'] } };
  const { status, body: told, headers } = await port.call('POST', path, { body, headers: { 'idempotency-key': 'k' } });
  expect([status, headers.get('switchyard-revision'), port.desk.engine.board().revision]).toEqual([200, String(revision), revision]);
  expect(told.warnings).toEqual(['attributes/tastes is a list and is kept as its JSON']);
  const asked = (await port.call('POST', path, { token: key, body })).body;
  expect(asked).toEqual({ ...told, table: null });
  const done = (await port.call('POST', '/contacts', { body: { source_id, ...body }, headers: { 'idempotency-key': 'k' } })).body;
  expect([done.operator, done.lead_id, [operator_id, second]]).toEqual([told.operator, told.lead_id, expect.arrayContaining([done.operator_id])]);
  expect((await port.call('GET', `/contacts/${done.id}/decision`)).body.table).toEqual(told.table);
});

test('a dry run of another source, or of none, is refused as a contact is', async () => {
  const other = await port.source('other');
  const ask = async (source_id: number, body: unknown, token?: string) => {
    const answer = await port.call('POST', `/sources/${source_id}/choose`, { body, ...(token !== undefined && { token }) });
    return [answer.status, answer.body.code];
  };
  expect(await ask(other.source_id, {}, source.key)).toEqual([403, 'other_source']);
  expect(await ask(99, {})).toEqual([404, 'not_found']);
  expect(await ask(99, {}, source.key)).toEqual([403, 'other_source']);
  expect(await ask(source.source_id, { phone: 'nobody' })).toEqual([422, 'no_usable_identifier']);
  expect(await ask(source.source_id, [])).toEqual([422, 'validation_failed']);
  await port.call('DELETE', `/sources/${source.source_id}`);
  expect(await ask(source.source_id, {})).toEqual([404, 'not_found']);
});

test('a case that the rule must decide as expected is kept, refuses the change that breaks it, and is dropped', async () => {
  const [path, cases] = [`/sources/${source.source_id}/rule`, `/sources/${source.source_id}/cases`];
  const boris = await port.desk.operator('Boris', 10);
  await port.call('PUT', `/operators/${boris}/competences/${source.source_id}`, { body: { weight: 1, line: 2 } });
  await port.call('PATCH', path, { body: { lines: [60], open_early: false } });
  const body = { on_line: [boris, boris], expected: { waiting_reason: 'line_closed' } };
  const kept = await port.call('POST', cases, { body });
  const its = { ...body, on_line: [boris], id: 1, source_id: source.source_id, attributes: {}, owner_id: null, waited_seconds: 0, full: [], holds: true };
  expect([kept.status, kept.body]).toEqual([201, its]);
  expect((await port.call('POST', cases, { body })).body.id).toBe(1);
  expect((await port.call('GET', cases)).body).toEqual({ items: [its], next_cursor: null });

  const refused = await port.call('PATCH', path, { body: { open_early: true } });
  expect([refused.status, refused.body.code, refused.body.detail]).toEqual([409, 'case_broken', expect.stringContaining('Kept case 1 ')]);
  const other = await port.source('other');
  expect((await port.call('DELETE', `/sources/${other.source_id}/cases/1`)).status).toBe(404);
  expect((await port.call('DELETE', `${cases}/1`)).status).toBe(204);
  expect((await port.call('GET', cases)).body.items).toEqual([]);
  expect((await port.call('PATCH', path, { body: { open_early: true } })).status).toBe(200);
  expect((await port.call('DELETE', `${cases}/1`)).status).toBe(404);
  expect((await port.call('GET', '/sources/99/cases')).status).toBe(404);
});

test('a case that does not hold yet says so, and stands in the way of nothing', async () => {
  const anna = source.operator_id;
  const cases = `/sources/${source.source_id}/cases`;
  const kept = await port.call('POST', cases, { body: { on_line: [], owner_id: anna, expected: { operator_id: anna } } });
  expect([kept.status, kept.body.holds]).toEqual([201, false]);
  expect((await port.call('PATCH', `/sources/${source.source_id}/rule`, { body: { strategy: 'even' } })).status).toBe(200);
});

test.each([
  [{ on_line: [] }, 422, '/expected'],
  [{ on_line: [], expected: { line: 1 }, lines: [] }, 422, '/lines'],
  [{ on_line: [], expected: { line: 6 } }, 422, '/expected/line'],
  [{ on_line: [99], expected: { line: 1 } }, 404, undefined],
  [{ on_line: [], expected: { operator_id: 99 } }, 404, undefined],
])('the case %j is refused with its place', async (body, status, path) => {
  const answer = await port.call('POST', `/sources/${source.source_id}/cases`, { body });
  expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([status, path]);
  expect((await port.call('GET', `/sources/${source.source_id}/cases`)).body.items).toEqual([]);
});
