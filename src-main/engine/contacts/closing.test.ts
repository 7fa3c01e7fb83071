import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { archiveOperator, updateOperator } from '#engine/configuration/operators.ts';
import { updateRule } from '#engine/configuration/rules.ts';
import { undoChange } from '#engine/configuration/undo-change.ts';
import { type DeskOptions, value } from '#engine/testing/desk.ts';
import { openTimed } from '#engine/testing/timed-desk.ts';
import { Witness } from '#engine/testing/witness.ts';
import { decision, contact as readContact } from '#engine/views/queries.ts';
import { adminPrincipal } from '#shared/contract/principal.ts';
import { verifyChain } from '#store/journal/chain.ts';
import { folder } from '#store/testing/folder.ts';
import { acceptContact } from './acceptance.ts';
import { reopenContact } from './closing.ts';
import { closeContact, reassignContact } from './contacts.ts';

/** A source whose contacts are closed after 600 s without a sign of life, and operators of these limits with weight 1 each. */
async function scene(limits: readonly number[], options: DeskOptions = {}) {
  const { desk, pass, settled } = openTimed(options);
  const witness = new Witness(desk);
  const source = await desk.source('Bot');
  const operators: number[] = [];
  for (const [i, limit] of limits.entries()) operators.push(await desk.operator(`Operator ${i + 1}`, limit));
  await desk.weights(source, Object.fromEntries(operators.map((id) => [id, 1])));
  const rule = async (patch: Parameters<typeof updateRule>[2]) => value(await desk.do((write) => updateRule(write, source, patch)));
  await rule({ close_after_seconds: 600 });
  let handed = 0;
  const submit = async (external_id = `tg-${++handed}`) => value(await desk.submit(source, { external_id })).contact;
  const contact = (id: number) => value(readContact(desk.engine.read, id, adminPrincipal));
  const check = () => {
    witness.catchUp();
    witness.inspect();
    expect([witness.violations, verifyChain(desk.engine.read.store.reading, 0).ok]).toEqual([[], true]);
  };
  return {
    ...{ desk, pass, settled, source, operators, rule, submit, contact, check },
    status: (id: number) => contact(id).status,
    decided: (id: number) => value(decision(desk.engine.read, id)),
    deadlines: () => desk.rows<{ subject_id: number; due_at: number }>("SELECT subject_id, due_at FROM deadlines WHERE kind = 'close' ORDER BY due_at, id"),
    reassign: async (id: number, to: number | null) => value(await desk.do((write) => reassignContact(write, id, to))),
    reopen: (id: number) => desk.do((write) => reopenContact(write, id)),
    /** undoes the latest closing */
    undo: () => {
      const [closed] = desk.rows<{ revision: number }>("SELECT max(revision) AS revision FROM journal WHERE kind = 'contact_closed' AND data IS NOT NULL");
      return desk.do((write) => undoChange(write, closed?.revision ?? 0));
    },
  };
}

test('nothing is stored for a source that closes nothing, and its contacts stay', async () => {
  const { pass, rule, submit, status, deadlines, check } = await scene([1]);
  await rule({ close_after_seconds: null });
  const { id } = await submit();
  expect(deadlines()).toEqual([]);
  await pass(100_000);
  expect(status(id)).toBe('assigned');
  check();
});

describe('an assigned contact without a sign of life', () => {
  test('is closed when its time is over, and its slot is given to who waits', async () => {
    const { desk, pass, submit, contact, decided, operators, check } = await scene([1]);
    const [anna = 0] = operators;
    const { id } = await submit();
    const next = await submit();
    expect(decided(id).closes_at).toBe(new Date(desk.now + 600_000).toISOString());
    await pass(599);
    expect([contact(id).status, contact(next.id).status]).toEqual(['assigned', 'waiting']);
    await pass(1);
    expect(contact(id)).toMatchObject({ status: 'closed', operator_id: anna, closed_at: new Date(desk.now).toISOString() });
    expect(contact(next.id)).toMatchObject({ status: 'assigned', operator_id: anna });
    const { kind, operator_id, waiting_reason, next_at, rule_version, closes_at } = decided(id);
    expect({ kind, operator_id, waiting_reason, next_at, rule_version, closes_at }).toEqual({
      kind: 'closed_by_rule',
      operator_id: null,
      waiting_reason: null,
      next_at: null,
      rule_version: 2,
      closes_at: null,
    });
    check();
  });

  test('is closed by nobody but the rule: one that waits is not', async () => {
    const { pass, submit, status, deadlines, check } = await scene([0]);
    const { id } = await submit();
    await pass(10_000);
    expect([status(id), deadlines()]).toEqual(['waiting', []]);
    check();
  });

  test.each([
    ['accepting it', async ({ desk }: Awaited<ReturnType<typeof scene>>, id: number) => value(await desk.do((write) => acceptContact(write, id, {})))],
    ['a further message of its lead', ({ submit }: Awaited<ReturnType<typeof scene>>) => submit('tg-1')],
    ['another operator', ({ reassign, operators }: Awaited<ReturnType<typeof scene>>, id: number) => reassign(id, operators[1] ?? 0)],
  ])('begins its time anew by a sign: %s', async (_, sign) => {
    const around = await scene([1, 1]);
    const { desk, pass, rule, reassign, submit, status, operators, check } = around;
    await rule({ repeat: { mode: 'join', within_seconds: null } });
    const { id, operator_id } = await submit('tg-1');
    if (operator_id !== operators[0]) await reassign(id, operators[0] ?? 0);
    await pass(500);
    await sign(around, id);
    await pass(599);
    expect(status(id)).toBe('assigned');
    await pass(1);
    expect([status(id), desk.rows('SELECT 1 FROM contacts').length]).toEqual(['closed', 1]);
    check();
  });

  test('has no more time to close in after it was closed or put back', async () => {
    const { desk, submit, reassign, deadlines, check } = await scene([1, 1]);
    const [first, second] = [await submit(), await submit()];
    expect(deadlines()).toHaveLength(2);
    value(await desk.do((write) => closeContact(write, first.id)));
    for (const id of [1, 2]) await desk.do((write) => updateOperator(write, id, { is_active: false }));
    await reassign(second.id, null);
    expect(deadlines()).toEqual([]);
    check();
  });
});

