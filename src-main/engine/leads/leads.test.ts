import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { closeContact } from '#engine/contacts/contacts.ts';
import { Desk, type DeskOptions, value } from '#engine/testing/desk.ts';
import * as queries from '#engine/views/queries.ts';
import type { ContactInput, LeadInput } from '#shared/contract/entities.ts';
import { SEED } from '#shared/testing/tables.ts';
import { contactDetails } from '#store/tables/facts.ts';
import { leadList } from '#store/tables/lists.ts';
import { openedDesk } from '#vault/testing/opened.ts';
import { saveLead, undoMerge } from './leads.ts';

async function scene(options: DeskOptions = {}) {
  const all = await openedDesk(options);
  const { desk, bot } = all;
  const anna = await desk.operator('Анна', 100);
  await desk.weights(bot, { [anna]: 1 });
  const submit = async (input: ContactInput) => value(await desk.submit(bot, input)).contact;
  const save = async (input: LeadInput) => value(await desk.do((write) => saveLead(write, input)));
  const undo = (id: number) => desk.do((write) => undoMerge(write, id));
  const lead = (id: number) => value(queries.lead(desk.engine.read, id));
  const merges = () =>
    desk.rows<{ id: number; survivor_id: number; merged_id: number; contact_id: number | null }>(
      'SELECT id, survivor_id, merged_id, contact_id FROM merges ORDER BY id',
    );
  return { ...all, anna, submit, save, undo, lead, merges };
}

const LEAD = '(SELECT coalesce(part_of, id) FROM leads l WHERE l.id = lead_id)';

/** The owner of every identifier and contact, and the leads' names: what a merge changes. */
function ownership(desk: Desk) {
  return {
    identifiers: desk.rows<{ id: number }>(`SELECT id, kind, value, ${LEAD} AS lead_id FROM lead_identifiers ORDER BY id`),
    contacts: desk.rows<{ id: number }>(`SELECT id, ${LEAD} AS lead_id FROM contacts ORDER BY id`),
    leads: desk.rows<{ id: number }>('SELECT id, name, operator_id, merged_into FROM leads ORDER BY id'),
  };
}

/** What the list of leads and report files show. */
function listed(desk: Desk) {
  const { reading } = desk.engine.read.store;
  const { items } = leadList(reading, { match: null, limit: 9, order: 'newest', after: null, id: null, operator_id: null, since: null, until: null });
  const shown = new Map(items.map(({ id, phone, external_id, email }) => [id, { phone, external_id, email }]));
  for (const contact of contactDetails(
    reading,
    desk.rows<{ id: number }>('SELECT id FROM contacts ORDER BY id').map(({ id }) => id),
  ))
    expect(contact).toMatchObject(shown.get(contact.lead_id) ?? {});
  return items.map(({ id, phone, external_id, email }) => ({ id, phone, external_id, email }));
}

