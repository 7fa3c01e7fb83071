import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Port } from '#intake/testing/port.ts';

let port: Port;
beforeEach(async () => {
  port = await Port.open();
});
afterEach(() => port.close());

const anna = {
  id: 1,
  name: 'Анна',
  is_active: true,
  inactive_reason: null,
  max_load: 3,
  current_load: 0,
  is_archived: false,
  tags: [],
  created_at: '2026-11-22T09:15:00.000Z',
  schedule_id: null,
  shift_offset: 0,
  time_zone: null,
  start: 'auto',
  closing_seconds: 0,
  at_end: 'keep',
  state: { since: '2026-11-22T09:15:00.000Z', by: null, reason: null, until: null },
};
const off = { ...anna, is_active: false, state: { ...anna.state, by: 'admin' } };
const outcome = async (method: string, path: string, body?: unknown) => {
  const answer = await port.call(method, path, { body });
  return [answer.status, answer.body.code];
};

describe('operators', () => {
  test('are created, read, changed and archived', async () => {
    const added = await port.call('POST', '/operators', { body: { name: ' Анна ', max_load: 3, id: 7, current_load: 9 } });
    expect([added.status, added.headers.get('location'), added.body]).toEqual([201, '/operators/1', anna]);
    expect((await port.call('GET', '/operators')).body).toEqual({ items: [anna], next_cursor: null });
    expect((await port.call('GET', '/operators/1/')).body).toEqual(anna);
    const changed = await port.call('PATCH', '/operators/1', { body: { is_active: false } });
    expect([changed.status, changed.body]).toEqual([200, off]);
    expect((await port.call('PATCH', '/operators/1', { body: {} })).body).toEqual(off);
    const archived = await port.call('DELETE', '/operators/1');
    expect([archived.status, archived.body]).toMatchObject([200, { id: 1, is_archived: true }]);
    expect((await port.call('GET', '/operators/1')).body.is_archived).toBe(true);
  });

  test('have defaults', async () => {
    expect((await port.call('POST', '/operators', { body: { name: 'x' } })).body).toMatchObject({ is_active: true, max_load: 10 });
  });

  test('have unique names', async () => {
    await port.desk.operator('Анна');
    expect(await outcome('POST', '/operators', { name: 'Анна' })).toEqual([409, 'name_taken']);
    await port.desk.operator('Борис');
    expect(await outcome('PATCH', '/operators/2', { name: 'Анна' })).toEqual([409, 'name_taken']);
  });

  test('who hold contacts cannot be archived', async () => {
    const { key, operator_id } = await port.source('bot');
    await port.call('POST', '/contacts', { token: key, body: { external_id: 'a' } });
    expect(await outcome('DELETE', `/operators/${operator_id}`)).toEqual([409, 'operator_holds_contacts']);
  });

  test.each([
    [{}, '/name'],
    [{ name: ' ' }, '/name'],
    [{ name: 'x'.repeat(201) }, '/name'],
    [{ name: 'a', max_load: -1 }, '/max_load'],
    [{ name: 'a', max_load: 1.5 }, '/max_load'],
    [{ name: 'a', max_load: '5' }, '/max_load'],
    [{ name: 'a', is_active: 1 }, '/is_active'],
    [[], ''],
  ])('are not created from %j', async (body, path) => {
    const answer = await port.call('POST', '/operators', { body });
    expect([answer.status, answer.body.code, answer.body.errors[0].path]).toEqual([422, 'validation_failed', path]);
    expect((await port.call('GET', '/operators')).body.items).toEqual([]);
  });

  test('that do not exist are 404', async () => {
    expect(await outcome('GET', '/operators/9')).toEqual([404, 'not_found']);
    expect(await outcome('PATCH', '/operators/9', { name: 'x' })).toEqual([404, 'not_found']);
    expect(await outcome('DELETE', '/operators/9')).toEqual([404, 'not_found']);
  });

  test('are paged when a limit is given', async () => {
    for (const name of ['a', 'b', 'c']) await port.desk.operator(name);
    const first = (await port.call('GET', '/operators?limit=2')).body;
    expect(first.items.map(({ name }: { name: string }) => name)).toEqual(['a', 'b']);
    const second = (await port.call('GET', `/operators?limit=2&cursor=${first.next_cursor}`)).body;
    expect([second.items.map(({ name }: { name: string }) => name), second.next_cursor]).toEqual([['c'], null]);
    expect(await outcome('GET', '/operators?cursor=x')).toEqual([422, 'validation_failed']);
    expect(await outcome('GET', '/operators?limit=0')).toEqual([422, 'validation_failed']);
  });
});

