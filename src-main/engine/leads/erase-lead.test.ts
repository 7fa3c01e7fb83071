import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { updateSource } from '#engine/configuration/sources.ts';
import { closeContact } from '#engine/contacts/contacts.ts';
import { handInRefusedContact } from '#engine/contacts/hand-in-again.ts';
import { refuseContact } from '#engine/contacts/refused-contacts.ts';
import { submitContact } from '#engine/contacts/submit-contact.ts';
import { Desk, value } from '#engine/testing/desk.ts';
import { Witness } from '#engine/testing/witness.ts';
import * as queries from '#engine/views/queries.ts';
import type { ContactInput } from '#shared/contract/entities.ts';
import { adminPrincipal } from '#shared/contract/principal.ts';
import { folder } from '#store/testing/folder.ts';
import { eraseLead } from './erase-lead.ts';
import { saveLead, undoMerge } from './leads.ts';
import { leadExport } from './personal-data.ts';

async function scene(file = ':memory:') {
  const desk = new Desk({ file });
  const witness = new Witness(desk);
  onTestFinished(() => {
    witness.inspect();
    desk.engine.close();
    expect({ violations: witness.violations, errors: desk.errors }).toEqual({ violations: [], errors: [] });
  });
  const bot = await desk.source('Bot');
  const anna = await desk.operator('Анна', 10);
  await desk.weights(bot, { [anna]: 1 });
  const submit = async (input: ContactInput, key: string | null = null) => {
    const fingerprint = key === null ? null : createHash('sha256').update(key).digest();
    const submission = { input: { ...input, source_id: bot }, idempotency_key: key, fingerprint };
    return value(await desk.do((write) => submitContact(write, submission))).contact;
  };
  const erase = (id: number) => eraseLead(desk.engine, 'admin', id);
  const exported = (id: number) => value(leadExport(desk.engine.read, id));
  return { desk, bot, anna, submit, erase, exported };
}

const fileOfDesk = () => join(folder(), 'desk.db');

/** Contents of the database and its log. Read by another process: opening and closing the file in this one would drop SQLite's lock. */
function bytesOf(file: string): Buffer {
  const script = 'for (const path of process.argv.slice(1)) process.stdout.write(require("node:fs").readFileSync(path))';
  const paths = [file, `${file}-wal`].filter((path) => existsSync(path));
  return execFileSync(process.execPath, ['-e', script, ...paths], { maxBuffer: 1 << 30 });
}

const NEEDLES = [
  '79001234567',
  '123-45-67',
  'petrov@example.com',
  'tg-petrov',
  'vk-petrov',
  'Иван Петров',
  'Ваня',
  'сломался холодильник',
  'Перезвоните вечером',
  'улица Ленина',
  'ключ-от-бота',
  'bot-key-of-petrov',
];