describe('the lead of a contact', () => {
  test('without a known identifier: a new lead with everything given, normalised', async () => {
    const { submit, anna } = await scene();
    const contact = await submit({ external_id: ' tg-77 ', phone: '8 (900) 123-45-67', email: 'Anna@Example.com', name: ' Анна К. ' });
    expect(contact.lead).toEqual({
      id: 1,
      external_id: 'tg-77',
      phone: '+79001234567',
      email: 'anna@example.com',
      name: 'Анна К.',
      operator_id: anna,
      created: true,
    });
  });

  test('8 (900) 123-45-67 and +79001234567 are one lead', async () => {
    const { submit } = await scene();
    const leads = [await submit({ phone: '8 (900) 123-45-67' }), await submit({ phone: '+79001234567' })].map(({ lead }) => [lead.id, lead.created]);
    expect(leads).toEqual([
      [1, true],
      [1, false],
    ]);
  });

  test('the same text as a phone and as an external_id are two identifiers', async () => {
    const { submit } = await scene();
    expect([(await submit({ external_id: '+79001234567' })).lead_id, (await submit({ phone: '+79001234567' })).lead_id]).toEqual([1, 2]);
  });

  test('external_id is trimmed and otherwise unchanged', async () => {
    const { submit } = await scene();
    expect([
      (await submit({ external_id: 'TG-1' })).lead_id,
      (await submit({ external_id: 'tg-1' })).lead_id,
      (await submit({ external_id: ' TG-1\n' })).lead_id,
    ]).toEqual([1, 2, 1]);
  });

  test('a known lead is extended, keeps its first name, and shows the first value of each kind', async () => {
    const { submit, lead } = await scene();
    await submit({ external_id: 'tg-1' });
    await submit({ external_id: 'tg-1', phone: '8 900 000-00-01', name: 'Анна' });
    const last = await submit({ external_id: 'tg-1', phone: '8 900 000-00-02', email: 'a@b.ru', name: 'Анна Каренина' });
    expect(last.lead).toMatchObject({ id: 1, external_id: 'tg-1', phone: '+79000000001', email: 'a@b.ru', name: 'Анна', created: false });
    expect(last.attributes).toEqual({ name: 'Анна Каренина' });
    expect(lead(1).identifiers.map(({ kind, value: given }) => [kind, given])).toEqual([
      ['external_id', 'tg-1'],
      ['phone', '+79000000001'],
      ['phone', '+79000000002'],
      ['email', 'a@b.ru'],
    ]);
    expect((await submit({ phone: '8 900 000-00-02' })).lead_id).toBe(1);
  });

  test('an unusable identifier is kept in attributes as given, and named in warnings', async () => {
    const { submit, lead } = await scene();
    const contact = await submit({ external_id: 'tg-1', phone: 'позвоните мне', email: 'nobody', attributes: { utm: 'x', n: 3 } });
    expect([contact.attributes, contact.warnings]).toEqual([
      { utm: 'x', n: 3, phone: 'позвоните мне', email: 'nobody' },
      ['phone could not be normalised and is kept in attributes', 'email could not be normalised and is kept in attributes'],
    ]);
    expect(lead(contact.lead_id).identifiers.map(({ kind }) => kind)).toEqual(['external_id']);
  });

  test('with only unusable identifiers: 422 no_usable_identifier, a refused contact, and no lead', async () => {
    const { desk, bot } = await scene();
    const before = ownership(desk);
    const result = await desk.submit(bot, { phone: '112', email: 'nobody' });
    expect(result).toMatchObject({
      ok: false,
      problem: {
        code: 'no_usable_identifier',
        errors: [
          { path: '/phone', message: 'is not a phone number' },
          { path: '/email', message: 'is not an email address' },
        ],
      },
    });
    expect(ownership(desk)).toEqual(before);
    expect(value(queries.refusedContacts(desk.engine.read, { limit: 10 })).items.map(({ code, payload }) => [code, payload])).toEqual([
      ['no_usable_identifier', { phone: '112', email: 'nobody', source_id: bot }],
    ]);
    expect(desk.engine.board().refused).toBe(1);
  });

  test('the supervisor finds a lead by any spelling of any identifier, in the order of identification', async () => {
    const { desk, submit } = await scene();
    await submit({ external_id: 'tg-1', phone: '8 900 000-00-01' });
    await submit({ email: 'b@b.ru' });
    const found = (query: object) => value(queries.leads(desk.engine.read, { limit: 10, ...query })).items.map(({ id }) => id);
    expect([
      found({ phone: '+7 (900) 000-00-01' }),
      found({ email: ' B@B.RU' }),
      found({ external_id: 'tg-1', email: 'b@b.ru' }),
      found({ external_id: 'tg-9', email: 'b@b.ru' }),
      found({ phone: '112' }),
      found({}),
    ]).toEqual([[1], [2], [1], [2], [], [2, 1]]);
  });

  test('a lead can be created, extended and found without a contact', async () => {
    const { save } = await scene();
    expect([await save({ phone: '8 900 000-00-01' }), await save({ phone: '+79000000001', email: 'A@b.ru', external_id: 'tg-1', name: 'Анна' })]).toMatchObject(
      [
        { id: 1, phone: '+79000000001', email: null, name: null, operator_id: null, created: true, warnings: [] },
        { id: 1, phone: '+79000000001', email: 'a@b.ru', external_id: 'tg-1', name: 'Анна', created: false },
      ],
    );
    expect(await save({ phone: '+79000000001', email: 'nobody' })).toMatchObject({ id: 1, warnings: ['email could not be normalised and is not kept'] });
  });

  test('a lead without a usable identifier is not created', async () => {
    const { desk } = await scene();
    const results = [await desk.do((write) => saveLead(write, { phone: '112' })), await desk.do((write) => saveLead(write, { name: 'Анна' }))];
    expect(results.map((result) => !result.ok && result.problem.code)).toEqual(['no_usable_identifier', 'no_usable_identifier']);
    expect(ownership(desk).leads).toEqual([]);
  });
});

