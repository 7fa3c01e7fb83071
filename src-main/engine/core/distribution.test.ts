import { describe, expect, test } from 'vitest';
import { replaceCompetences, setCompetence } from '#engine/configuration/competences.ts';
import { updateOperator } from '#engine/configuration/operators.ts';
import { saveSettings } from '#engine/configuration/settings.ts';
import { archiveSource } from '#engine/configuration/sources.ts';
import { closeContact, reassignContact } from '#engine/contacts/contacts.ts';
import { fingerprint } from '#engine/contacts/fingerprint.ts';
import { submitContact } from '#engine/contacts/submit-contact.ts';
import { Desk, value } from '#engine/testing/desk.ts';
import * as queries from '#engine/views/queries.ts';
import type { ContactInput } from '#shared/contract/entities.ts';
import { adminPrincipal } from '#shared/contract/principal.ts';
import { openedDesk } from '#vault/testing/opened.ts';

const submitted = async (desk: Desk, source: number, external_id: string, key: string | null = null) =>
  value(await desk.submit(source, { external_id }, key)).contact;
const decision = (desk: Desk, contact_id: number) => value(queries.decision(desk.engine.read, contact_id));
const code = (result: { ok: true } | { ok: false; problem: { code: string } }) => (result.ok ? 'ok' : result.problem.code);
const everything = (desk: Desk) => ({
  board: desk.engine.board(),
  contacts: desk.rows('SELECT * FROM contacts'),
  leads: desk.rows('SELECT * FROM leads'),
  decisions: desk.rows('SELECT * FROM decisions'),
});

