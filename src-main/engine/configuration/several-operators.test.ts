import { expect, test } from 'vitest';
import { type Desk, value } from '#engine/testing/desk.ts';
import type { OperatorsChange } from '#shared/contract/operators.ts';
import { openedDesk } from '#vault/testing/opened.ts';
import { audit } from './audit.ts';
import { heldContacts } from './leave.ts';
import { archiveOperator } from './operators.ts';
import { changeOperators } from './several-operators.ts';
import { undoChange } from './undo-change.ts';

/** Анна and Борис hold two contacts each; Вера is off line with a limit of 3, and Глеб has room for three. */
async function scene() {
  const { desk, bot } = await openedDesk();
  const [anna, boris] = [await desk.operator('Анна', 2), await desk.operator('Борис', 2)];
  await desk.weights(bot, { [anna]: 1, [boris]: 1 });
  for (let nth = 0; nth < 4; nth++) value(await desk.submit(bot, { external_id: `x${nth}` }));
  const vera = await desk.operator('Вера', 3, false);
  const gleb = await desk.operator('Глеб', 3);
  await desk.weights(bot, { [anna]: 1, [boris]: 1, [vera]: 1, [gleb]: 1 });
  return { desk, bot, anna, boris, vera, gleb };
}
const change = async (desk: Desk, ids: readonly number[], what: OperatorsChange) =>
  value(await desk.do((write) => changeOperators(write, { ids: [...ids], change: what })));
const state = (desk: Desk) =>
  Object.values(desk.engine.board().operators).map(({ name, is_active, inactive_reason, max_load, load, is_archived }) => [
    name,
    is_archived ? 'archived' : is_active || inactive_reason,
    `${load}/${max_load}`,
  ]);
const newest = (desk: Desk) => value(audit(desk.engine.read, { limit: 1 }, 'UTC')).items[0];

test('several operators become active in one step, and those who already were do not count', async () => {
  const { desk, anna, vera } = await scene();
  expect(await change(desk, [anna, vera], { do: 'put_on' })).toEqual({ changed: 1, holding: [], handed_over: 0, waiting: 0, kept: 0 });
  expect(state(desk)[2]).toEqual(['Вера', true, '0/3']);
});

test('contacts of operators who leave together go to those who stay, and never to one another', async () => {
  const { desk, anna, boris, gleb } = await scene();
  const before = state(desk);
  const left = await change(desk, [boris, anna], { do: 'take_off', reason: 'break', contacts: 'hand_over' });
  expect(left).toEqual({ changed: 2, holding: [], handed_over: 3, waiting: 0, kept: 1 });
  expect(state(desk)).toMatchObject([
    ['Анна', 'break', expect.anything()],
    ['Борис', 'break', expect.anything()],
    ['Вера', null, '0/3'],
    ['Глеб', true, '3/3'],
  ]);
  expect(heldContacts(desk.engine.read, [gleb]).map(({ contact_id }) => contact_id)).toEqual([1, 2, 3]);
  value(await desk.do((write) => undoChange(write, newest(desk)?.revision ?? 0)));
  expect(state(desk), 'undone as one, with the contacts').toEqual(before);
});

test('contacts that nobody else can take wait when they are returned to the queue', async () => {
  const { desk, bot, anna, boris } = await scene();
  const left = await change(desk, [anna, boris], { do: 'take_off', reason: 'off', contacts: 'put_back' });
  expect(left).toEqual({ changed: 2, holding: [], handed_over: 3, waiting: 1, kept: 0 });
  expect(desk.engine.board().waiting).toEqual({ [bot]: 1 });
});