describe('leads of the same person', () => {
  test('are merged: the one found by the first identifier in the order survives and gets everything of the other', async () => {
    const { desk, submit, lead, merges, anna } = await scene();
    const byPhone = await submit({ phone: '8 900 000-00-01', name: 'Анна' });
    const byId = await submit({ external_id: 'tg-1' });
    const both = await submit({ phone: '8 900 000-00-01', external_id: 'tg-1' });
    expect(both.lead).toEqual({ id: byId.lead_id, external_id: 'tg-1', phone: '+79000000001', email: null, name: 'Анна', operator_id: anna, created: false });
    expect(lead(byId.lead_id)).toMatchObject({
      contacts: [{ id: both.id }, { id: byId.id }, { id: byPhone.id }],
      merges: [{ survivor_id: byId.lead_id, merged_id: byPhone.lead_id, contact_id: both.id, undone_at: null }],
    });
    expect(lead(byPhone.lead_id)).toMatchObject({ identifiers: [], contacts: [], phone: null });
    expect(merges()).toEqual([{ id: 1, survivor_id: byId.lead_id, merged_id: byPhone.lead_id, contact_id: both.id }]);
    expect(value(queries.leads(desk.engine.read, { limit: 10 })).items.map(({ id }) => id)).toEqual([byId.lead_id]);
    expect((await submit({ phone: '+79000000001' })).lead_id).toBe(byId.lead_id);
  });

  test('three at once: two merges that both name the contact', async () => {
    const { submit, merges } = await scene();
    const [byEmail, byPhone, byId] = [await submit({ email: 'a@b.ru' }), await submit({ phone: '8 900 000-00-01' }), await submit({ external_id: 'tg-1' })];
    const all = await submit({ email: 'a@b.ru', phone: '8 900 000-00-01', external_id: 'tg-1' });
    expect(all.lead).toMatchObject({ id: byId.lead_id, external_id: 'tg-1', phone: '+79000000001', email: 'a@b.ru' });
    expect(merges()).toEqual([
      { id: 1, survivor_id: byId.lead_id, merged_id: byPhone.lead_id, contact_id: all.id },
      { id: 2, survivor_id: byId.lead_id, merged_id: byEmail.lead_id, contact_id: all.id },
    ]);
  });

  test('also when the first identifier is new and only the other two are known', async () => {
    const { submit, merges } = await scene();
    const [byEmail, byPhone] = [await submit({ email: 'a@b.ru' }), await submit({ phone: '8 900 000-00-01' })];
    const all = await submit({ email: 'a@b.ru', phone: '8 900 000-00-01', external_id: 'tg-1' });
    expect([all.lead_id, all.lead.external_id, merges()]).toEqual([
      byPhone.lead_id,
      'tg-1',
      [{ id: 1, survivor_id: byPhone.lead_id, merged_id: byEmail.lead_id, contact_id: all.id }],
    ]);
  });

  test("the survivor's operator is the one of the latest assignment of either", async () => {
    const { desk, bot, submit, save } = await scene();
    const boris = await desk.operator('Борис', 100);
    const site = await desk.source('Site');
    await desk.weights(site, { [boris]: 1 });
    await submit({ external_id: 'tg-1' });
    value(await desk.submit(site, { phone: '8 900 000-00-01' }));
    expect(await save({ external_id: 'tg-1', phone: '8 900 000-00-01' })).toMatchObject({ id: 1, operator_id: boris });
    expect((await desk.submit(bot, { phone: '8 900 000-00-01' })).ok).toBe(true);
  });

  test('waiting and assigned contacts show the survivor', async () => {
    const { desk, submit } = await scene();
    const site = await desk.source('Site');
    await desk.weights(site, { [await desk.operator('Борис', 0)]: 1 });
    value(await desk.submit(site, { phone: '8 900 000-00-01' }));
    await submit({ external_id: 'tg-1', phone: '8 900 000-00-09', name: 'Анна' });
    await submit({ external_id: 'tg-1', phone: '8 900 000-00-01' });
    expect(desk.engine.board().queue.map(({ lead }) => lead)).toEqual([{ id: 2, name: 'Анна', handle: '+79000000009' }]);
  });
});

