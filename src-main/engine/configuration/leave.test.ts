import { describe, expect, test } from 'vitest';
import { closeContact, reassignContact } from '#engine/contacts/contacts.ts';
import type { Write } from '#engine/core/write.ts';
import { type Desk, value } from '#engine/testing/desk.ts';
import type { HeldContact } from '#shared/contract/operators.ts';
import { ok, type Result } from '#shared/contract/problems.ts';
import { openedDesk } from '#vault/testing/opened.ts';
import { heldContacts, leaveOperator } from './leave.ts';
import { updateOperator } from './operators.ts';
import { undoChange } from './undo-change.ts';

/** Анна holds four contacts of two sources; Борис has two free slots and serves only the first source. */
async function scene() {
  const { desk, bot } = await openedDesk();
  const site = await desk.source('Сайт');
  const anna = await desk.operator('Анна', 4);
  await desk.weights(bot, { [anna]: 1 });
  await desk.weights(site, { [anna]: 1 });
  for (const [nth, source] of [bot, site, bot, bot].entries()) value(await desk.submit(source, { external_id: `x${nth}` }));
  const boris = await desk.operator('Борис', 2);
  await desk.weights(bot, { [boris]: 1 });
  const state = () => {
    const { operators, waiting } = desk.engine.board();
    const [a, b] = [operators[anna], operators[boris]];
    return { anna: [a?.is_active, a?.inactive_reason, a?.load], boris: b?.load, waiting };
  };
  return { desk, bot, site, anna, boris, state };
}

/** The revision of the step that the command made. */
const stepOf = (write: Write, done: Result<unknown>): Result<number> => {
  value(done);
  if (write.step === null) throw new Error('nothing was changed that could be taken back');
  return ok(write.step);
};
const latestStep = (desk: Desk) =>
  desk.rows<{ step: number }>("SELECT json_extract(data, '$.step') AS step FROM journal WHERE data IS NOT NULL ORDER BY revision DESC LIMIT 1")[0]?.step ?? 0;

function untimed(one: HeldContact) {
  const { created_at: _, ...held } = one;
  return held;
}

describe('an operator who leaves the line', () => {
  test('keeps the contacts that it holds', async () => {
    const { desk, anna, state } = await scene();
    const left = value(await desk.do((write) => leaveOperator(write, { id: anna, reason: 'break', contacts: 'keep' })));
    expect(left).toMatchObject({ handed_over: 0, waiting: 0, kept: 4 });
    expect(state()).toEqual({ anna: [false, 'break', 4], boris: 0, waiting: {} });
  });

  test('hands over what others can take, oldest first and within limits, and keeps the rest', async () => {
    const { desk, bot, anna, boris, state } = await scene();
    const left = value(await desk.do((write) => leaveOperator(write, { id: anna, reason: 'off', contacts: 'hand_over' })));
    expect(left).toMatchObject({ handed_over: 2, waiting: 0, kept: 2 });
    expect(state()).toEqual({ anna: [false, 'off', 2], boris: 2, waiting: {} });
    expect(heldContacts(desk.engine.read, [boris]).map(untimed)).toEqual([
      { contact_id: 1, source_id: bot, cost: 1 },
      { contact_id: 3, source_id: bot, cost: 1 },
    ]);
  });

  test('returns everything to the queue: what others can take is assigned at once, the rest waits', async () => {
    const { desk, bot, site, anna, state } = await scene();
    const left = value(await desk.do((write) => leaveOperator(write, { id: anna, reason: null, contacts: 'put_back' })));
    expect(left).toMatchObject({ handed_over: 2, waiting: 2, kept: 0 });
    expect(state()).toEqual({ anna: [false, null, 0], boris: 2, waiting: { [bot]: 1, [site]: 1 } });
  });

  test('becomes active with its former contacts when the leave is undone', async () => {
    for (const contacts of ['put_back', 'hand_over'] as const) {
      const { desk, anna, boris, state } = await scene();
      const before = state();
      const left = await desk.do((write) => stepOf(write, leaveOperator(write, { id: anna, reason: 'break', contacts })));
      const after = state();
      const { contacts: back } = value(await desk.do((write) => undoChange(write, value(left))));
      expect(back.filter(({ ok }) => ok)).toHaveLength(contacts === 'put_back' ? 4 : 2);
      expect(state()).toEqual(before);
      expect(heldContacts(desk.engine.read, [anna])).toHaveLength(4);
      expect(desk.engine.board().operators[boris]?.load).toBe(0);

      const again = latestStep(desk);
      value(await desk.do((write) => undoChange(write, again)));
      expect(state(), 'and taken from it again when that is taken back, too').toEqual(after);
    }
  });

  test('gets back only what fits its limit; contacts closed or moved by hand since stay, each with its reason', async () => {
    const { desk, bot, anna, boris } = await scene();
    const vera = await desk.operator('Вера', 9);
    const step = value(await desk.do((write) => stepOf(write, leaveOperator(write, { id: anna, reason: 'break', contacts: 'put_back' }))));
    value(await desk.do((write) => closeContact(write, 1)));
    value(await desk.do((write) => reassignContact(write, 2, vera)));
    value(await desk.do((write) => updateOperator(write, anna, { max_load: 1 })));
    const { contacts } = value(await desk.do((write) => undoChange(write, step)));
    const told = contacts.map((one) => [one.contact_id, one.ok ? one.now : one.problem.code]);
    expect(told).toEqual([
      [1, 'contact_closed'],
      [2, 'contact_moved'],
      [3, anna],
      [4, 'operator_full'],
    ]);
    expect(desk.engine.board().operators[anna]).toMatchObject({ is_active: true, load: 1, max_load: 1 });
    expect([boris, vera].map((id) => heldContacts(desk.engine.read, [id]).map(untimed))).toEqual([
      [{ contact_id: 4, source_id: bot, cost: 1 }],
      [{ contact_id: 2, source_id: 2, cost: 1 }],
    ]);
  });

  test('gets its own contacts back before waiting contacts get its slots', async () => {
    const { desk, bot, anna, boris } = await scene();
    value(await desk.do((write) => updateOperator(write, boris, { max_load: 0 })));
    const step = value(await desk.do((write) => stepOf(write, leaveOperator(write, { id: anna, reason: 'off', contacts: 'put_back' }))));
    const late = value(await desk.submit(bot, { external_id: 'late' })).contact;
    value(await desk.do((write) => undoChange(write, step)));
    expect(heldContacts(desk.engine.read, [anna]).map(({ contact_id }) => contact_id)).toEqual([1, 2, 3, 4]);
    expect(desk.rows('SELECT status FROM contacts WHERE id = ?', late.id)).toEqual([{ status: 'waiting' }]);
  });

  test('that had already left gets its contacts back as well', async () => {
    const { desk, anna, state } = await scene();
    value(await desk.do((write) => updateOperator(write, anna, { is_active: false, inactive_reason: 'break' })));
    const before = state();
    const step = value(await desk.do((write) => stepOf(write, leaveOperator(write, { id: anna, reason: 'break', contacts: 'put_back' }))));
    expect(state()).not.toEqual(before);
    value(await desk.do((write) => undoChange(write, step)));
    expect(state()).toEqual(before);
  });

  test('may do so after it has left', async () => {
    const { desk, anna, state } = await scene();
    value(await desk.do((write) => updateOperator(write, anna, { is_active: false, inactive_reason: 'break' })));
    value(await desk.do((write) => leaveOperator(write, { id: anna, reason: 'break', contacts: 'hand_over' })));
    expect(state()).toEqual({ anna: [false, 'break', 2], boris: 2, waiting: {} });
  });
});
