import { describe, expect, onTestFinished, test } from 'vitest';
import { ADMIN_TOKEN, Port } from './testing/port.ts';

async function scene() {
  const port = await Port.open();
  onTestFinished(() => port.close());
  const bot = await port.source('Bot', 1000);
  const admin = (method: string, path: string, body?: object) => port.call(method, path, { token: ADMIN_TOKEN, body });
  const submit = async (body: object, key = bot.key) => (await port.call('POST', '/contacts', { token: key, body })).body;
  const leadOf = async (body: object, key = bot.key): Promise<number> => (await submit(body, key)).lead_id;
  const find = async (query: string): Promise<number[]> => ((await admin('GET', `/leads?${query}`)).body.items as { id: number }[]).map(({ id }) => id);
  const identifiers = async (lead_id: number) =>
    (await admin('GET', `/leads/${lead_id}`)).body.identifiers as {
      id: number;
      kind: string;
      value: string;
      is_shared: boolean;
      source_id: number | null;
      shared_by: number | null;
    }[];
  const idOf = async (lead_id: number, value: string) => (await identifiers(lead_id)).find((one) => one.value === value)?.id ?? 0;
  return { port, bot, admin, submit, leadOf, find, identifiers, idOf };
}

const OFFICE = '+74952223344';

describe('a value that many people share', () => {
  test.each(['test@test.com', 'TEST@test.ru', 'no@no.no'])('is %s by default: it is a contact detail and identifies nobody', async (email) => {
    const { submit, find } = await scene();
    const [anna, boris] = [await submit({ external_id: 'a', email }), await submit({ external_id: 'b', email })];
    expect([anna.lead_id !== boris.lead_id, anna.warnings, anna.lead.email]).toEqual([true, [], email.toLowerCase()]);
    const alone = await submit({ email });
    expect(alone.lead.created).toBe(true);
    expect(alone.warnings).toEqual([expect.stringMatching(/^shared_identifier/)]);
    expect(await find(`email=${email}`)).toEqual([alone.lead_id, boris.lead_id, anna.lead_id]);
  });

  test.each(['null', 'undefined', 'NaN', '[object Object]'])('is the external id %s by default', async (external_id) => {
    const { leadOf } = await scene();
    expect(await leadOf({ external_id })).not.toBe(await leadOf({ external_id }));
  });

  test.each([
    '{{ subscriber.id }}',
    'tg-{{user_id}}',
    '$' + '{chatId}',
    '{contact_id}',
    '{имя поля}',
    '%USER_ID%',
    '*|UNIQID|*',
    '[[id]]',
    '<%= id %>',
    '{{}}',
    '%service.Id', // https://github.com/statping/statping/issues/93
    '$Title',
    'tg-$user_id',
    '$user->id',
    '$contact.id',
    '%s',
    '%1$s',
    '%(id)s',
    '#{id}',
    '{{contact.id',
    '$' + '{chatId',
    '[[id',
    '<%= id',
    '*|UNIQID',
    '{contact_id',
  ])('is %s, a field of a template that was not filled in', async (external_id) => {
    const { submit } = await scene();
    const [first, second] = [await submit({ external_id }), await submit({ external_id })];
    expect(second.lead_id).not.toBe(first.lead_id);
    expect(second.warnings).toEqual([expect.stringMatching(/^shared_identifier/)]);
  });

  test.each([
    '{3F2504E0-4F89-11D3-9A0C-0305E82C3301}',
    '{deadbeef00}',
    '100%',
    'a%20b%20',
    '$17',
    '[17]',
    '<tg-17>',
    '{"id":1}',
    '$Rqnc-F2dvnEYJTyHq_iKxU',
    '5%',
    'a$b',
    '@anna',
    '#17',
    'x%2Fy',
  ])('is not %s', async (external_id) => {
    const { leadOf } = await scene();
    expect(await leadOf({ external_id })).toBe(await leadOf({ external_id }));
  });

  test('is not a value that is not listed', async () => {
    const { leadOf } = await scene();
    for (const given of [{ external_id: 'nullable' }, { email: 'anna.test@test.com' }, { phone: '+79999999999' }])
      expect(await leadOf(given)).toBe(await leadOf(given));
  });

  test('is a value that a supervisor marks; removing the mark lets it identify again', async () => {
    const { admin, submit, leadOf, find, idOf, identifiers } = await scene();
    const first = await leadOf({ external_id: 'a', phone: OFFICE });
    const id = await idOf(first, OFFICE);
    expect((await admin('GET', `/identifiers/${id}`)).body).toMatchObject({
      kind: 'phone',
      value: OFFICE,
      lead_id: first,
      is_shared: false,
      leads: [{ id: first }],
      separates: [],
    });
    expect((await admin('POST', `/identifiers/${id}/share`)).body).toMatchObject({ is_shared: true, leads: [{ id: first }] });
    const second = await submit({ external_id: 'b', phone: OFFICE });
    const third = await submit({ phone: '8 495 222-33-44' });
    expect([second.lead, second.warnings, third.lead, third.warnings]).toMatchObject([
      { created: true, phone: OFFICE },
      [],
      { created: true, phone: OFFICE },
      [expect.stringMatching(/^shared_identifier/)],
    ]);
    expect(await find('phone=84952223344')).toEqual([third.lead_id, second.lead_id, first]);
    expect(await leadOf({ external_id: 'b', phone: OFFICE })).toBe(second.lead_id);
    expect((await identifiers(second.lead_id)).map(({ value, is_shared }) => [value, is_shared])).toEqual([
      ['b', false],
      [OFFICE, true],
    ]);

    expect((await admin('POST', `/identifiers/${id}/unshare`)).body).toMatchObject({ is_shared: false, lead_id: first });
    expect(await leadOf({ phone: OFFICE })).toBe(first);
    expect(await find('phone=84952223344')).toEqual([first, third.lead_id, second.lead_id]);
  });

  test('shows which leads marking it would separate; marking separates them, and removing the mark merges them again', async () => {
    const { admin, leadOf, idOf, identifiers, find } = await scene();
    const office = await leadOf({ external_id: 'a', phone: OFFICE });
    const other = await leadOf({ external_id: 'b' });
    expect(await leadOf({ external_id: 'b', phone: OFFICE })).toBe(other); // merged
    const id = await idOf(other, OFFICE);
    expect((await admin('GET', `/identifiers/${id}`)).body.separates).toMatchObject([{ id: office }]);
    await admin('POST', `/identifiers/${id}/share`);
    expect([await leadOf({ external_id: 'a' }), await leadOf({ external_id: 'b' })]).toEqual([office, other]);
    expect(await find(`phone=%2B${OFFICE.slice(1)}`)).toEqual([other, office]);
    await admin('POST', `/identifiers/${id}/unshare`);
    expect([await leadOf({ external_id: 'a' }), await leadOf({ external_id: 'b' }), await leadOf({ phone: OFFICE })]).toEqual([other, other, other]);
    expect((await identifiers(other)).map(({ value, is_shared }) => `${value} ${is_shared}`).sort()).toEqual([`${OFFICE} false`, 'a false', 'b false']);
  });

  test('is suggested when one value has many names', async () => {
    const { submit, identifiers } = await scene();
    const names = ['Анна', 'Борис', 'анна', 'Вера', 'Глеб'];
    const contacts = [];
    for (const name of names) contacts.push(await submit({ phone: OFFICE, name }));
    expect(await identifiers(contacts[0].lead_id)).toMatchObject([{ value: OFFICE, shared_by: 4 }]);
    const few = await submit({ external_id: 'x', name: 'Анна' });
    await submit({ external_id: 'x', name: 'Борис' });
    expect(await identifiers(few.lead_id)).toMatchObject([{ value: 'x', shared_by: null }]);
  });

  test('is forgotten when the last lead that has it is erased', async () => {
    const { admin, leadOf, idOf, port } = await scene();
    const lead = await leadOf({ external_id: 'a', phone: OFFICE });
    await admin('POST', `/identifiers/${await idOf(lead, OFFICE)}/share`);
    await admin('POST', `/leads/${lead}/erase`);
    expect(port.desk.rows('SELECT * FROM shared_identifiers')).toEqual([]);
    expect((await admin('POST', '/identifiers/99/share')).status).toBe(404);
  });
});

