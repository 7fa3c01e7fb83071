import { expect, test } from 'vitest';
import { value } from '#engine/testing/desk.ts';
import { openedDesk } from '#vault/testing/opened.ts';
import { importOperators } from './import-operators.ts';

test('an import counts the operators added and changed, without those that already matched', async () => {
  const { desk, bot } = await openedDesk();
  const [anna] = [await desk.operator('Анна', 3), await desk.operator('Борис', 5), await desk.operator('Вера', 7)];
  await desk.weights(bot, { [anna]: 100 });
  const rows = [
    { name: 'анна', max_load: 3, is_active: true, weights: [{ source_id: bot, weight: 100 }] },
    { name: 'Борис', weights: [{ source_id: bot, weight: 5 }] },
    { name: 'Вера', max_load: 8, weights: [{ source_id: bot, weight: 7 }] },
    { name: 'Глеб', weights: [{ source_id: bot, weight: 1 }] },
  ];
  expect(value(await desk.do((write) => importOperators(write, rows)))).toEqual({ added: 1, changed: 2 });
  const { revision } = desk.engine.board();
  expect(value(await desk.do((write) => importOperators(write, rows)))).toEqual({ added: 0, changed: 0 });
  expect(desk.engine.board().revision, 'nothing was written for it').toBe(revision);
});

test('an import sets reasons for being inactive, keeps a reason that it does not name, and clears those of operators who become active', async () => {
  const { desk } = await openedDesk();
  const stateOf = (name: string) => {
    const one = Object.values(desk.engine.board().operators).find((operator) => operator.name === name);
    return [one?.is_active, one?.inactive_reason];
  };
  const [anna, boris] = [
    { name: 'Анна', weights: [] },
    { name: 'Борис', weights: [] },
  ];
  value(await desk.do((write) => importOperators(write, [{ ...anna, is_active: false, inactive_reason: 'sick' }, boris])));
  expect([stateOf('Анна'), stateOf('Борис')]).toEqual([
    [false, 'sick'],
    [true, null],
  ]);
  value(
    await desk.do((write) =>
      importOperators(write, [
        { ...anna, is_active: false },
        { ...boris, is_active: false, inactive_reason: 'lunch' },
      ]),
    ),
  );
  expect([stateOf('Анна'), stateOf('Борис')]).toEqual([
    [false, 'sick'],
    [false, 'lunch'],
  ]);
  value(await desk.do((write) => importOperators(write, [{ ...anna, is_active: true }])));
  expect(stateOf('Анна')).toEqual([true, null]);
});

test('an import sets the tags that it names, takes all of them away where it names none, and keeps them where it says nothing', async () => {
  const { desk } = await openedDesk();
  const tagsOf = () => Object.values(desk.engine.board().operators).map(({ name, tags }) => [name, tags]);
  const [anna, boris] = [
    { name: 'Анна', weights: [] },
    { name: 'Борис', weights: [] },
  ];
  value(await desk.do((write) => importOperators(write, [{ ...anna, tags: ['vip'] }, boris])));
  expect(tagsOf().slice(-2)).toEqual([
    ['Анна', ['vip']],
    ['Борис', []],
  ]);
  value(await desk.do((write) => importOperators(write, [anna, { ...boris, tags: ['language:en'] }])));
  expect(value(await desk.do((write) => importOperators(write, [{ ...anna, tags: ['vip'] }]))).changed, 'as they are').toBe(0);
  value(await desk.do((write) => importOperators(write, [{ ...anna, tags: [] }])));
  expect(tagsOf().slice(-2)).toEqual([
    ['Анна', []],
    ['Борис', ['language:en']],
  ]);
});