test('afterwards neither the database nor its log has a byte of the data of the lead', async () => {
  const file = fileOfDesk();
  const { desk, bot, submit, erase } = await scene(file);
  const others = (from: number) =>
    Promise.all(Array.from({ length: 100 }, (_, i) => submit({ external_id: `other-${from + i}`, name: `Другой ${from + i}`, message: 'Спасибо' })));
  const lead = { phone: '8 (900) 123-45-67', name: 'Иван Петров' };
  const keys = Array.from({ length: 40 }, (_, i) => `bot-key-of-petrov-${i}`);
  await others(0);
  for (const [i, key] of keys.entries()) {
    const message = `У меня сломался холодильник. `.repeat(i === 3 ? 500 : 3); // the long message needs overflow pages
    await submit({ ...lead, message, attributes: { address: 'улица Ленина, 1', note: 'Перезвоните вечером' } }, key);
    if (i % 10 === 0) await others(100 + i * 100);
  }
  await submit({ external_id: 'vk-petrov', name: 'Ваня' });
  await submit({ external_id: 'vk-petrov', phone: '+79001234567' });
  await submit({ phone: '+79001234567', external_id: 'tg-petrov', email: 'Petrov@example.com' });
  const problem = { code: 'validation_failed', detail: 'it does not fit', errors: [{ path: '/message', message: 'too long' }] } as const;
  const bodies = [
    { phone: '8 (900) 123-45-67', message: 'Перезвоните вечером' },
    { email: 'petrov@example.com', name: 7 },
    { external_id: 'tg-petrov ', name: 'Ваня' },
    '{"external_id":"tg-petrov","message":"Перезвоните вечером","message":1}',
    '{"name":"Иван Петров","phone":"8 (900) 123-45-67","message":"обрыв',
    "{'email': 'Petrov@example.com', 'name': 'Ваня'}",
    'external_id=tg-petrov&name=Иван Петров',
    { Phone: '8 900 123 45 67', Name: 'Ваня' },
    { contact: { phone: 79001234567, name: 'Иван Петров' } },
    [{ phones: ['+7 900 123-45-67'], note: 'Перезвоните вечером' }],
    { fields: [{ name: 'Почта', value: 'пишите на Petrov@Example.com' }], who: 'Ваня' },
    { message: { from: { id: 'tg-petrov' }, text: 'Перезвоните вечером' } },
  ];
  for (const payload of bodies) await desk.do((write) => refuseContact(write, { source_id: bot, idempotency_key: 'ключ-от-бота', payload, problem }));
  for (const payload of bodies) await desk.do((write) => refuseContact(write, { source_id: bot, idempotency_key: null, payload, problem }));
  await desk.do((write) => refuseContact(write, { source_id: bot, idempotency_key: null, payload: { phone: '+79007654321' }, problem }));
  await desk.do((write) => refuseContact(write, { source_id: bot, idempotency_key: null, payload: 'nothing', problem }));
  const found = (bytes: Buffer) => NEEDLES.filter((needle) => bytes.includes(needle));
  const fingerprints = (bytes: Buffer) => keys.filter((key) => bytes.includes(createHash('sha256').update(key).digest())).length;
  const before = bytesOf(file);
  expect([found(before), fingerprints(before)]).toEqual([NEEDLES, 40]);

  const id = value(queries.leads(desk.engine.read, { limit: 1, phone: '+79001234567' })).items[0]?.id ?? 0;
  expect(value(await erase(id))).toEqual({ lead_id: id, identifiers: 4, contacts: 43, refused_contacts: 13 });
  const after = bytesOf(file);
  expect([found(after), fingerprints(after), statSync(`${file}-wal`).size]).toEqual([[], 0, 0]);
  expect([after.includes('Другой 7'), after.includes('79007654321')]).toEqual([true, true]);
  expect(desk.engine.board().refused).toBe(2);
});

test('keeps the fact that the lead existed: contacts without text, their decisions, and an entry in the journal', async () => {
  const { desk, anna, submit, erase } = await scene();
  const before = await submit({ phone: '+79001234567', name: 'Иван', message: 'Привет', attributes: { a: 1 }, email: 'broken' }, 'key-1');
  value(await erase(before.lead_id));
  expect(value(queries.contact(desk.engine.read, before.id, adminPrincipal))).toEqual({
    ...before,
    message: null,
    attributes: {},
    warnings: [],
    lead: { ...before.lead, phone: null, name: null },
  });
  expect(value(queries.decision(desk.engine.read, before.id))).toMatchObject({ operator_id: anna });
  expect(desk.rows('SELECT actor, kind, data FROM journal ORDER BY revision DESC LIMIT 1')).toEqual([
    { actor: 'admin', kind: 'lead_erased', data: JSON.stringify({ lead_id: before.lead_id }) },
  ]);
  expect(desk.engine.board().recent.map(({ lead }) => lead)).toEqual([{ id: before.lead_id, name: null, handle: '' }]);
  value(await desk.do((write) => closeContact(write, before.id)));
});

