import { describe, expect, test } from 'vitest';
import { heldContacts, leaveOperator } from './leave.ts';
import { updateOperator } from './operators.ts';
import { value } from './testing/desk.ts';
import { openedDesk } from './testing/opened.ts';

/** Анна holds four contacts of two sources; Борис has two free slots and takes the first source alone. */
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

describe('an operator who leaves the line', () => {
  test('keeps what it holds', async () => {
    const { desk, anna, state } = await scene();
    const left = value(await desk.do((write) => leaveOperator(write, { id: anna, reason: 'break', contacts: 'keep' })));
    expect(left).toMatchObject({ handed_over: 0, waiting: 0, kept: 4 });
    expect(state()).toEqual({ anna: [false, 'break', 4], boris: 0, waiting: {} });
  });

  test('hands over what others can take, the oldest first and nobody above the limit, and keeps the rest', async () => {
    const { desk, bot, anna, boris, state } = await scene();
    const left = value(await desk.do((write) => leaveOperator(write, { id: anna, reason: 'off', contacts: 'hand_over' })));
    expect(left).toMatchObject({ handed_over: 2, waiting: 0, kept: 2 });
    expect(state()).toEqual({ anna: [false, 'off', 2], boris: 2, waiting: {} });
    expect(heldContacts(desk.engine.read, boris)).toEqual([
      { contact_id: 1, source_id: bot },
      { contact_id: 3, source_id: bot },
    ]);
  });

  test('puts back everything: what others can take is theirs at once, the rest waits', async () => {
    const { desk, bot, site, anna, state } = await scene();
    const left = value(await desk.do((write) => leaveOperator(write, { id: anna, reason: null, contacts: 'put_back' })));
    expect(left).toMatchObject({ handed_over: 2, waiting: 2, kept: 0 });
    expect(state()).toEqual({ anna: [false, null, 0], boris: 2, waiting: { [bot]: 1, [site]: 1 } });
  });

  test('may do so after it has left', async () => {
    const { desk, anna, state } = await scene();
    value(await desk.do((write) => updateOperator(write, anna, { is_active: false, inactive_reason: 'break' })));
    value(await desk.do((write) => leaveOperator(write, { id: anna, reason: 'break', contacts: 'hand_over' })));
    expect(state()).toEqual({ anna: [false, 'break', 2], boris: 2, waiting: {} });
  });
});
