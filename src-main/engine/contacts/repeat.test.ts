import { expect, onTestFinished, test } from 'vitest';
import { updateOperator } from '#engine/configuration/operators.ts';
import { updateRule } from '#engine/configuration/rules.ts';
import { closeContact, reassignContact } from '#engine/contacts/contacts.ts';
import { eraseLead } from '#engine/leads/erase-lead.ts';
import { undoMerge } from '#engine/leads/leads.ts';
import { leadExport } from '#engine/leads/personal-data.ts';
import { Desk, value } from '#engine/testing/desk.ts';
import { Witness } from '#engine/testing/witness.ts';
import { contact, contactMessages, lead } from '#engine/views/queries.ts';
import type { ContactInput } from '#shared/contract/entities.ts';
import { adminPrincipal } from '#shared/contract/principal.ts';
import type { RulePatch } from '#shared/contract/rules.ts';
import type { Change } from '#shared/effects/effects.ts';
import { verifyChain } from '#store/journal/chain.ts';
import { fingerprint } from './fingerprint.ts';
import { handInRefusedContact } from './hand-in-again.ts';
import { submitContact } from './submit-contact.ts';

/** Two sources, of which the first joins further messages, and an operator with this limit for both. */
async function scene(limit = 10, repeat: RulePatch['repeat'] = { mode: 'join', within_seconds: null }) {
  const desk = new Desk();
  onTestFinished(() => desk.engine.close());
  const witness = new Witness(desk);
  const [bot, site] = [await desk.source('Bot'), await desk.source('Site')];
  const anna = await desk.operator('Анна', limit);
  const boris = await desk.operator('Борис', limit);
  for (const source of [bot, site]) await desk.weights(source, { [anna]: 1, [boris]: 1 });
  value(await desk.do((write) => updateRule(write, bot, { repeat })));
  const changes: Change[] = [];
  desk.engine.watch((told) => changes.push(...told));
  const submit = async (input: ContactInput, source = bot) => value(await desk.submit(source, input));
  const withKey = async (idempotency_key: string, input: ContactInput, source_id = bot) =>
    desk.engine.write(`source:${source_id}`, (write) =>
      submitContact(write, { input: { ...input, source_id }, idempotency_key, fingerprint: fingerprint({ ...input, source_id }) }),
    );
  const messages = (id: number) => value(contactMessages(desk.engine.read, id, adminPrincipal, { limit: 100 })).items;
  const texts = (id: number) => messages(id).map(({ message }) => message);
  const now = (id: number) => value(contact(desk.engine.read, id, adminPrincipal));
  const check = () => {
    witness.inspect();
    expect(witness.violations).toEqual([]);
    expect(verifyChain(desk.engine.read.store.reading, 0)).toMatchObject({ ok: true });
  };
  return { desk, bot, site, anna, boris, submit, withKey, messages, texts, now, changes, check };
}
const PERSON = { phone: '+7 900 123-45-67' };

test('nine messages of a client while the first is open are one contact with one operator, and take one slot', async () => {
  const { desk, submit, texts, now, changes, check } = await scene();
  const { contact: first } = await submit({ ...PERSON, message: 'Здравствуйте' });
  for (let i = 2; i <= 9; i++) {
    const { contact: same, joined, replayed } = await submit({ ...PERSON, message: `сообщение ${i}` });
    expect([same.id, same.operator_id, joined, replayed]).toEqual([first.id, first.operator_id, true, false]);
  }
  expect(texts(first.id)).toEqual([2, 3, 4, 5, 6, 7, 8, 9].map((i) => `сообщение ${i}`));
  expect([now(first.id).messages, now(first.id).message]).toEqual([8, 'Здравствуйте']);
  expect(desk.rows('SELECT sum(current_load) AS load FROM operators')).toEqual([{ load: 1 }]);
  expect(desk.rows('SELECT count(*) AS n FROM decisions')).toEqual([{ n: 1 }]);
  expect(changes.filter(({ kind }) => kind === 'message_added')).toHaveLength(8);
  check();
});

test('by default each message is a contact of its own', async () => {
  const { submit, site } = await scene();
  const first = await submit(PERSON, site);
  const second = await submit(PERSON, site);
  expect([second.contact.id === first.contact.id, second.joined]).toEqual([false, undefined]);
});

test('only the newest open contact of the same lead and source is joined: not a closed one, another source’s or another client’s', async () => {
  const { desk, site, submit } = await scene();
  const { contact: other } = await submit(PERSON, site);
  const { contact: first } = await submit(PERSON);
  expect(first.id).not.toBe(other.id);
  expect((await submit({ phone: '+7 900 765-43-21' })).joined).toBe(undefined);
  await desk.do((write) => closeContact(write, first.id));
  const { contact: second, joined } = await submit(PERSON);
  expect([second.id === first.id, joined]).toEqual([false, undefined]);
  expect((await submit(PERSON)).contact.id).toBe(second.id);
});

test('a contact that was created too long ago is joined no more', async () => {
  const { desk, submit } = await scene(10, { mode: 'join', within_seconds: 60 });
  const { contact: first } = await submit(PERSON);
  desk.now += 60_000;
  expect((await submit(PERSON)).joined).toBe(true);
  desk.now += 1;
  const { contact: second, joined } = await submit(PERSON);
  expect([joined, second.id === first.id]).toEqual([undefined, false]);
});