describe('a contact that arrives', () => {
  test('is assigned, and the answer is complete', async () => {
    const { desk, bot } = await openedDesk();
    const anna = await desk.operator('Анна');
    await desk.weights(bot, { [anna]: 1 });
    const result = await desk.submit(bot, { external_id: 'tg-77', message: 'Здравствуйте', attributes: { utm: 'x' } });
    expect(result).toEqual({
      ok: true,
      revision: desk.engine.board().revision,
      value: {
        replayed: false,
        contact: {
          id: 1,
          source_id: bot,
          lead_id: 1,
          operator_id: anna,
          status: 'assigned',
          created_at: '2026-11-22T09:15:00.000Z',
          assigned_at: '2026-11-22T09:15:00.000Z',
          closed_at: null,
          accept_by: null,
          accepted_at: null,
          outcome: null,
          note: null,
          message: 'Здравствуйте',
          attributes: { utm: 'x' },
          operator: { id: anna, name: 'Анна' },
          lead: { id: 1, external_id: 'tg-77', phone: null, email: null, name: null, operator_id: anna, created: true },
          waiting_reason: null,
          next_at: null,
          owner_id: null,
          target_at: '2026-11-22T09:15:20.000Z',
          opens_at: null,
          returned: 0,
          cost: 1,
          messages: 0,
          warnings: [],
        },
      },
    });
    expect(queries.contact(desk.engine.read, 1, adminPrincipal)).toEqual({ ok: true, value: value(result).contact });
  });

  test('stores its decision: the table, the sum, r, the chosen operator, and why the others were passed over', async () => {
    const desk = new Desk({ dice: () => 4 });
    const bot = await desk.source('Bot');
    const [anna, boris, vera, away, none] = [
      await desk.operator('Анна', 3),
      await desk.operator('Борис', 3),
      await desk.operator('Вера', 0),
      await desk.operator('Глеб', 3, false),
      await desk.operator('Дина', 3),
    ];
    await desk.weights(bot, { [anna]: 3, [boris]: 5, [vera]: 7, [away]: 9, [none]: 0 });
    await desk.operator('Without a competence');
    const contact = await submitted(desk, bot, 'tg-1');
    const row = { load: 0, is_active: true, line: 1, key: null, barred: null, until: null, probability: 0 };
    const drawn = {
      id: 1,
      contact_id: contact.id,
      source_id: bot,
      at: '2026-11-22T09:15:00.000Z',
      kind: 'draw',
      rule_version: null,
      strategy: 'weighted',
      line: 1,
      next_at: null,
      owner_id: null,
      waited_ms: 0,
      cost: 1,
      cause: null,
      note: null,
      turn: null,
      sum: 8,
      r: 4,
      operator_id: boris,
      operator: { id: boris, name: 'Борис' },
      waiting_reason: null,
      table: [
        { ...row, operator_id: anna, name: 'Анна', weight: 3, max_load: 3, passed_over: null, probability: 3 / 8 },
        { ...row, operator_id: boris, name: 'Борис', weight: 5, max_load: 3, passed_over: null, probability: 5 / 8 },
        { ...row, operator_id: vera, name: 'Вера', weight: 7, max_load: 0, passed_over: 'full' },
        { ...row, operator_id: away, name: 'Глеб', weight: 9, max_load: 3, passed_over: 'inactive', is_active: false },
        { ...row, operator_id: none, name: 'Дина', weight: 0, max_load: 3, passed_over: 'zero_weight' },
      ],
    };
    expect(decision(desk, contact.id)).toEqual({ ...drawn, history: [drawn], closes_at: null });
    value(await desk.do((write) => updateOperator(write, boris, { max_load: 9, name: 'Борис Б.' })));
    value(await desk.do((write) => setCompetence(write, anna, bot, 999)));
    expect(decision(desk, contact.id).table).toEqual(drawn.table.map((one) => (one.operator_id === boris ? { ...one, name: 'Борис Б.' } : one)));
    desk.engine.close();
  });

  test.each<{ why: string; operators: { weight: number; max_load?: number; is_active?: boolean }[]; reason: string }>([
    { why: 'all are full', operators: [{ weight: 1, max_load: 0 }], reason: 'all_full' },
    { why: 'nobody is active', operators: [{ weight: 1, is_active: false }], reason: 'nobody_active' },
    { why: 'all weights are 0', operators: [{ weight: 0 }, { weight: 0 }], reason: 'no_positive_weight' },
    {
      why: 'one is full and one is away',
      operators: [
        { weight: 1, max_load: 0 },
        { weight: 1, is_active: false },
      ],
      reason: 'all_full',
    },
    { why: 'one is away and one has no weight', operators: [{ weight: 1, is_active: false }, { weight: 0 }], reason: 'nobody_active' },
    { why: 'one is full and one has no weight', operators: [{ weight: 0 }, { weight: 1, max_load: 0 }], reason: 'all_full' },
    { why: 'the only one is away and full', operators: [{ weight: 1, max_load: 0, is_active: false }], reason: 'nobody_active' },
  ])('waits when $why, and says so', async ({ operators, reason }) => {
    const { desk, bot } = await openedDesk();
    for (const [i, { weight, max_load, is_active }] of operators.entries())
      await desk.weights(bot, { [await desk.operator(`Operator ${i}`, max_load, is_active)]: weight });
    const contact = await submitted(desk, bot, 'tg-1');
    expect(contact).toMatchObject({
      status: 'waiting',
      operator_id: null,
      operator: null,
      assigned_at: null,
      waiting_reason: reason,
      lead: { created: true, operator_id: null },
    });
    expect(decision(desk, contact.id)).toMatchObject({ kind: 'draw', sum: 0, r: null, operator_id: null, waiting_reason: reason });
  });

  test('of a source without competences creates no lead and no contact, but a refused contact', async () => {
    const { desk, bot } = await openedDesk();
    const before = everything(desk);
    const result = await desk.submit(bot, { external_id: 'tg-1', phone: '8 900 123-45-67' }, 'key-1');
    expect(result).toMatchObject({ ok: false, problem: { code: 'source_has_no_competences', params: { source: 'Bot' } } });
    const after = everything(desk);
    expect(after).toEqual({ ...before, board: { ...before.board, revision: before.board.revision + 1, refused: 1 } });
  });

  test('of a source that does not exist, or is archived, is not found and leaves nothing', async () => {
    const { desk, bot } = await openedDesk();
    await desk.weights(bot, { [await desk.operator('Анна')]: 1 });
    value(await desk.do((write) => archiveSource(write, bot)));
    const before = everything(desk);
    expect([code(await desk.submit(bot, { external_id: 'tg-1' })), code(await desk.submit(99, { external_id: 'tg-1' }))]).toEqual(['not_found', 'not_found']);
    expect(everything(desk)).toEqual(before);
  });
});