describe('a changed time', () => {
  test('counts anew for what is assigned, so that nothing is closed at once', async () => {
    const { pass, rule, submit, status, check } = await scene([2]);
    await rule({ close_after_seconds: null });
    const { id } = await submit();
    await pass(5000);
    await rule({ close_after_seconds: 60 });
    await pass(59);
    expect(status(id)).toBe('assigned');
    await rule({ close_after_seconds: 120 });
    await pass(119);
    expect(status(id)).toBe('assigned');
    await pass(1);
    expect(status(id)).toBe('closed');
    check();
  });

  test('leaves the time alone if another part of the rule was changed, and ends it if nothing is closed any more', async () => {
    const { rule, submit, deadlines, check } = await scene([2]);
    await submit();
    const [before] = deadlines();
    await rule({ strategy: 'even' });
    expect(deadlines()).toEqual([before]);
    await rule({ close_after_seconds: null });
    expect(deadlines()).toEqual([]);
    check();
  });
});

describe('a contact that a rule closed', () => {
  test.each(['undo', 'reopen'] as const)('goes back to its operator by %s, with its whole time before it', async (how) => {
    const { pass, submit, contact, decided, operators, check, ...does } = await scene([1]);
    const [anna = 0] = operators;
    const { id, created_at } = await submit();
    await pass(700);
    const told = how === 'undo' ? value(await does.undo()).contacts : [value(await does.reopen(id))];
    expect(told).toMatchObject([how === 'undo' ? { contact_id: id, ok: true, before: anna, now: anna, status: 'assigned' } : { id, operator_id: anna }]);
    expect(contact(id)).toMatchObject({ status: 'assigned', operator_id: anna, closed_at: null, created_at });
    expect(decided(id).history.map(({ kind }) => kind)).toEqual(['draw', 'closed_by_rule', 'manual']);
    await pass(599);
    expect(contact(id).status).toBe('assigned');
    await pass(1);
    expect(contact(id).status).toBe('closed');
    check();
  });

  test('waits with its old place if its operator is full, and may go to the same one again', async () => {
    const { pass, submit, contact, operators, reopen, desk, check } = await scene([1]);
    const [anna = 0] = operators;
    const { id, created_at } = await submit();
    const holding = await submit();
    await pass(600);
    expect(contact(holding.id).operator_id).toBe(anna);
    const later = await submit();
    value(await reopen(id));
    expect(contact(id)).toMatchObject({ status: 'waiting', operator_id: null, created_at, waiting_reason: 'all_full' });
    value(await desk.do((write) => closeContact(write, holding.id)));
    expect([contact(id).operator_id, contact(later.id).operator_id]).toEqual([anna, null]);
    check();
  });

  test('is taken at once by somebody else who is free, if its operator is full', async () => {
    const { pass, submit, contact, operators, reopen, reassign, check } = await scene([1, 1]);
    const [anna = 0, boris = 0] = operators;
    const { id, operator_id } = await submit();
    if (operator_id !== anna) await reassign(id, anna);
    await pass(600);
    const other = await submit();
    if (contact(other.id).operator_id !== anna) await reassign(other.id, anna);
    value(await reopen(id));
    expect(contact(id)).toMatchObject({ status: 'assigned', operator_id: boris });
    check();
  });

  test('waits if its operator is in the archive', async () => {
    const { desk, pass, submit, contact, operators, reopen, check } = await scene([1]);
    const { id } = await submit();
    await pass(600);
    value(await desk.do((write) => archiveOperator(write, operators[0] ?? 0)));
    value(await reopen(id));
    expect(contact(id)).toMatchObject({ status: 'waiting', waiting_reason: 'no_positive_weight' });
    check();
  });

  test('is opened once, and not if somebody closed it', async () => {
    const { desk, pass, submit, reopen, undo, check } = await scene([2]);
    const { id } = await submit();
    await pass(600);
    value(await reopen(id));
    expect([await reopen(id), await undo()]).toMatchObject([{ problem: { code: 'contact_moved' } }, { problem: { code: 'changed_since' } }]);
    value(await desk.do((write) => closeContact(write, id)));
    expect([await reopen(id), await undo()]).toMatchObject([{ problem: { code: 'contact_moved' } }, { problem: { code: 'changed_since' } }]);
    expect(await reopen(99)).toMatchObject({ problem: { code: 'not_found' } });
    check();
  });
});

describe('while the desk is not up', () => {
  test('no time passes: nobody could give a sign', async () => {
    const file = join(folder(), 'desk.db');
    const first = await scene([1], { file });
    const { id } = await first.submit();
    await first.pass(100);
    first.desk.engine.close();
    const { desk, pass } = openTimed({ file });
    const status = () => value(readContact(desk.engine.read, id, adminPrincipal)).status;
    desk.now = first.desk.now + 3_600_000;
    await pass(490);
    expect(status()).toBe('assigned');
    await pass(20);
    expect(status()).toBe('closed');
  });
});
