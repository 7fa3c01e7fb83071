import { expect, test } from 'vitest';
import { value } from '#engine/testing/desk.ts';
import type { RulePatch } from '#shared/contract/rules.ts';
import { changesOfPreset } from '#shared/presets.ts';
import { openedDesk } from '#vault/testing/opened.ts';
import { archiveOperator } from './operators.ts';
import { applyPreset, savePreset } from './presets.ts';
import { setLines, updateRule } from './rules.ts';
import { undoChange } from './undo-change.ts';

async function scene() {
  const { desk, bot } = await openedDesk();
  const [anna, boris] = [await desk.operator('Анна'), await desk.operator('Борис')];
  await desk.weights(bot, { [anna]: 1, [boris]: 1 });
  const rule = async (patch: RulePatch) => value(await desk.do((write) => updateRule(write, bot, patch)));
  const line = async (operator_id: number, on: number) => value(await desk.do((write) => setLines(write, bot, [{ operator_id, line: on }])));
  const save = async (with_rules: boolean) => value(await desk.do((write) => savePreset(write, 'Ночь', false, with_rules)));
  const apply = async (id: number) => value(await desk.do((write) => applyPreset(write, id)));
  const now = () => desk.engine.board().rules[bot];
  return { desk, bot, anna, boris, rule, line, save, apply, now };
}

test('a preset with rules restores the rule of each source and the lines in one step, which is undone as one', async () => {
  const { desk, bot, anna, boris, rule, line, save, apply, now } = await scene();
  await rule({ strategy: 'even', lines: [60], cost: 3, needs: ['language'] });
  await line(boris, 2);
  const night = await save(true);
  await rule({ strategy: 'least_load', lines: [], cost: 1, needs: [] });
  await line(boris, 1);
  await line(anna, 3);
  const { rules } = changesOfPreset(desk.engine.board(), night.content);
  expect(rules).toMatchObject([{ source_id: bot, before: { strategy: 'least_load', line_of: { [anna]: 3 } }, after: { strategy: 'even', cost: 3 } }]);
  await apply(night.id);
  expect(now()).toMatchObject({ strategy: 'even', lines: [60], cost: 3, needs: ['language'], line_of: { [boris]: 2 } });
  expect(changesOfPreset(desk.engine.board(), night.content)).toEqual({ weights: [], limits: [], rules: [] });
  value(await desk.do((write) => undoChange(write, write.board.revision)));
  expect(now()).toMatchObject({ strategy: 'least_load', lines: [], cost: 1, needs: [], line_of: { [anna]: 3 } });
});

test('a preset that was saved under the default rule brings it back', async () => {
  const { rule, save, apply, now } = await scene();
  const usual = await save(true);
  await rule({ strategy: 'even', cost: 2 });
  await apply(usual.id);
  expect(now()).toBeUndefined();
});

test('a preset without rules leaves them as they are, also one from before there were any', async () => {
  const { desk, rule, save, apply, now } = await scene();
  const plain = await save(false);
  expect(plain.content).not.toHaveProperty('rules');
  await rule({ strategy: 'even' });
  const { revision } = desk.engine.board();
  await apply(plain.id);
  expect([now()?.strategy, desk.engine.board().revision]).toEqual(['even', revision]);
});

test('lines of operators who came later stay, and of those who were archived none comes back', async () => {
  const { desk, bot, anna, boris, rule, line, save, apply, now } = await scene();
  await rule({ lines: [60] });
  await line(anna, 2);
  await line(boris, 2);
  const night = await save(true);
  const vera = await desk.operator('Вера');
  await desk.weights(bot, { [vera]: 1 });
  await line(vera, 2);
  await line(anna, 1);
  value(await desk.do((write) => archiveOperator(write, boris)));
  await apply(night.id);
  expect(now()?.line_of).toMatchObject({ [anna]: 2, [vera]: 2 });
  expect(desk.engine.board().weights[bot]).not.toHaveProperty(String(boris));
});
