import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Port } from '#intake/testing/port.ts';

let port: Port;
beforeAll(async () => {
  port = await Port.open();
});
afterAll(() => port.close());

let nth = 0;
/** Two operators of one source, each with a key of their own page. */
async function scene(max_load = 2) {
  nth += 1;
  const vera = await person(`Вера ${nth}`, max_load);
  const oleg = await person(`Олег ${nth}`, max_load);
  const { body: source } = await port.call('POST', '/sources', { body: { name: `VK ${nth}` } });
  await port.desk.weights(source.id, { [vera.id]: 1, [oleg.id]: 0 });
  const submit = async (external_id: string, more: object = {}) =>
    (await port.call('POST', '/contacts', { token: source.api_key, body: { source_id: source.id, external_id: `${external_id} ${nth}`, ...more } })).body;
  return { vera, oleg, source, submit };
}

async function person(name: string, max_load: number) {
  const id = await port.desk.operator(name, max_load);
  const { body } = await port.call('POST', '/people', { body: { name, role: 'operator', operator_id: id } });
  const { key } = (await port.call('POST', `/people/${body.id}/keys`)).body;
  const as = (method: string, path: string, asked?: object) => port.call(method, path, { token: key, ...(asked && { body: asked }) });
  return { id, person_id: body.id as number, invite_url: body.invite_url as string, as };
}

test('an operator is invited to a page of their own, and sees who they are, what they hold and their figures', async () => {
  const { vera, source, submit } = await scene();
  expect(new URL(vera.invite_url).pathname).toBe('/console/me');
  const first = await submit('a', { name: 'Анна', phone: '+79001112233', message: 'Сколько стоит?' });
  const { status, body } = await vera.as('GET', '/me');
  expect({ status, body }).toMatchObject({
    status: 200,
    body: {
      id: vera.person_id,
      name: `Вера ${nth}`,
      operator: { id: vera.id, is_active: true, current_load: 1, max_load: 2 },
      contacts: [{ id: first.id, source: { id: source.id, name: `VK ${nth}` }, message: 'Сколько стоит?', lead: { name: 'Анна', phone: '+79001112233' } }],
      held: 1,
      today: { assigned: 1, drawn: 1, expected: 1, spread: 0 },
    },
  });
});

test('contacts of others are not there, whatever is asked of them, and neither is anything else', async () => {
  const { vera, oleg, submit } = await scene();
  const { id } = await submit('a');
  expect((await oleg.as('GET', '/me')).body).toMatchObject({ contacts: [], held: 0 });
  const absent = await oleg.as('POST', '/contacts/999999/close');
  for (const what of ['close', 'accept', 'decline']) {
    const { status, body } = await oleg.as('POST', `/contacts/${id}/${what}`, {});
    expect({ status, body }).toEqual({ status: 404, body: { ...absent.body, detail: absent.body.detail.replace('999999', String(id)) } });
  }
  expect((await oleg.as('GET', `/operators/${vera.id}/shifts?from=2026-11-22&to=2026-11-22`)).status).toBe(404);
  expect((await oleg.as('GET', `/operators/${oleg.id}/shifts?from=2026-11-22&to=2026-11-22`)).status).toBe(200);
  for (const path of ['/contacts', `/contacts/${id}`, '/leads', '/operators', '/events', '/people'])
    expect((await oleg.as('GET', path)).status, path).toBe(403);
});

describe('a contact that the operator holds', () => {
  test('is accepted, and closed with what came of it and a note, which its card and its lead show', async () => {
    const { vera, submit } = await scene();
    const { id, lead_id } = await submit('a');
    expect((await vera.as('POST', `/contacts/${id}/accept`, {})).body).toMatchObject({ accepted_at: expect.any(String), outcome: null });
    const closed = await vera.as('POST', `/contacts/${id}/close`, { outcome: ' продажа ', note: 'Перезвонить в мае' });
    expect(closed.body).toMatchObject({ status: 'closed', outcome: 'продажа', note: 'Перезвонить в мае' });
    expect((await vera.as('POST', `/contacts/${id}/close`, { outcome: 'другое' })).body, 'closing twice changes nothing').toMatchObject({
      status: 'closed',
      outcome: 'продажа',
    });
    expect((await port.call('GET', `/leads/${lead_id}`)).body.contacts[0]).toMatchObject({ outcome: 'продажа', note: 'Перезвонить в мае' });
    expect(port.desk.rows('SELECT actor FROM journal ORDER BY revision DESC LIMIT 1')).toEqual([{ actor: `person:${vera.person_id}` }]);
    await port.call('POST', `/leads/${lead_id}/erase`);
    expect((await port.call('GET', `/contacts/${id}`)).body, 'erased with the lead').toMatchObject({ outcome: null, note: null });
  });

  test('is declined with a reason, and goes to somebody else', async () => {
    const { vera, oleg, source, submit } = await scene();
    const { id } = await submit('a');
    await port.desk.weights(source.id, { [oleg.id]: 1 });
    expect((await vera.as('POST', `/contacts/${id}/decline`, { reason: 'не мой язык' })).body).toMatchObject({ operator_id: oleg.id, returned: 1 });
    expect((await vera.as('GET', '/me')).body.contacts).toEqual([]);
    expect((await port.call('GET', `/contacts/${id}/decision`)).body.history.at(-1)).toMatchObject({ operator_id: oleg.id });
  });

  test('and that was given to somebody else meanwhile, is theirs: the answer says whose', async () => {
    const { vera, oleg, submit } = await scene();
    const { id } = await submit('a');
    await port.call('POST', `/contacts/${id}/reassign`, { body: { operator_id: oleg.id } });
    for (const what of ['accept', 'decline', 'close'])
      expect((await vera.as('POST', `/contacts/${id}/${what}`, {})).body).toMatchObject({
        status: 409,
        code: 'already_moved',
        detail: `Contact ${id} is with operator ${oleg.id} (Олег ${nth}).`,
      });
    expect((await port.call('GET', `/contacts/${id}`)).body).toMatchObject({ status: 'assigned', operator_id: oleg.id });
  });

  test('is not answered for somebody else', async () => {
    const { vera, oleg, submit } = await scene();
    const { id } = await submit('a');
    expect((await vera.as('POST', `/contacts/${id}/accept`, { operator_id: oleg.id })).body).toMatchObject({ status: 403, code: 'not_allowed' });
    expect((await vera.as('POST', `/contacts/${id}/accept`, { operator_id: vera.id })).status).toBe(200);
  });
});