describe.each([
  ['moved its rows', {}],
  ['was too large to move them', { mostMoved: 0 }],
])('a merge that is undone and %s', (_, options) => {
  async function merged() {
    const all = await scene(options);
    const { desk, bot, submit, save, anna } = all;
    const site = await desk.source('Site');
    const boris = await desk.operator('Борис', 100);
    await desk.weights(site, { [boris]: 1 });
    const survivor = await submit({ external_id: 'tg-1' });
    const other = value(await desk.submit(site, { phone: '8 900 000-00-01', name: 'Борис Б.' })).contact;
    const before = ownership(desk);
    await save({ external_id: 'tg-1', phone: '8 900 000-00-01' });
    return { ...all, bot, anna, boris, survivor, other, before };
  }

  test('gives back identifiers, contacts, the name and the operators', async () => {
    const { desk, undo, before, survivor, other, lead } = await merged();
    desk.now += 5000;
    expect(value(await undo(1))).toEqual({
      id: 1,
      survivor_id: survivor.lead_id,
      merged_id: other.lead_id,
      contact_id: null,
      created_at: '2026-11-22T09:15:00.000Z',
      undone_at: '2026-11-22T09:15:05.000Z',
    });
    expect(ownership(desk)).toEqual(before);
    expect(lead(other.lead_id)).toMatchObject({ name: 'Борис Б.', phone: '+79000000001', contacts: [{ id: other.id }] });
  });

  test('leaves later data with the survivor', async () => {
    const { desk, undo, before, survivor, submit, anna, boris } = await merged();
    const later = await submit({ phone: '8 900 000-00-01', email: 'a@b.ru' });
    value(await undo(1));
    const after = ownership(desk);
    const was = ([id]: [number]) => before.leads.find((one) => one.id === id);
    expect(after.contacts).toEqual([...before.contacts, { id: later.id, lead_id: survivor.lead_id }]);
    expect(after.identifiers).toEqual([...before.identifiers, { id: 3, kind: 'email', value: 'a@b.ru', lead_id: survivor.lead_id }]);
    expect(after.leads).toEqual([was([1]), was([2])]);
    expect(after.leads).toMatchObject([{ operator_id: anna }, { operator_id: boris }]);
  });

  test('cannot be undone twice', async () => {
    const { desk, undo } = await merged();
    value(await undo(1));
    const after = ownership(desk);
    expect(await undo(1)).toMatchObject({ ok: false, problem: { code: 'merge_not_undoable' } });
    expect(ownership(desk)).toEqual(after);
  });

  test('that does not exist is not found', async () => {
    const { undo } = await merged();
    expect(await undo(9)).toMatchObject({ ok: false, problem: { code: 'not_found', params: { what: 'merge', id: 9 } } });
  });

  test('cannot be undone while the survivor is itself merged, but after that merge was undone', async () => {
    const { desk, undo, save, submit, before } = await merged();
    const third = await submit({ email: 'c@b.ru' });
    const between = ownership(desk);
    await save({ email: 'c@b.ru', external_id: 'tg-1' });
    const chained = await submit({ external_id: 'tg-9' });
    await save({ external_id: 'tg-9', email: 'c@b.ru' });
    expect(desk.rows('SELECT survivor_id, merged_id FROM merges ORDER BY id')).toEqual([
      { survivor_id: 1, merged_id: 2 },
      { survivor_id: 1, merged_id: third.lead_id },
      { survivor_id: chained.lead_id, merged_id: 1 },
    ]);
    const refused = [await undo(1), await undo(2)];
    expect(refused.map((result) => !result.ok && result.problem.code)).toEqual(['merge_not_undoable', 'merge_not_undoable']);
    value(await undo(3));
    value(await undo(2));
    expect({ ...ownership(desk), contacts: between.contacts, leads: between.leads, identifiers: ownership(desk).identifiers.slice(0, 3) }).toEqual(between);
    value(await undo(1));
    expect(ownership(desk).identifiers.slice(0, 2)).toEqual(before.identifiers);
    expect(ownership(desk).leads.slice(0, 2)).toEqual(before.leads);
  });

  test('did not change the identifiers that the survivor already showed, and the other shows its own again', async () => {
    const { desk, save, submit, lead, undo } = await scene();
    const other = await submit({ phone: '8 900 000-00-01', email: 'old@b.ru' });
    const third = await submit({ phone: '8 900 000-00-03', email: 'third@b.ru' });
    await submit({ external_id: 'tg-1', phone: '8 900 000-00-02' });
    const own = { phone: '+79000000002', email: null };
    const [before, beforeThird] = [lead(other.lead_id), lead(third.lead_id)];
    const survivor = await save({ external_id: 'tg-1', phone: '8 900 000-00-01' });
    expect(lead(survivor.id)).toMatchObject({ ...own, email: 'old@b.ru' });
    // a later identifier of a kind follows those of the merge, and those of another merge follow both
    await submit({ external_id: 'tg-1', email: 'new@b.ru' });
    await save({ external_id: 'tg-1', phone: '8 900 000-00-03' });
    expect(lead(survivor.id)).toMatchObject({ ...own, email: 'old@b.ru' });
    expect(lead(survivor.id).identifiers.map(({ value: text }) => text)).toEqual([
      'tg-1',
      '+79000000002',
      '+79000000001',
      'old@b.ru',
      'new@b.ru',
      '+79000000003',
      'third@b.ru',
    ]);
    expect(desk.engine.board().recent[0]?.lead.handle).toBe(own.phone);
    expect(listed(desk)).toEqual([{ id: survivor.id, ...own, external_id: 'tg-1', email: 'old@b.ru' }]);
    // and all of it may be merged into another lead
    const last = await submit({ external_id: 'tg-0' });
    await save({ external_id: 'tg-0', phone: '8 900 000-00-02' });
    expect(lead(last.lead_id)).toMatchObject({ external_id: 'tg-0', ...own, email: 'old@b.ru' });
    for (const id of [3, 2]) value(await undo(id));
    expect(lead(survivor.id)).toMatchObject({ ...own, email: 'old@b.ru' });
    value(await undo(1));
    expect(lead(survivor.id)).toMatchObject({ ...own, email: 'new@b.ru' });
    expect([lead(other.lead_id), lead(third.lead_id)]).toMatchObject(
      [before, beforeThird].map(({ phone, email, identifiers }) => ({ phone, email, identifiers })),
    );
  });

  test('removes the name that it gave, and no other', async () => {
    const { save, submit, lead, undo } = await scene();
    await submit({ phone: '8 900 000-00-01', name: 'Анна' });
    await submit({ phone: '8 900 000-00-02', name: 'Борис' });
    const survivor = await submit({ external_id: 'tg-1' });
    await save({ external_id: 'tg-1', phone: '8 900 000-00-01' });
    await save({ external_id: 'tg-1', phone: '8 900 000-00-02' });
    expect(lead(survivor.lead_id).name).toBe('Анна');
    value(await undo(2));
    expect([lead(survivor.lead_id).name, lead(2).name]).toEqual(['Анна', 'Борис']);
    value(await undo(1));
    expect([lead(survivor.lead_id).name, lead(1).name]).toEqual([null, 'Анна']);
  });

  test('made before positions were stored is undone like any other', async () => {
    const { desk, undo, before } = await merged();
    await desk.do((write) => {
      write.tx.run("UPDATE merges SET moved = json_remove(moved, '$.places')");
      write.tx.run('UPDATE lead_identifiers SET place = NULL');
      return { ok: true, value: null };
    });
    value(await undo(1));
    expect(ownership(desk)).toEqual(before);
  });

  test('can be one of several into the same survivor, in any order', async () => {
    const { desk, undo, save, submit, before } = await merged();
    await submit({ email: 'c@b.ru' });
    const between = ownership(desk);
    await save({ email: 'c@b.ru', external_id: 'tg-1' });
    value(await undo(1));
    value(await undo(2));
    expect(ownership(desk)).toEqual({
      ...between,
      ...before,
      identifiers: [...before.identifiers, ...between.identifiers.slice(2)],
      contacts: [...before.contacts, ...between.contacts.slice(2)],
      leads: [...before.leads, ...between.leads.slice(2)],
    });
  });

  test('is visible on the board: rows of the restored lead have its name again', async () => {
    const { desk, undo, other } = await merged();
    value(await undo(1));
    expect(desk.engine.board().recent.map(({ contact_id, lead }) => [contact_id, lead])).toEqual([
      [other.id, { id: other.lead_id, name: 'Борис Б.', handle: '+79000000001' }],
      [1, { id: 1, name: null, handle: 'tg-1' }],
    ]);
  });

  test('is repeated when both appear together again', async () => {
    const { undo, submit, merges } = await merged();
    value(await undo(1));
    const again = await submit({ external_id: 'tg-1', phone: '8 900 000-00-01' });
    expect([again.lead_id, merges().length]).toEqual([1, 2]);
  });

  test('is undone although a moved contact was closed meanwhile', async () => {
    const { desk, undo, other, lead } = await merged();
    value(await desk.do((write) => closeContact(write, other.id)));
    value(await undo(1));
    expect(lead(other.lead_id).contacts).toMatchObject([{ id: other.id, status: 'closed' }]);
  });
});