describe("a lead's operator", () => {
  test('is that of its latest assignment, by draw, by hand or from the queue, and stays when the contact is closed or returned to the queue', async () => {
    const { desk, bot } = await openedDesk();
    const [anna, boris, vera] = [await desk.operator('Анна', 1), await desk.operator('Борис', 1), await desk.operator('Вера', 1, false)];
    await desk.weights(bot, { [anna]: 1, [vera]: 1 });
    const seen: (number | null)[] = [];
    const look = () => seen.push(value(queries.lead(desk.engine.read, 1)).operator_id);
    const first = await submitted(desk, bot, 'tg-1');
    look();
    const second = await submitted(desk, bot, 'tg-1');
    look();
    value(await desk.do((write) => reassignContact(write, second.id, boris)));
    look();
    value(await desk.do((write) => reassignContact(write, second.id, null)));
    look();
    value(await desk.do((write) => updateOperator(write, vera, { is_active: true })));
    look();
    value(await desk.do((write) => closeContact(write, first.id)));
    look();
    expect(seen).toEqual([anna, anna, boris, boris, vera, vera]);
    const third = await submitted(desk, bot, 'tg-1'); // the first contact was closed: only Anna has a free slot
    expect([first, second, third].map(({ lead }) => lead.operator_id)).toEqual([anna, anna, anna]);
    const fourth = await submitted(desk, bot, 'tg-1');
    expect([fourth.status, fourth.lead.operator_id]).toEqual(['waiting', anna]);
  });
});

describe('a key', () => {
  const body = (text: string) => new TextEncoder().encode(text.padEnd(32));
  const scene = async () => {
    const all = await openedDesk();
    const { desk, bot } = all;
    await desk.weights(bot, { [await desk.operator('Анна')]: 1 });
    const submit = (source_id: number, idempotency_key: string, fingerprint: Uint8Array | null, external_id = 'tg-1') =>
      desk.do((write) => submitContact(write, { input: { source_id, external_id }, idempotency_key, fingerprint }));
    return { ...all, submit };
  };

  test('with the same body always answers with the first contact, in its present state', async () => {
    const { desk, bot, submit } = await scene();
    const first = value(await submit(bot, 'k', body('a')));
    const revision = desk.engine.board().revision;
    const again = value(await submit(bot, 'k', body('a'), 'tg-2'));
    expect([first.replayed, again]).toEqual([false, { replayed: true, contact: first.contact }]);
    expect(desk.engine.board().revision).toBe(revision);
    value(await desk.do((write) => closeContact(write, first.contact.id)));
    expect(value(await submit(bot, 'k', body('a')))).toMatchObject({ replayed: true, contact: { id: first.contact.id, status: 'closed' } });
  });

  test('with another body is refused and leaves nothing', async () => {
    const { desk, bot, submit } = await scene();
    value(await submit(bot, 'k', body('a')));
    const before = everything(desk);
    expect(code(await submit(bot, 'k', body('b'), 'tg-2'))).toBe('idempotency_key_reused');
    expect(everything(desk)).toEqual(before);
  });

  test('compares the meaning of bodies: the spelling of an identifier or a name makes no difference', async () => {
    const { desk, bot } = await scene();
    const submit = (input: ContactInput) =>
      desk.do((write) => submitContact(write, { input: { ...input, source_id: bot }, idempotency_key: 'k', fingerprint: fingerprint(input) }));
    const first = { external_id: 'a', phone: '8 (900) 123-45-67', email: 'nobody', name: 'Анна', message: 'Привет' };
    value(await submit(first));
    const same: ContactInput[] = [
      { ...first, external_id: ' a' },
      { ...first, phone: '+79001234567', email: ' nobody ' },
      { ...first, name: ' Анна ', attributes: {}, target_seconds: null },
    ];
    for (const input of same) expect(value(await submit(input))).toMatchObject({ replayed: true, contact: { id: 1 } });
    const others: ContactInput[] = [
      { ...first, external_id: 'A' },
      { ...first, phone: '+79001234568' },
      { ...first, email: 'a@b.ru' },
      { ...first, name: 'анна' },
      { ...first, name: null },
      { ...first, message: ' Привет' },
      { ...first, attributes: { page: '/' } },
      { ...first, target_seconds: 60 },
    ];
    for (const input of others) expect(code(await submit(input))).toBe('idempotency_key_reused');
    // an identical body matches whatever the phone region
    value(await desk.do((write) => saveSettings(write, { phone_region: 'DE' })));
    expect(value(await submit(first)).replayed).toBe(true);
  });

  test('stored by an earlier version compares the body as it was sent', async () => {
    const { desk, bot } = await scene();
    const submit = (input: ContactInput) =>
      desk.do((write) => submitContact(write, { input: { ...input, source_id: bot }, idempotency_key: 'k', fingerprint: fingerprint(input) }));
    value(await submit({ external_id: 'a' }));
    await desk.do((write) => {
      write.tx.run('UPDATE contacts SET fingerprint = ?', fingerprint({ external_id: 'a' })); // as earlier versions did
      return { ok: true, value: null };
    });
    expect(value(await submit({ external_id: 'a' })).replayed).toBe(true);
    expect(code(await submit({ external_id: ' a' }))).toBe('idempotency_key_reused');
  });

  test('belongs to its source: another source may use the same', async () => {
    const { desk, bot, submit } = await scene();
    const site = await desk.source('Site');
    await desk.weights(site, { 1: 1 });
    const contacts = [value(await submit(bot, 'k', body('a'))), value(await submit(site, 'k', body('b')))].map(({ contact, replayed }) => [
      contact.id,
      replayed,
    ]);
    expect(contacts).toEqual([
      [1, false],
      [2, false],
    ]);
  });

  test('without one, the same body twice is two contacts', async () => {
    const { desk, bot } = await scene();
    expect([(await submitted(desk, bot, 'tg-1')).id, (await submitted(desk, bot, 'tg-1')).id]).toEqual([1, 2]);
  });

  test('still answers when the source has lost its competences', async () => {
    const { desk, bot, submit } = await scene();
    value(await submit(bot, 'k', body('a')));
    value(await desk.do((write) => replaceCompetences(write, bot, [])));
    expect(value(await submit(bot, 'k', body('a'))).replayed).toBe(true);
  });
});

