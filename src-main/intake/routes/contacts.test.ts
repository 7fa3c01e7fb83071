import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Port } from '#intake/testing/port.ts';

let port: Port;
let bot: Awaited<ReturnType<Port['source']>>;
let spare: number;
const made: number[] = [];

/** Four contacts, a minute apart: two assigned, one closed, one waiting. */
beforeAll(async () => {
  port = await Port.open();
  bot = await port.source('bot', 2);
  spare = await port.desk.operator('spare', 1);
  for (const external_id of ['a', 'b', 'c', 'a']) {
    const { body } = await port.call('POST', '/contacts', { token: bot.key, body: { external_id } });
    made.push(body.id);
    port.desk.now += 60_000;
  }
});
afterAll(() => port.close());

const list = async (query: string) => {
  const { status, body } = await port.call('GET', `/contacts${query}`);
  expect(status).toBe(200);
  return body;
};
const ids = async (query: string): Promise<number[]> => (await list(query)).items.map((item: { id: number }) => item.id);

describe('GET /contacts', () => {
  test('lists contacts, newest first', async () => {
    expect(await ids('')).toEqual([4, 3, 2, 1]);
    expect(await ids('/')).toEqual([4, 3, 2, 1]);
  });

  test('filters', async () => {
    expect(await ids('?status=assigned')).toEqual([2, 1]);
    expect(await ids('?status=waiting')).toEqual([4, 3]);
    expect(await ids('?status=closed')).toEqual([]);
    expect(await ids(`?operator_id=${bot.operator_id}`)).toEqual([2, 1]);
    expect(await ids(`?operator_id=${spare}`)).toEqual([]);
    expect(await ids(`?source_id=${bot.source_id}`)).toEqual([4, 3, 2, 1]);
    expect(await ids('?source_id=99')).toEqual([]);
    expect(await ids('?lead_id=1')).toEqual([4, 1]);
    expect(await ids('?lead_id=1&status=waiting')).toEqual([4]);
    expect(await ids('?from=2026-11-22T09:16:00Z&to=2026-11-22T12:18:00%2B03:00')).toEqual([3, 2]);
    expect(await ids('?unknown=ignored')).toEqual([4, 3, 2, 1]);
  });

  test('is paged without gaps or repeats', async () => {
    const seen: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const body: { items: { id: number }[]; next_cursor: string | null } = await list(`?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.next_cursor;
    }
    expect(seen).toEqual([4, 3, 2, 1]);
  });

  test.each([
    'limit=0',
    'limit=501',
    'limit=x',
    'limit=',
    'limit=1&limit=2',
    'cursor=?',
    'status=lost',
    'operator_id=0',
    'operator_id=1.5',
    'from=yesterday',
    'to=2026-11-22',
  ])('refuses %s and names the parameter', async (query) => {
    const { status, body } = await port.call('GET', `/contacts?${query}`);
    expect([status, body.code, body.errors[0].path]).toEqual([422, 'validation_failed', query.split('=')[0]]);
  });
});

describe('GET /contacts/{id}', () => {
  test('returns one contact', async () => {
    expect((await port.call('GET', `/contacts/${made[0]}`)).body).toMatchObject({ id: 1, status: 'assigned', lead: { external_id: 'a' } });
  });

  test.each(['99', '0', '-1', '1.0', '1e0', '0x1', '01', '%201', '+1', 'one', '9007199254740993', '99999999999999999999', '1;2', '%00'])(
    'answers 404 for %s',
    async (id) => {
      for (const path of [`/contacts/${id}`, `/contacts/${id}/decision`, `/operators/${id}`, `/sources/${id}`, `/leads/${id}`]) {
        const { status, body } = await port.call('GET', path);
        expect([path, status, body.code]).toEqual([path, 404, 'not_found']);
      }
    },
  );
});

test('GET /contacts/{id}/decision explains where a contact went', async () => {
  const { status, body } = await port.call('GET', '/contacts/3/decision');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    contact_id: 3,
    kind: 'draw',
    operator_id: null,
    waiting_reason: 'all_full',
    r: null,
    sum: 0,
    table: [{ operator_id: bot.operator_id, name: 'operator of bot', weight: 10, load: 2, max_load: 2, is_active: true, passed_over: 'full', probability: 0 }],
  });
  expect(body.history).toHaveLength(1);
});

describe('POST /contacts/{id}/reassign', () => {
  const reassign = (id: number, body: unknown) => port.call('POST', `/contacts/${id}/reassign`, { body });

  test('assigns a contact to an operator', async () => {
    const { status, body } = await reassign(3, { operator_id: spare });
    expect([status, body.operator_id, body.status]).toEqual([200, spare, 'assigned']);
  });

  test('never exceeds the capacity', async () => {
    const { status, body } = await reassign(4, { operator_id: spare });
    expect([status, body.code]).toEqual([409, 'operator_full']);
  });

  test('returns a contact to the queue', async () => {
    const { status, body } = await reassign(3, { operator_id: null });
    expect([status, body.operator_id, body.status]).toEqual([200, null, 'waiting']);
  });

  test('reports errors', async () => {
    for (const body of [{}, { operator_id: '1' }, { operator_id: 0 }, [], null]) expect((await reassign(3, body)).status).toBe(422);
    expect((await reassign(3, { operator_id: 99 })).status).toBe(404);
    expect((await reassign(99, { operator_id: spare })).status).toBe(404);
  });
});

test('POST /contacts/{id}/close frees the slot for a waiting contact', async () => {
  const { status, body } = await port.call('POST', '/contacts/1/close');
  expect([status, body.status, body.closed_at]).toEqual([200, 'closed', '2026-11-22T09:19:00.000Z']);
  expect((await port.call('GET', '/contacts/3')).body).toMatchObject({ status: 'assigned', operator_id: bot.operator_id });
  expect((await port.call('POST', '/contacts/1/close')).body).toEqual(body);
  expect((await port.call('POST', '/contacts/99/close')).status).toBe(404);
  const closed = await port.call('POST', '/contacts/1/reassign', { body: { operator_id: spare } });
  expect([closed.status, closed.body.code]).toEqual([409, 'contact_closed']);
});