test('one that waits keeps its place, and nobody is drawn for it', async () => {
  const { desk, anna, submit, now, check } = await scene(0);
  const { contact: first } = await submit(PERSON);
  const { contact: next } = await submit({ phone: '+7 900 765-43-21' });
  desk.now += 5000;
  const { contact: same, joined } = await submit({ ...PERSON, message: 'Есть кто?' });
  expect([same.id, joined, same.status, same.created_at, same.target_at]).toEqual([first.id, true, 'waiting', first.created_at, first.target_at]);
  expect(desk.rows('SELECT count(*) AS n FROM decisions')).toEqual([{ n: 2 }]);
  await desk.do((write) => updateOperator(write, anna, { max_load: 1 }));
  expect([now(first.id).operator_id, now(next.id).status]).toEqual([anna, 'waiting']);
  check();
});

test('a key that was used for a message answers the same contact again, also after it was closed, and refuses another body', async () => {
  const { desk, submit, withKey, texts } = await scene();
  const { contact: first } = await submit(PERSON);
  const body = { ...PERSON, message: 'ещё' };
  expect(value(await withKey('k-1', body))).toMatchObject({ contact: { id: first.id }, replayed: false, joined: true });
  await desk.do((write) => closeContact(write, first.id));
  expect(value(await withKey('k-1', { ...body, phone: '89001234567' }))).toMatchObject({
    contact: { id: first.id, status: 'closed' },
    replayed: true,
    joined: true,
  });
  expect(await withKey('k-1', { ...body, message: 'другое' })).toMatchObject({ ok: false, problem: { code: 'idempotency_key_reused' } });
  expect(texts(first.id)).toEqual(['ещё']);
});

test('the lead learns what a message says of it, and the message keeps it as it was sent', async () => {
  const { desk, submit, messages } = await scene();
  const { contact: first } = await submit(PERSON);
  await submit({ ...PERSON, email: 'Olga@Example.org ', name: 'Ольга', attributes: { page: '/2' } });
  expect(value(lead(desk.engine.read, first.lead_id))).toMatchObject({ email: 'olga@example.org', name: 'Ольга' });
  expect(messages(first.id)).toMatchObject([{ email: 'Olga@Example.org ', name: 'Ольга', phone: PERSON.phone, attributes: { page: '/2' }, message: null }]);
});

test('a message that shows two leads to be one joins the open contact of either, and an undone merge takes it along', async () => {
  const { desk, submit, texts, now } = await scene();
  const { contact: first } = await submit({ external_id: 'a' });
  const { contact: second } = await submit(PERSON);
  await desk.do((write) => closeContact(write, first.id));
  const { contact: same } = await submit({ external_id: 'a', ...PERSON, message: 'это тоже я' });
  expect([same.id, now(first.id).lead_id, now(second.id).lead_id]).toEqual([second.id, first.lead_id, first.lead_id]);
  value(await desk.do((write) => undoMerge(write, 1)));
  expect([now(second.id).lead_id, texts(second.id)]).toEqual([second.lead_id, ['это тоже я']]);
});

test('a refused contact that is handed in joins as its bot’s would, and is settled with that contact', async () => {
  const { desk, submit, withKey, texts } = await scene();
  const { contact: first } = await submit(PERSON);
  const refused = await withKey('k-2', { phone: 'нет', message: 'мой номер прежний' });
  expect(refused.ok).toBe(false);
  const settled = value(await desk.do((write) => handInRefusedContact(write, 1, { phone: PERSON.phone })));
  expect([settled.id, texts(first.id)]).toEqual([first.id, ['мой номер прежний']]);
  expect(value(await withKey('k-2', { phone: 'нет', message: 'мой номер прежний' }))).toMatchObject({
    contact: { id: first.id },
    replayed: true,
    joined: true,
  });
});

test('messages are exported and erased with their lead', async () => {
  const { desk, submit, withKey, messages } = await scene();
  const { contact: first } = await submit(PERSON);
  value(await withKey('k-3', { ...PERSON, name: 'Пётр', message: 'секрет', attributes: { note: 'тайна' } }));
  const exported = value(leadExport(desk.engine.read, first.lead_id));
  expect(exported.contacts[0]).toMatchObject({ idempotency_key: null, further_messages: [{ message: 'секрет', name: 'Пётр', attributes: { note: 'тайна' } }] });
  value(await eraseLead(desk.engine, 'console', first.lead_id));
  expect(messages(first.id)).toMatchObject([{ message: null, name: null, phone: null, attributes: {} }]);
  const stored = JSON.stringify(desk.rows('SELECT * FROM messages'));
  for (const word of ['секрет', 'Пётр', 'тайна', '123-45-67', 'k-3']) expect(stored).not.toContain(word);
});

test('a message joins its contact wherever that is: put back, and with another operator', async () => {
  const { desk, anna, boris, submit, now, check } = await scene();
  const { contact: first } = await submit(PERSON);
  const other = first.operator_id === anna ? boris : anna;
  value(await desk.do((write) => reassignContact(write, first.id, other)));
  expect((await submit(PERSON)).contact.operator_id).toBe(other);
  value(await desk.do((write) => reassignContact(write, first.id, null)));
  await submit(PERSON);
  expect(now(first.id).messages).toBe(2);
  check();
});