describe('closing', () => {
  test('twice frees one slot and changes nothing the second time', async () => {
    const { desk, bot } = await openedDesk();
    const anna = await desk.operator('Анна', 5);
    await desk.weights(bot, { [anna]: 1 });
    const contacts = [await submitted(desk, bot, 'tg-1'), await submitted(desk, bot, 'tg-2')];
    const id = contacts[0]?.id ?? 0;
    desk.now += 1000;
    const first = value(await desk.do((write) => closeContact(write, id)));
    const before = everything(desk);
    desk.now += 1000;
    const second = value(await desk.do((write) => closeContact(write, id)));
    expect([first, desk.engine.board().operators[anna]?.load]).toEqual([{ ...contacts[0], status: 'closed', closed_at: '2026-11-22T09:15:01.000Z' }, 1]);
    expect([second, everything(desk)]).toEqual([first, before]);
  });

  test('at once from three sides frees one slot', async () => {
    const { desk, bot } = await openedDesk();
    const anna = await desk.operator('Анна', 5);
    await desk.weights(bot, { [anna]: 1 });
    const { id } = await submitted(desk, bot, 'tg-1');
    await submitted(desk, bot, 'tg-2');
    await Promise.all([1, 2, 3].map(() => desk.do((write) => closeContact(write, id))));
    expect(desk.engine.board().operators[anna]?.load).toBe(1);
  });

  test('a waiting contact takes it out of the queue and frees no slot', async () => {
    const { desk, bot } = await openedDesk();
    const anna = await desk.operator('Анна', 0);
    await desk.weights(bot, { [anna]: 1 });
    const { id } = await submitted(desk, bot, 'tg-1');
    expect(value(await desk.do((write) => closeContact(write, id)))).toMatchObject({ status: 'closed', operator_id: null, waiting_reason: null });
    expect([desk.engine.board().waiting, desk.engine.board().queue]).toEqual([{}, []]);
  });

  test('a contact that does not exist is not found', async () => {
    const { desk } = await openedDesk();
    expect(code(await desk.do((write) => closeContact(write, 9)))).toBe('not_found');
  });
});

