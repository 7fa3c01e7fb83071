import { expect, test } from 'vitest';
import { updateOperator } from '#engine/configuration/operators.ts';
import { setLines, updateRule } from '#engine/configuration/rules.ts';
import { updateLead } from '#engine/leads/pin.ts';
import { value } from '#engine/testing/desk.ts';
import type { ContactInput } from '#shared/contract/entities.ts';
import type { RulePatch } from '#shared/contract/rules.ts';
import { defaultRule, type Rule } from '#shared/distribution/rule.ts';
import { strategyNames } from '#shared/distribution/strategies.ts';
import { tryRule } from './rule-trial.ts';
import { ReportingDesk } from './testing/reporting-desk.ts';

const MORNING = Date.parse('2026-11-22T06:00:00Z');

/** A source with three operators of these limits and weights. */
async function scene(limits: readonly number[], weights: readonly number[] = limits.map(() => 1)) {
  const reporting = await ReportingDesk.open();
  const { desk, from } = reporting;
  desk.now = MORNING;
  const source = await desk.source('Сайт');
  const ids: number[] = [];
  for (const [i, limit] of limits.entries()) ids.push(await desk.operator(`Operator ${i + 1}`, limit));
  await desk.weights(source, Object.fromEntries(ids.map((id, i) => [id, weights[i] ?? 1])));
  let n = 0;
  const submit = async (input: ContactInput = {}) => {
    desk.now += 1000;
    return value(await desk.submit(source, { external_id: `tg-${++n}`, ...input })).contact;
  };
  const rule = async (patch: RulePatch) => value(await desk.do((write) => updateRule(write, source, patch)));
  /** The trial of a change of the present rule, on the contacts of the day. */
  const trial = (patch: Partial<Rule>, now = desk.now) => {
    const asked = { source_id: source, rule: { ...defaultRule, ...desk.engine.board().rules[source], ...patch }, now, time_zone: 'Europe/Moscow' };
    const steps = tryRule(from, asked);
    let step = steps.next();
    while (!step.done) step = steps.next();
    return step.value;
  };
  return { reporting, desk, source, ids, submit, rule, trial };
}

test.each(strategyNames)('a day under `%s` tried under its own rule gives each contact to the same operator', async (strategy) => {
  const { reporting, desk, source, ids, submit, rule, trial } = await scene([7, 8, 10], [5, 3, 2]);
  await rule({ strategy, cost: 2, lines: [2, 4], needs: ['language'], owner: { mode: 'days', days: 3, wait_seconds: 3 } });
  await desk.do((write) => setLines(write, source, [{ operator_id: ids[2] ?? 0, line: 2 }]));
  for (const [i, id] of ids.entries()) await desk.do((write) => updateOperator(write, id, { tags: i < 2 ? ['language:en'] : [] }));
  const open: number[] = [];
  for (let i = 0; i < 120; i++) {
    const contact = await submit({ external_id: `tg-${i % 50}`, ...(i % 7 === 0 && { attributes: { language: i % 14 === 0 ? 'en' : 'de' } }) });
    open.push(contact.id);
    if (i % 11 === 5) await desk.do((write) => updateOperator(write, ids[i % 3] ?? 0, { is_active: i % 2 === 0 }));
    if (i % 9 === 4) await reporting.move(contact.id, null);
    if (i > 8) await reporting.close(open.shift() ?? 0);
  }
  const { contacts, otherwise, operators } = trial({});
  expect([contacts > 100, otherwise]).toEqual([true, 0]);
  expect(operators.every(({ was, would }) => was === would)).toBe(true);
  expect(operators.reduce((sum, { was }) => sum + was, 0)).toBe(contacts);
});

test('an even share moves the surplus of a draw by weight to the others', async () => {
  const { submit, trial, ids } = await scene([100, 100], [1, 1]);
  for (let i = 0; i < 40; i++) await submit();
  const { contacts, otherwise, operators } = trial({ strategy: 'even' });
  expect([contacts, operators.map(({ would }) => would)]).toEqual([40, [20, 20]]);
  expect(otherwise).toBeGreaterThan(0);
  expect(new Set(operators.map(({ operator_id }) => operator_id))).toEqual(new Set(ids));
});

test('contacts that would not wait, or would, count as well: lines, tags and owners', async () => {
  const { desk, source, ids, submit, rule, trial } = await scene([1, 9]);
  const [anna = 0, boris = 0] = ids;
  await desk.do((write) => setLines(write, source, [{ operator_id: boris, line: 2 }]));
  await rule({ lines: [600] });
  await submit(); // Anna
  await submit(); // waits for the second line
  expect(trial({})).toMatchObject({
    contacts: 2,
    otherwise: 0,
    operators: [
      { operator_id: anna, was: 1 },
      { operator_id: null, was: 1, would: 1 },
    ],
  });
  expect(trial({ lines: [0] })).toMatchObject({
    contacts: 2,
    otherwise: 1,
    operators: [
      { was: 1, would: 1 },
      { operator_id: null, was: 1, would: 0 },
      { operator_id: boris, was: 0, would: 1 },
    ],
  });
  const { lead_id } = await submit({ external_id: 'own', attributes: { language: 'en' } });
  await desk.do((write) => updateLead(write, lead_id, { pinned_operator_id: boris }));
  expect(trial({ needs: ['language'], lines: [0] })).toMatchObject({ contacts: 3, otherwise: 1 });
  expect(trial({ owner: { mode: 'days', days: 1, wait_seconds: 0 } })).toMatchObject({ contacts: 3, otherwise: 1 });
});

test('a contact counts by what a rule decided before any person, and contacts from before the day do not count', async () => {
  const { desk, reporting, ids, submit, trial } = await scene([0, 0]);
  const { id } = await submit();
  await desk.do((write) => updateOperator(write, ids[1] ?? 0, { max_load: 1 }));
  expect(trial({}).contacts).toBe(1);
  await reporting.move(id, null);
  expect([trial({}).contacts, trial({}, desk.now + 24 * 3_600_000).contacts]).toEqual([1, 0]);
});