test('its waiting contacts keep waiting, and are assigned without text', async () => {
  const { desk, bot, submit, erase } = await scene();
  const boris = await desk.operator('Борис', 1);
  const other = await desk.source('Other');
  await desk.weights(other, { [boris]: 1 });
  const [held, waiting] = [value(await desk.submit(other, { external_id: 'a' })), value(await desk.submit(other, { external_id: 'b', name: 'Иван' }))];
  value(await erase(waiting.contact.lead_id));
  const lead = { id: waiting.contact.lead_id, name: null, handle: '' };
  expect(desk.engine.board().queue).toMatchObject([{ contact_id: waiting.contact.id, lead }]);
  value(await desk.do((write) => closeContact(write, held.contact.id)));
  expect(desk.engine.board().recent[0]).toMatchObject({ contact_id: waiting.contact.id, operator_id: boris, lead });
  expect((await submit({ external_id: 'b' })).source_id).toBe(bot);
});

test('the same person is a new lead afterwards, also with the same idempotency key', async () => {
  const { submit, erase } = await scene();
  const first = await submit({ phone: '+79001234567' }, 'key-1');
  value(await erase(first.lead_id));
  const second = await submit({ phone: '+79001234567' }, 'key-1');
  expect([second.id, second.lead]).toEqual([first.id + 1, { ...first.lead, id: first.lead_id + 1 }]);
});

test('a repetition erases and writes nothing', async () => {
  const { desk, submit, erase } = await scene();
  const { lead_id } = await submit({ phone: '+79001234567' });
  expect(value(await erase(lead_id))).toEqual({ lead_id, identifiers: 1, contacts: 1, refused_contacts: 0 });
  const { revision } = desk.engine.board();
  expect(value(await erase(lead_id))).toEqual({ lead_id, identifiers: 0, contacts: 0, refused_contacts: 0 });
  expect(desk.engine.board().revision).toBe(revision);
  expect(await erase(99)).toMatchObject({ ok: false, problem: { code: 'not_found' } });
});

test('refused bodies of other people stay, also those with the same id in another system', async () => {
  const { desk, bot, anna, submit, erase } = await scene();
  const other = await desk.source('Other');
  await desk.weights(other, { [anna]: 1 });
  for (const id of [bot, other]) value(await desk.do((write) => updateSource(write, id, { external_ids: 'own' })));
  const { lead_id } = await submit({ external_id: '12345' });
  const problem = { code: 'validation_failed', detail: 'It does not fit.' } as const;
  const refuse = (source_id: number, payload: object) => desk.do((write) => refuseContact(write, { source_id, idempotency_key: null, payload, problem }));
  await refuse(other, { external_id: '12345', phone: 'no' }); // another person's id in another messenger
  await refuse(bot, { source_id: 12345, valid: 12345, order_id: '12345' });
  await refuse(bot, { chat: { id: 12345 } });
  expect(value(await erase(lead_id))).toMatchObject({ refused_contacts: 1 });
  expect(desk.engine.board().refused).toBe(2);
});

test('erases the leads that were merged into it as well, and those merges cannot be undone', async () => {
  const { desk, submit, erase } = await scene();
  await submit({ email: 'c@example.com', name: 'Третий' });
  await submit({ phone: '+79000000002', name: 'Второй' });
  await submit({ external_id: 'a', name: 'Первый' });
  await submit({ phone: '+79000000002', email: 'c@example.com' });
  await submit({ external_id: 'a', phone: '+79000000002' });
  expect(await erase(2)).toMatchObject({ ok: false, problem: { code: 'lead_merged', params: { survivor_id: 3 } } });
  value(await erase(3));
  expect(desk.rows('SELECT id FROM leads WHERE name IS NOT NULL')).toEqual([]);
  expect(await desk.do((write) => undoMerge(write, 2))).toMatchObject({ ok: false, problem: { code: 'merge_not_undoable' } });
  expect(await desk.do((write) => undoMerge(write, 1))).toMatchObject({ ok: false, problem: { code: 'merge_not_undoable' } });
});