describe('over any history', () => {
  const one = (values: string[]) => fc.option(fc.constantFrom(...values), { nil: null, freq: 6 });
  const identifiers = {
    external_id: one(['x1', 'x2', 'x3', 'x4']),
    phone: one(['8 900 000-00-01', '+79000000002', '9000000003', '+7 900 000 00 04']),
    email: one(['a@b.ru', 'B@b.ru', 'c@b.ru', 'd@b.ru']),
  };
  const unnamed = fc.record(identifiers);
  const name = one(['Анна', 'Борис']);
  const single = fc.oneof(...Object.entries(identifiers).map(([kind, given]) => fc.record({ [kind]: given, name })));
  const history = fc.array(fc.oneof({ weight: 5, arbitrary: single }, { weight: 1, arbitrary: fc.record({ ...identifiers, name }) }), {
    minLength: 3,
    maxLength: 14,
    size: 'max',
  });
  const afterwards = fc.oneof(fc.constant([]), fc.array(unnamed, { minLength: 1, maxLength: 2 }));
  const upTo = <T extends { id: number }>(rows: readonly T[], last: readonly T[]): T[] => rows.filter(({ id }) => id <= (last.at(-1)?.id ?? 0));
  const withoutOperators = (leads: readonly { id: number }[]) => leads.map((lead) => ({ ...lead, operator_id: undefined }));

  test('no identifier belongs to two leads, and undoing the last merges restores ownership, except for later data', async () => {
    const undone = { atOnce: 0, later: 0 };
    await fc.assert(
      fc.asyncProperty(history, unnamed, afterwards, fc.constantFrom(undefined, 0, 1), async (past, merging, later, mostMoved) => {
        const desk = new Desk({ mostMoved });
        const bot = await desk.source('Bot');
        await desk.weights(bot, { [await desk.operator('Анна', 1000)]: 1, [await desk.operator('Борис', 3)]: 1 });
        for (const input of past) await desk.submit(bot, input);
        expect(desk.rows('SELECT kind, value FROM lead_identifiers GROUP BY kind, value HAVING COUNT(*) > 1')).toEqual([]);

        const before = ownership(desk);
        const known = desk.rows('SELECT id FROM merges').length;
        await desk.do((write) => saveLead(write, merging));
        const merges = desk.rows<{ id: number }>('SELECT id FROM merges WHERE id > ? ORDER BY id DESC', known);
        for (const input of later) await desk.submit(bot, input);
        const merged = desk.rows('SELECT id FROM merges WHERE id > ?', known);
        const undoable = merged.length === merges.length ? merges : []; // otherwise later contacts merged the survivor further
        for (const { id } of undoable) value(await desk.do((write) => undoMerge(write, id)));
        const after = ownership(desk);
        const restored = {
          identifiers: upTo(after.identifiers, before.identifiers),
          contacts: upTo(after.contacts, before.contacts),
          leads: later.length === 0 ? after.leads : withoutOperators(upTo(after.leads, before.leads)),
        };
        const expected = later.length === 0 ? before : { ...before, leads: withoutOperators(before.leads) };
        if (undoable.length > 0) undone[later.length === 0 ? 'atOnce' : 'later'] += 1;
        expect(undoable.length > 0 ? restored : expected).toEqual(expected);
        desk.engine.close();
      }),
      { seed: SEED, numRuns: 300 },
    );
    expect(Math.min(undone.atOnce, undone.later)).toBeGreaterThan(15);
  });
});