describe('sources', () => {
  test('are created with a key that is shown once, read, changed and archived', async () => {
    const added = await port.call('POST', '/sources', { body: { name: 'Сайт', settings: { url: 'https://example.com', n: 1, on: true, off: null } } });
    const { api_key, ...source } = added.body;
    expect([added.status, added.headers.get('location')]).toEqual([201, '/sources/1']);
    expect(source).toEqual({
      id: 1,
      name: 'Сайт',
      external_ids: 'shared',
      settings: { url: 'https://example.com', n: 1, on: true, off: null },
      keys: [{ id: 1, hint: api_key.slice(-4), created_at: '2026-11-22T09:15:00.000Z', last_used_at: null }],
      is_archived: false,
      created_at: '2026-11-22T09:15:00.000Z',
    });
    expect((await port.call('GET', '/sources')).body).toEqual({ items: [source], next_cursor: null });
    expect((await port.call('GET', '/sources/1')).body).toEqual(source);
    const changed = await port.call('PATCH', '/sources/1', { body: { settings: {} } });
    expect([changed.status, changed.body]).toEqual([200, { ...source, settings: {} }]);
    expect((await port.call('DELETE', '/sources/1')).body).toMatchObject({ id: 1, is_archived: true });
    expect((await port.call('GET', '/sources/1')).status).toBe(200);
  });

  test('have unique names, and errors name the invalid field', async () => {
    await port.desk.source('Сайт');
    expect(await outcome('POST', '/sources', { name: 'Сайт' })).toEqual([409, 'name_taken']);
    const { status, body } = await port.call('POST', '/sources', { body: { name: 'x', settings: { deep: { er: 1 } } } });
    expect([status, body.errors[0].path]).toEqual([422, '/settings/deep']);
    expect(await outcome('PATCH', '/sources/9', { name: 'x' })).toEqual([404, 'not_found']);
    expect(await outcome('DELETE', '/sources/9')).toEqual([404, 'not_found']);
    expect(await outcome('POST', '/sources/9/keys')).toEqual([404, 'not_found']);
    expect(await outcome('DELETE', '/sources/1/keys/9')).toEqual([404, 'not_found']);
  });
});

describe('competences', () => {
  beforeEach(async () => {
    for (const name of ['a', 'b']) await port.desk.operator(name);
    for (const name of ['x', 'y']) await port.desk.source(name);
  });

  test('are refused if there are too many, before any is examined', async () => {
    const raw = JSON.stringify(Array.from({ length: 10_001 }, () => []));
    const { status, body } = await port.call('PUT', '/sources/1/competences', { raw });
    expect([status, body.errors]).toEqual([422, [{ path: '', message: 'at most 10000 pairs' }]]);
  });

  test('are set one by one, listed and removed', async () => {
    const set = await port.call('PUT', '/operators/1/competences/2', { body: { weight: 7 } });
    expect([set.status, set.body]).toEqual([200, { operator_id: 1, source_id: 2, weight: 7, line: 1 }]);
    await port.call('PUT', '/operators/1/competences/2', { body: { weight: 8 } });
    await port.call('PUT', '/operators/2/competences/1', { body: { weight: 0 } });
    const all = [
      { source_id: 1, operator_id: 2, weight: 0, line: 1 },
      { source_id: 2, operator_id: 1, weight: 8, line: 1 },
    ];
    expect((await port.call('GET', '/competences')).body).toEqual({ items: all, next_cursor: null });
    expect((await port.call('GET', '/competences?source_id=2')).body.items).toEqual(all.slice(1));
    expect((await port.call('GET', '/competences?operator_id=2')).body.items).toEqual(all.slice(0, 1));
    const first = (await port.call('GET', '/competences?limit=1')).body;
    expect([first.items, (await port.call('GET', `/competences?limit=1&cursor=${first.next_cursor}`)).body.items]).toEqual([all.slice(0, 1), all.slice(1)]);
    const removed = await port.call('DELETE', '/operators/1/competences/2');
    expect([removed.status, removed.body]).toEqual([204, '']);
    expect((await port.call('DELETE', '/operators/1/competences/2')).status).toBe(404);
  });

  test('of a source are replaced in one step', async () => {
    await port.desk.weights(1, { 1: 5 });
    const replaced = await port.call('PUT', '/sources/1/competences', { body: [{ operator_id: 2, weight: 3 }] });
    expect([replaced.status, replaced.body]).toEqual([200, { items: [{ operator_id: 2, source_id: 1, weight: 3, line: 1 }], next_cursor: null }]);
    expect((await port.call('GET', '/competences')).body.items).toEqual(replaced.body.items);
    expect((await port.call('PUT', '/sources/1/competences', { body: [] })).body.items).toEqual([]);
  });

  test.each([-1, 1001, 0.5, '5', null, undefined])('cannot have the weight %j', async (weight) => {
    expect(await outcome('PUT', '/operators/1/competences/1', { weight })).toEqual([422, 'validation_failed']);
    expect(await outcome('PUT', '/sources/1/competences', [{ operator_id: 1, weight }])).toEqual([422, 'validation_failed']);
    expect((await port.call('GET', '/competences')).body.items).toEqual([]);
  });

  test('name an operator once, and only existing ones', async () => {
    const twice = await port.call('PUT', '/sources/1/competences', {
      body: [
        { operator_id: 1, weight: 1 },
        { operator_id: 1, weight: 2 },
      ],
    });
    expect([twice.status, twice.body.code]).toEqual([422, 'validation_failed']);
    expect(
      await outcome('PUT', '/sources/1/competences', [
        { operator_id: 1, weight: 1 },
        { operator_id: 9, weight: 1 },
      ]),
    ).toEqual([404, 'not_found']);
    expect(await outcome('PUT', '/sources/9/competences', [])).toEqual([404, 'not_found']);
    expect(await outcome('PUT', '/operators/9/competences/1', { weight: 1 })).toEqual([404, 'not_found']);
    expect(await outcome('PUT', '/operators/1/competences/9', { weight: 1 })).toEqual([404, 'not_found']);
    expect((await port.call('GET', '/competences')).body.items).toEqual([]);
  });
});

