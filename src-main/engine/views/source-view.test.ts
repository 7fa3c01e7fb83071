import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { closeContact, reassignContact } from '#engine/contacts/contacts.ts';
import { handInRefusedContact } from '#engine/contacts/hand-in-again.ts';
import { saveLead, undoMerge } from '#engine/leads/leads.ts';
import { Desk, value } from '#engine/testing/desk.ts';
import type { Contact, ContactInput } from '#shared/contract/entities.ts';
import { adminPrincipal, sourcePrincipal } from '#shared/contract/principal.ts';
import { SEED } from '#shared/testing/tables.ts';
import * as queries from './queries.ts';

const ANNA = { external_id: 'a-77', phone: '+79001234567', email: 'anna@example.com', name: 'Анна Каренина' };

/** Two sources, each with an operator of its own. */
async function scene() {
  const desk = new Desk();
  const [a, b] = [await desk.source('A'), await desk.source('B')];
  const [ofA, ofB] = [await desk.operator('Оператор A', 1000), await desk.operator('Оператор B', 1000)];
  await desk.weights(a, { [ofA]: 1 });
  await desk.weights(b, { [ofB]: 1 });
  const submit = async (source: number, input: ContactInput, key: string | null = null) => value(await desk.submit(source, input, key)).contact;
  /** The contact as its source reads it, and as the desk does. */
  const read = (contact: Contact) => value(queries.contact(desk.engine.read, contact.id, sourcePrincipal(contact.source_id)));
  const whole = (contact: Contact) => value(queries.contact(desk.engine.read, contact.id, adminPrincipal));
  /** Resets the database to the state from before givers were recorded. */
  const forget = () =>
    desk.engine.read.store.connection.exec(
      'UPDATE lead_identifiers SET given_by = NULL; UPDATE leads SET name_given_by = NULL, operator_source_id = NULL; DELETE FROM identifier_givers; UPDATE contacts SET for_source = NULL',
    );
  return { desk, a, b, ofA, ofB, submit, read, whole, forget };
}

describe('about a lead that another source knows, a source is shown', () => {
  test('the id, what it sent, and the operator of its own contact', async () => {
    const { a, b, ofB, submit, read, whole } = await scene();
    await submit(a, ANNA);
    const contact = await submit(b, { phone: '8 (900) 123-45-67', name: 'Аня' });
    const lead = { id: 1, external_id: null, phone: ANNA.phone, email: null, name: 'Аня', operator_id: ofB, created: true };
    expect([contact.lead, contact.attributes]).toEqual([lead, {}]);
    expect(read(contact)).toEqual(contact);
    expect(whole(contact)).toMatchObject({ lead: { ...ANNA, id: 1, operator_id: ofB, created: false }, attributes: { name: 'Аня' } });
  });

  test('what its own source gave with other contacts', async () => {
    const { a, b, submit, read } = await scene();
    await submit(a, ANNA);
    const first = await submit(b, { phone: ANNA.phone });
    const second = await submit(b, { phone: ANNA.phone, external_id: 'b-1' });
    expect([read(first), second].map(({ lead }) => [lead.external_id, lead.phone, lead.email, lead.created])).toEqual([
      ['b-1', ANNA.phone, null, true],
      ['b-1', ANNA.phone, null, false],
    ]);
  });

  test('nothing more when what it sent merges two leads of others', async () => {
    const { a, b, submit, read } = await scene();
    await submit(a, { external_id: ANNA.external_id, phone: ANNA.phone, name: ANNA.name });
    await submit(a, { external_id: 'a-78', email: ANNA.email });
    const contact = await submit(b, { phone: ANNA.phone, email: ANNA.email });
    expect(read(contact).lead).toMatchObject({ id: 1, external_id: null, phone: ANNA.phone, email: ANNA.email, name: null, created: true });
  });

  test('nothing that confirms a guess at the name', async () => {
    const { a, b, submit, read } = await scene();
    const answers = [];
    for (const [i, name] of [ANNA.name, 'Вронский'].entries()) {
      await submit(a, { ...ANNA, external_id: `a-${i}`, phone: `+7900123456${i}`, email: null });
      const contact = await submit(b, { phone: `+7900123456${i}`, name });
      const { lead, attributes } = read(contact);
      answers.push([lead.name === name, attributes, contact.attributes]);
    }
    expect(answers).toEqual([
      [true, {}, {}],
      [true, {}, {}],
    ]);
  });

  test('nothing of what an administrator gave', async () => {
    const { desk, b, submit, read } = await scene();
    value(await desk.do((write) => saveLead(write, ANNA)));
    const contact = await submit(b, { email: ANNA.email });
    expect(read(contact).lead).toMatchObject({ external_id: null, phone: null, email: ANNA.email, name: null, created: true });
  });

  test('its own part after a merge, and again when that was undone', async () => {
    const { desk, a, b, submit, read } = await scene();
    const own = await submit(b, { external_id: 'b-1', phone: '+79000000001', name: 'Борис' });
    await submit(a, ANNA);
    const before = read(own);
    await submit(a, { external_id: ANNA.external_id, phone: '+79000000001' });
    expect(read(own).lead).toEqual({ ...before.lead, id: 2, name: null });
    value(await desk.do((write) => undoMerge(write, 1)));
    expect(read(own)).toEqual(before);
  });

  test('the same in a replay, when it closes the contact, and in its list', async () => {
    const { desk, a, b, submit, read } = await scene();
    await submit(a, ANNA);
    const contact = await submit(b, { phone: ANNA.phone, name: ANNA.name }, 'key');
    expect(await submit(b, { phone: ANNA.phone, name: ANNA.name }, 'key')).toEqual(contact);
    expect(value(queries.contacts(desk.engine.read, { limit: 10, source_id: b }, b)).items).toEqual([contact]);
    expect(value(await desk.engine.write(`source:${b}`, (write) => closeContact(write, contact.id)))).toEqual(read(contact));
  });

  test('the same of a contact that was refused and resubmitted for it', async () => {
    const { desk, a, submit } = await scene();
    await submit(a, ANNA);
    const late = await desk.source('late');
    await desk.submit(late, { phone: ANNA.phone, name: 'Аня' });
    await desk.weights(late, { [await desk.operator('Поздний')]: 1 });
    const contact = value(await desk.do((write) => handInRefusedContact(write, 1)));
    const { lead } = value(queries.contact(desk.engine.read, contact.id, sourcePrincipal(late)));
    expect([lead.external_id, lead.phone, lead.email, lead.name]).toEqual([null, ANNA.phone, null, 'Аня']);
  });
});