describe('external ids', () => {
  async function two(external_ids: 'own' | 'shared') {
    const all = await scene();
    const made = await all.admin('POST', '/sources', { name: 'VK', external_ids });
    await all.port.desk.weights(made.body.id, { [all.bot.operator_id]: 10 });
    return { ...all, vk: { source_id: made.body.id as number, key: made.body.api_key as string }, made };
  }

  test('share one space for all sources unless a source has its own', async () => {
    const { leadOf, vk, admin } = await two('shared');
    expect(await leadOf({ external_id: '12345' }, vk.key)).toBe(await leadOf({ external_id: '12345' }));
    expect((await admin('GET', '/sources/1')).body.external_ids).toBe('shared');
    expect((await admin('POST', '/sources', { name: 'x', external_ids: 'mine' })).status).toBe(422);
  });

  test('of two messengers are two people if one has its own space; phones still share one space', async () => {
    const { leadOf, vk, find, admin, made } = await two('own');
    expect(made.body.external_ids).toBe('own');
    const telegram = await leadOf({ external_id: '12345' });
    const theirs = await leadOf({ external_id: '12345' }, vk.key);
    expect(theirs).not.toBe(telegram);
    expect(await leadOf({ external_id: '12345' }, vk.key)).toBe(theirs);
    expect([await find('external_id=12345&source_id=1'), await find(`external_id=12345&source_id=${vk.source_id}`), await find('external_id=12345')]).toEqual([
      [telegram],
      [theirs],
      [telegram, theirs],
    ]);
    expect((await admin('POST', '/leads', { external_id: '12345', source_id: vk.source_id })).body).toMatchObject({ id: theirs, created: false });
    expect((await admin('POST', '/leads', { external_id: '12345' })).body).toMatchObject({ id: telegram, created: false });
    expect(await leadOf({ external_id: '7', phone: OFFICE }, vk.key)).toBe(await leadOf({ phone: OFFICE }));
  });

  test('a source that gets its own space moves the ids that only it gave, and back; both can be undone', async () => {
    const { leadOf, vk, admin } = await two('shared');
    const [mine, both, theirs] = [
      await leadOf({ external_id: 'mine' }),
      await leadOf({ external_id: 'both' }),
      await leadOf({ external_id: 'theirs' }, vk.key),
    ];
    expect(await leadOf({ external_id: 'both' }, vk.key)).toBe(both);
    const patch = async (external_ids: string) =>
      expect((await admin('PATCH', `/sources/${vk.source_id}`, { external_ids })).body.external_ids).toBe(external_ids);
    await patch('own');
    expect([await leadOf({ external_id: 'theirs' }, vk.key), await leadOf({ external_id: 'mine' }), await leadOf({ external_id: 'both' })]).toEqual([
      theirs,
      mine,
      both,
    ]);
    await patch('shared');
    expect([await leadOf({ external_id: 'theirs' }), await leadOf({ external_id: 'both' }, vk.key)]).toEqual([theirs, both]);
    await patch('own');
    const apart = await leadOf({ external_id: 'both' }, vk.key);
    expect(apart).not.toBe(both);
    await patch('shared'); // nothing is merged: the value is in use in the shared space
    expect([await leadOf({ external_id: 'both' }, vk.key), await leadOf({ external_id: 'both' })]).toEqual([both, both]);
  });
});