describe('leads', () => {
  test('are new, then known, then merged, and the merge is undone', async () => {
    const added = await port.call('POST', '/leads', { body: { phone: '8 900 123-45-67', name: 'Вера' } });
    expect([added.status, added.headers.get('location'), added.body]).toEqual([
      201,
      '/leads/1',
      {
        id: 1,
        external_id: null,
        phone: '+79001234567',
        email: null,
        name: 'Вера',
        operator_id: null,
        pinned_operator_id: null,
        created_at: '2026-11-22T09:15:00.000Z',
        created: true,
        warnings: [],
      },
    ]);
    const known = await port.call('POST', '/leads', { body: { phone: '+79001234567', external_id: 'tg-1' } });
    expect([known.status, known.headers.get('location'), known.body]).toMatchObject([200, null, { id: 1, external_id: 'tg-1', created: false }]);
    await port.call('POST', '/leads', { body: { email: 'V@Example.com' } });
    const merged = await port.call('POST', '/leads', { body: { external_id: 'tg-1', email: 'v@example.com' } });
    expect([merged.status, merged.body.email]).toEqual([200, 'v@example.com']);
    const detail = (await port.call('GET', '/leads/1')).body;
    expect(detail).toMatchObject({ id: 1, identifiers: [{}, {}, {}], contacts: [], merges: [{ survivor_id: 1, merged_id: 2, undone_at: null }] });
    const undone = await port.call('POST', `/merges/${detail.merges[0].id}/undo`);
    expect([undone.status, undone.body.undone_at]).toEqual([200, '2026-11-22T09:15:00.000Z']);
    expect(await outcome('POST', `/merges/${detail.merges[0].id}/undo`)).toEqual([409, 'merge_not_undoable']);
    expect(await outcome('POST', '/merges/9/undo')).toEqual([404, 'not_found']);
  });

  test('are found by any identifier, normalised the same way', async () => {
    await port.call('POST', '/leads', { body: { phone: '+79001234567', email: 'a@example.com', external_id: 'tg-1' } });
    await port.call('POST', '/leads', { body: { external_id: 'tg-2' } });
    const found = async (query: string) => (await port.call('GET', `/leads?${query}`)).body.items.map(({ id }: { id: number }) => id);
    expect(await found('')).toEqual([2, 1]);
    expect(await found('limit=1')).toEqual([2]);
    expect(await found('phone=8%20(900)%20123-45-67')).toEqual([1]);
    expect(await found('email=A@EXAMPLE.com')).toEqual([1]);
    expect(await found('external_id=%20tg-2%20')).toEqual([2]);
    expect(await found('external_id=tg-3')).toEqual([]);
    expect(await outcome('GET', '/leads/9')).toEqual([404, 'not_found']);
  });

  test('without a usable identifier are refused', async () => {
    expect((await port.call('POST', '/leads', { body: { name: 'x' } })).status).toBe(422);
    expect(await outcome('POST', '/leads', { phone: '12' })).toEqual([422, 'no_usable_identifier']);
    expect((await port.call('GET', '/leads')).body.items).toEqual([]);
  });
});

test('GET /health returns the version and the revision of the last change', async () => {
  expect((await port.call('GET', '/health', { token: null })).body).toEqual({ status: 'ok', version: '1.2.3', revision: 0 });
  await port.desk.operator('a');
  expect((await port.call('GET', '/health/', { token: null })).body.revision).toBe(port.desk.engine.board().revision);
  expect(port.desk.engine.board().revision).toBeGreaterThan(0);
});