describe("the operator of a lead, for a source, is that of its own contacts' latest assignment", () => {
  test('whoever takes the contacts of others', async () => {
    const { desk, a, b, ofA, ofB, submit, read, whole } = await scene();
    const own = await submit(b, { phone: ANNA.phone });
    const other = await submit(a, ANNA);
    expect([whole(own).lead.operator_id, read(own).lead.operator_id]).toEqual([ofA, ofB]);
    value(await desk.do((write) => reassignContact(write, other.id, ofB)));
    value(await desk.do((write) => reassignContact(write, own.id, ofA)));
    value(await desk.do((write) => reassignContact(write, own.id, null)));
    expect([read(own).lead.operator_id, read(other).lead.operator_id]).toEqual([ofB, ofB]);
  });

  test('null while none of them was ever assigned', async () => {
    const { desk, a, submit, read } = await scene();
    const idle = await desk.source('idle');
    await desk.weights(idle, { [await desk.operator('Никто', 0)]: 1 });
    await submit(a, ANNA);
    const contact = await submit(idle, { phone: ANNA.phone });
    expect([contact.status, contact.lead.operator_id, read(contact).lead.operator_id]).toEqual(['waiting', null, null]);
  });
});

describe('about data from before givers were recorded, a source is shown', () => {
  test('everything, while all contacts of the lead are its own', async () => {
    const { a, submit, read, forget } = await scene();
    const contact = await submit(a, ANNA);
    forget();
    expect(read(contact)).toEqual(contact);
  });

  test('nothing, once another source has a contact of the lead, except what it sends again', async () => {
    const { a, b, submit, read, forget } = await scene();
    const contact = await submit(a, ANNA);
    forget();
    const other = await submit(b, { phone: ANNA.phone });
    expect([read(contact), read(other)].map(({ lead }) => [lead.external_id, lead.phone, lead.email, lead.name])).toEqual([
      [null, null, null, null],
      [null, ANNA.phone, null, null],
    ]);
    const again = await submit(a, { external_id: ANNA.external_id, email: ANNA.email, name: ANNA.name });
    expect(again.lead).toMatchObject({ external_id: ANNA.external_id, phone: null, email: ANNA.email, name: ANNA.name });
  });

  test('nothing of a lead with more contacts than are examined', async () => {
    const { a, submit, read, forget } = await scene();
    const contact = await submit(a, ANNA);
    for (let n = 1; n < 51; n++) await submit(a, { external_id: ANNA.external_id });
    forget();
    expect(read(contact).lead).toMatchObject({ external_id: null, phone: null, email: null, name: null });
  });
});

test('a contact of a source looks the same whether or not others know its lead, except for ids', async () => {
  const some = (values: string[]) => fc.option(fc.constantFrom(...values), { nil: null });
  const person = fc.record({
    external_id: some(['x1', 'x2']),
    phone: some(['+79000000001', '+79000000002', 'nonsense']),
    email: some(['a@b.ru', 'b@b.ru']),
    name: some(['Анна', 'Борис']),
  });
  const attributes = fc.option(fc.record({ name: fc.constantFrom<unknown>('Анна', 'Вера', null), phone: some(['7']) }, { requiredKeys: [] }), { nil: null });
  let known = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 5 }), person, attributes, async (others, own, given) => {
      const input = { ...own, attributes: given } as ContactInput;
      const told = async (others: readonly ContactInput[]) => {
        const { desk, a, b, submit } = await scene();
        for (const one of others) await desk.submit(a, one);
        const result = await desk.submit(b, input, 'key');
        const answers: unknown[] = result.ok
          ? [
              result.value.contact,
              value(queries.contact(desk.engine.read, result.value.contact.id, sourcePrincipal(b))),
              await submit(b, input, 'key'),
              value(await desk.engine.write(`source:${b}`, (write) => closeContact(write, result.value.contact.id))),
            ]
          : [result.problem];
        const isKnown = desk.rows('SELECT 1 FROM contacts WHERE source_id = ? AND made_lead = 0', b).length > 0;
        desk.engine.close();
        return { isKnown, text: JSON.stringify(answers).replaceAll(/"(id|lead_id)":\d+/g, '"$1":0') };
      };
      const [alone, among] = [await told([]), await told(others)];
      if (among.isKnown) known += 1;
      expect(among.text).toBe(alone.text);
    }),
    { seed: SEED, numRuns: 150 },
  );
  expect(known).toBeGreaterThan(50);
});