describe('names', () => {
  test.each([
    ['Анна Иванова', 'Анна\u00a0 иванова'],
    ['Анна', '\u200bАнна\u2060'],
    ['Сергей', 'Cepгeй'],
  ])('%s also matches %j', async (name, other) => {
    const { admin } = await scene();
    for (const path of ['/operators', '/sources']) {
      expect((await admin('POST', path, { name })).status).toBe(201);
      expect((await admin('POST', path, { name: other })).body.code).toBe('name_taken');
    }
  });

  test.each(['\u2800', '\u3164\u3164', ' \u200b\u00ad ', '\u202a\u202c'])('%j is not a name', async (name) => {
    const { admin } = await scene();
    expect([(await admin('POST', '/operators', { name })).status, (await admin('POST', '/sources', { name })).status]).toEqual([422, 422]);
  });

  test('are stored in their visible form, also those of leads', async () => {
    const { admin, submit } = await scene();
    expect((await admin('POST', '/operators', { name: ' Анна\u00a0 Ива\u200bнова\u2028' })).body.name).toBe('Анна Иванова');
    expect([
      (await submit({ external_id: 'a', name: '\u202aАнна\u202c\u00a0К.' })).lead.name,
      (await submit({ external_id: 'b', name: '\u2800' })).lead.name,
    ]).toEqual(['Анна К.', null]);
  });
});