test('limits are set, or moved from their present values, and never fall below 0', async () => {
  const { desk, anna, boris, gleb } = await scene();
  await change(desk, [anna, boris, gleb], { do: 'move_limit', by: 2 });
  expect(state(desk).map(([, , load]) => load)).toEqual(['2/4', '2/4', '0/3', '0/5']);
  await change(desk, [anna, boris, gleb], { do: 'move_limit', by: -5 });
  expect(state(desk).map(([, , load]) => load)).toEqual(['2/0', '2/0', '0/3', '0/0']);
  expect(await change(desk, [anna, gleb], { do: 'set_limit', max_load: 0 })).toMatchObject({ changed: 0 });
});

test('operators who hold contacts are not archived but named; the others are, and an undo restores them with their weights', async () => {
  const { desk, bot, anna, vera, gleb } = await scene();
  const weights = desk.engine.board().weights[bot];
  expect(await change(desk, [anna, vera, gleb], { do: 'archive' })).toMatchObject({ changed: 2, holding: [anna] });
  expect(state(desk).map(([, now]) => now)).toEqual([true, true, 'archived', 'archived']);
  value(await desk.do((write) => undoChange(write, newest(desk)?.revision ?? 0)));
  expect(desk.engine.board().weights[bot]).toEqual(weights);
});

test('all of them change, or none', async () => {
  const { desk, anna, vera, gleb } = await scene();
  value(await desk.do((write) => archiveOperator(write, vera)));
  const before = state(desk);
  for (const what of [{ do: 'put_on' }, { do: 'take_off', reason: null, contacts: 'put_back' }, { do: 'set_limit', max_load: 1 }] as const) {
    const outcome = await desk.do((write) => changeOperators(write, { ids: [anna, gleb, vera], change: what }));
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'not_found', params: { id: vera } } });
    expect(state(desk)).toEqual(before);
  }
});

test('the audit log has one entry that says what was done', async () => {
  const { desk, vera, gleb } = await scene();
  const what = { do: 'take_off', reason: 'training', contacts: 'keep' } as const;
  await change(desk, [vera, gleb, gleb], what);
  const entry = newest(desk);
  expect(entry?.is_undoable).toBe(true);
  expect(entry?.changes.map(({ operator_id, data }) => [operator_id, data.together])).toEqual([
    [vera, what],
    [gleb, what],
  ]);
});

test('tags are added to several operators and taken from them, in steps that are undone; letter case makes no difference', async () => {
  const { desk, anna, vera, gleb } = await scene();
  const tags = () => [anna, vera, gleb].map((id) => desk.engine.board().operators[id]?.tags);
  await change(desk, [anna], { do: 'add_tags', tags: ['VIP'] });
  expect(await change(desk, [anna, vera, gleb], { do: 'add_tags', tags: ['vip', 'language:en'] })).toMatchObject({ changed: 3 });
  expect(tags()).toEqual([
    ['VIP', 'language:en'],
    ['language:en', 'vip'],
    ['language:en', 'vip'],
  ]);
  expect((await change(desk, [anna, vera], { do: 'add_tags', tags: ['Vip'] })).changed).toBe(0);
  expect(await change(desk, [anna, gleb], { do: 'remove_tags', tags: ['vip'] })).toMatchObject({ changed: 2 });
  expect(tags()).toEqual([['language:en'], ['language:en', 'vip'], ['language:en']]);
  value(await desk.do((write) => undoChange(write, newest(desk)?.revision ?? 0)));
  expect(tags()[0]).toEqual(['VIP', 'language:en']);
});

test('nobody gets more tags than an operator may have, and then nobody gets any', async () => {
  const { desk, anna, vera } = await scene();
  await change(desk, [anna], { do: 'add_tags', tags: Array.from({ length: 50 }, (_, i) => `t${i}`) });
  const result = await desk.do((write) => changeOperators(write, { ids: [vera, anna], change: { do: 'add_tags', tags: ['more'] } }));
  expect(result).toMatchObject({ ok: false, problem: { code: 'too_many_tags', params: { name: 'Анна', max: 50 } } });
  expect(desk.engine.board().operators[vera]?.tags).toEqual([]);
});