describe('a supervisor moves a contact', () => {
  async function scene() {
    const all = await openedDesk();
    const { desk, bot } = all;
    const [anna, boris, full, away] = [
      await desk.operator('Анна', 2),
      await desk.operator('Борис', 2),
      await desk.operator('Вера', 0),
      await desk.operator('Глеб', 1, false),
    ];
    await desk.weights(bot, { [anna]: 1 });
    const contact = await submitted(desk, bot, 'tg-1');
    const move = (id: number, to: number | null) => desk.do((write) => reassignContact(write, id, to));
    return { ...all, anna, boris, full, away, contact, move };
  }

  test('to an operator with a free slot, with a competence or without; the decision is stored', async () => {
    const { desk, bot, anna, boris, contact, move } = await scene();
    desk.now += 60_000;
    expect(value(await move(contact.id, boris))).toEqual({
      ...contact,
      operator_id: boris,
      operator: { id: boris, name: 'Борис' },
      assigned_at: '2026-11-22T09:16:00.000Z',
      lead: { ...contact.lead, operator_id: boris },
    });
    expect([desk.engine.board().operators[anna]?.load, desk.engine.board().operators[boris]?.load]).toEqual([0, 1]);
    expect(decision(desk, contact.id)).toMatchObject({
      kind: 'manual',
      source_id: bot,
      r: null,
      operator_id: boris,
      history: [{ kind: 'draw' }, { kind: 'manual' }],
    });
  });

  test('to an operator who is not active', async () => {
    const { away, contact, move } = await scene();
    expect(value(await move(contact.id, away))).toMatchObject({ status: 'assigned', operator_id: away });
  });

  test('but not to a full operator: 409 operator_full, and nothing has changed', async () => {
    const { desk, full, contact, move } = await scene();
    const before = everything(desk);
    expect(await move(contact.id, full)).toMatchObject({
      ok: false,
      problem: { code: 'operator_full', params: { name: 'Вера', load: 0, max_load: 0 } },
    });
    expect(everything(desk)).toEqual(before);
  });

  test('nor above a limit that was lowered', async () => {
    const { desk, boris, bot, contact, move } = await scene();
    const other = await submitted(desk, bot, 'tg-2');
    value(await move(other.id, boris));
    value(await desk.do((write) => updateOperator(write, boris, { max_load: 1 })));
    expect(code(await move(contact.id, boris))).toBe('operator_full');
  });

  test('to the operator who already has it: nothing changes, also when that operator is full', async () => {
    const { desk, anna, contact, move } = await scene();
    value(await desk.do((write) => updateOperator(write, anna, { max_load: 1 })));
    const before = everything(desk);
    expect(value(await move(contact.id, anna))).toEqual(contact);
    expect(everything(desk)).toEqual(before);
  });

  test('back into the queue, where it stays while nobody can take it', async () => {
    const { desk, anna, contact, move } = await scene();
    value(await desk.do((write) => updateOperator(write, anna, { is_active: false })));
    expect(value(await move(contact.id, null))).toMatchObject({ status: 'waiting', operator_id: null, assigned_at: null, waiting_reason: 'nobody_active' });
    expect(decision(desk, contact.id)).toMatchObject({ kind: 'manual', operator_id: null, waiting_reason: 'nobody_active' });
    expect(value(await move(contact.id, null))).toMatchObject({ status: 'waiting' });
    expect(decision(desk, contact.id).history.length).toBe(2);
  });

  test('out of the queue', async () => {
    const { desk, anna, boris, contact, move } = await scene();
    value(await desk.do((write) => updateOperator(write, anna, { is_active: false })));
    value(await move(contact.id, null));
    expect(value(await move(contact.id, boris))).toMatchObject({ status: 'assigned', operator_id: boris, waiting_reason: null });
    expect(desk.engine.board().waiting).toEqual({});
  });

  test('but not when it is closed, and only if contact and operator exist', async () => {
    const { desk, boris, contact, move } = await scene();
    value(await desk.do((write) => closeContact(write, contact.id)));
    const before = everything(desk);
    expect([code(await move(contact.id, boris)), code(await move(contact.id, null)), code(await move(99, boris))]).toEqual([
      'contact_closed',
      'contact_closed',
      'not_found',
    ]);
    const { id } = await submitted(desk, 1, 'tg-2');
    expect(code(await move(id, 99))).toBe('not_found');
    expect(everything(desk).leads.length).toBe(before.leads.length + 1);
  });
});

describe('lists of contacts', () => {
  test('are newest first, filtered, and paged without gaps or repeats', async () => {
    const { desk, bot } = await openedDesk();
    const site = await desk.source('Site');
    const anna = await desk.operator('Анна', 4);
    await desk.weights(bot, { [anna]: 1 });
    await desk.weights(site, { [anna]: 1 });
    for (let i = 0; i < 10; i++) {
      await submitted(desk, i % 2 === 0 ? bot : site, `tg-${i % 3}`);
      desk.now += 1000;
    }
    const page = (query: object) => value(queries.contacts(desk.engine.read, { limit: 100, ...query }, null));
    const ids = (query: object) => page(query).items.map(({ id }) => id);
    expect(ids({})).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(ids({ status: 'waiting', source_id: site })).toEqual([10, 8, 6]);
    expect(ids({ operator_id: anna })).toEqual([4, 3, 2, 1]);
    expect(ids({ lead_id: 2 })).toEqual([8, 5, 2]);
    expect(ids({ from: '2026-11-22T09:15:02.000Z', to: '2026-11-22T12:15:04+03:00' })).toEqual([4, 3]);
    const first = page({ limit: 4 });
    const second = page({ limit: 4, cursor: first.next_cursor ?? '' });
    const third = page({ limit: 4, cursor: second.next_cursor ?? '' });
    expect([first, second, third].flatMap(({ items }) => items.map(({ id }) => id))).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(third.next_cursor).toBe(null);
    expect(code(queries.contacts(desk.engine.read, { limit: 4, cursor: 'nonsense' }, null))).toBe('validation_failed');
  });
});