test('does not affect a lead whose merge was undone', async () => {
  const { desk, submit, erase, exported } = await scene();
  await submit({ external_id: 'a', name: 'Первый' });
  await submit({ phone: '+79000000002', name: 'Второй' });
  await submit({ external_id: 'a', phone: '+79000000002' });
  value(await desk.do((write) => undoMerge(write, 1)));
  value(await erase(1));
  expect([exported(2).lead, exported(2).identifiers.length, exported(2).contacts.length]).toEqual([expect.objectContaining({ name: 'Второй' }), 1, 1]);
});

test('while a reader holds the database, the log is truncated as soon as it has finished', async () => {
  const file = fileOfDesk();
  const { submit, erase } = await scene(file);
  const { lead_id } = await submit({ external_id: 'tg-petrov' });
  const reader = new Database(file, { readonly: true });
  onTestFinished(() => void reader.close());
  reader.exec('BEGIN');
  reader.prepare('SELECT COUNT(*) FROM leads').get();
  value(await erase(lead_id));
  expect(bytesOf(file).includes('tg-petrov')).toBe(true);
  reader.exec('COMMIT');
  while (statSync(`${file}-wal`).size > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(bytesOf(file).includes('tg-petrov')).toBe(false);
});

test('the export has everything stored about a lead, and nothing else', async () => {
  const { desk, bot, anna, submit, exported } = await scene();
  await submit({ external_id: 'other', name: 'Другой' });
  await submit({ phone: '+79000000002', name: 'Ваня' });
  await submit({ external_id: 'a', name: 'Иван', message: 'Привет', attributes: { a: 1 } }, 'key-1');
  await submit({ external_id: 'a', phone: '+79000000002' });
  const problem = { code: 'source_has_no_competences', detail: 'nobody' } as const;
  await desk.do((write) => refuseContact(write, { source_id: bot, idempotency_key: 'key-2', payload: { phone: '8 900 000 00 02', message: 'Алло' }, problem }));
  await desk.do((write) => refuseContact(write, { source_id: bot, idempotency_key: 'key-3', payload: { external_id: 'other' }, problem }));
  value(await desk.do((write) => handInRefusedContact(write, 1)));
  value(await desk.do((write) => saveLead(write, { external_id: 'a', email: 'a@example.com' })));
  const at = new Date(desk.now).toISOString();
  const lead = {
    id: 3,
    external_id: 'a',
    phone: '+79000000002',
    email: 'a@example.com',
    name: 'Иван',
    operator_id: anna,
    pinned_operator_id: null,
    created_at: at,
    merged_into: null,
  };
  const all = exported(3);
  expect({ ...all, contacts: all.contacts.map(({ id, message, idempotency_key, decisions }) => ({ id, message, idempotency_key, decisions })) }).toEqual({
    exported_at: at,
    lead,
    merged_leads: [{ id: 2, name: 'Ваня', created_at: at }],
    identifiers: [
      { kind: 'external_id', value: 'a', created_at: at },
      { kind: 'phone', value: '+79000000002', created_at: at },
      { kind: 'email', value: 'a@example.com', created_at: at },
    ],
    contacts: [
      { id: 2, message: null, idempotency_key: null, decisions: [{ at, kind: 'draw', operator_id: anna }] },
      { id: 3, message: 'Привет', idempotency_key: 'key-1', decisions: [{ at, kind: 'draw', operator_id: anna }] },
      { id: 4, message: null, idempotency_key: null, decisions: [{ at, kind: 'draw', operator_id: anna }] },
      { id: 5, message: 'Алло', idempotency_key: 'key-2', decisions: [{ at, kind: 'draw', operator_id: anna }] },
    ],
    merges: [expect.objectContaining({ survivor_id: 3, merged_id: 2, undone_at: null })],
    suggested_merges: [],
    refused_contacts: [expect.objectContaining({ id: 1, contact_id: 5, payload: { phone: '8 900 000 00 02', message: 'Алло' } })],
  });
  expect([exported(2).lead.merged_into, exported(2).contacts]).toEqual([3, []]);
});