test('closing needs no body, and refuses one that says too much', async () => {
  const { submit, source } = await scene();
  const [one, two] = [await submit('a'), await submit('b')];
  expect((await port.call('POST', `/contacts/${one.id}/close`, { token: source.api_key })).body).toMatchObject({ status: 'closed', outcome: null });
  const long = await port.call('POST', `/contacts/${two.id}/close`, { token: source.api_key, body: { outcome: 'x'.repeat(201) } });
  expect(long.body).toMatchObject({ status: 422, errors: [{ path: '/outcome' }] });
  expect(
    (await port.call('POST', `/contacts/${two.id}/close`, { token: source.api_key, raw: '', headers: { 'content-type': 'application/json' } })).status,
  ).toBe(200);
});

test('a pause has a reason, keeps what is held and stops new contacts; coming back takes what waits', async () => {
  const { vera, submit } = await scene(1);
  const held = await submit('a');
  expect((await vera.as('POST', '/me/pause', { reason: 'lunch' })).body).toMatchObject({
    is_active: false,
    inactive_reason: 'lunch',
    state: { by: `person:${vera.person_id}` },
  });
  expect((await port.call('POST', `/contacts/${held.id}/close`)).status).toBe(200);
  const { id } = await submit('b');
  expect((await vera.as('GET', '/me')).body).toMatchObject({ operator: { is_active: false }, contacts: [], held: 0 });
  expect((await vera.as('POST', '/me/back')).body).toMatchObject({ is_active: true, inactive_reason: null });
  expect((await vera.as('GET', '/me')).body.contacts).toMatchObject([{ id }]);
  expect((await vera.as('POST', '/me/pause', { reason: 'no_answer' })).body).toMatchObject({ status: 422, errors: [{ path: '/reason' }] });
});

describe('which operator a person is', () => {
  let vera: Awaited<ReturnType<typeof person>>;
  beforeEach(async () => {
    nth += 1;
    vera = await person(`Вера ${nth}`, 1);
  });
  const patch = (body: object) => port.call('PATCH', `/people/${vera.person_id}`, { body });

  test('must be said for the role, and only for it', async () => {
    expect((await port.call('POST', '/people', { body: { name: 'Без оператора', role: 'operator' } })).body).toMatchObject({
      status: 422,
      errors: [{ path: '/operator_id' }],
    });
    expect((await port.call('POST', '/people', { body: { name: 'Лишнее', role: 'viewer', operator_id: vera.id } })).body).toMatchObject({
      status: 422,
      errors: [{ path: '/operator_id' }],
    });
    expect((await port.call('POST', '/people', { body: { name: 'Никто', role: 'operator', operator_id: 99_999 } })).body).toMatchObject({ status: 404 });
  });

  test('ends with the role, and the key opens what the new role may', async () => {
    expect((await patch({ role: 'viewer' })).body).toMatchObject({ role: 'viewer', operator_id: null });
    expect((await vera.as('GET', '/me')).status).toBe(403);
    expect((await vera.as('GET', '/operators')).status).toBe(200);
    expect((await patch({ role: 'operator', operator_id: vera.id })).body).toMatchObject({ role: 'operator', operator_id: vera.id });
    expect((await vera.as('GET', '/operators')).status).toBe(403);
  });

  test('stays known when the operator is archived; then the page is empty, and back on line is refused', async () => {
    await port.call('DELETE', `/operators/${vera.id}`);
    expect((await patch({ name: `Вера П. ${nth}` })).status).toBe(200);
    expect((await vera.as('GET', '/me')).body).toMatchObject({ operator: { is_archived: true }, contacts: [] });
    expect((await vera.as('POST', '/me/back')).status).toBe(404);
  });
});
