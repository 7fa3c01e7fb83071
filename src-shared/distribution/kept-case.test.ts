import { describe, expect, test } from 'vitest';
import { type Desk, type Expected, expecting, isExpected, outcomeOf, type Situation } from './kept-case.ts';
import { defaultRule, type Rule } from './rule.ts';
import { strategyNames } from './strategies.ts';

const [ANNA, BORIS, VERA, DUTY] = [1, 2, 3, 4];
const everybody = [ANNA, BORIS, VERA, DUTY];
const tags: Readonly<Record<number, readonly string[]>> = { [BORIS]: ['language:en'], [DUTY]: ['Language:EN', 'vip'] };

/** Anna and Boris, Vera with weight 0, and the one on duty on line 2. */
const deskUnder = (rule: Partial<Rule>): Desk => ({
  table: everybody.map((operator_id) => ({
    operator_id,
    weight: operator_id === VERA ? 0 : 1,
    load: 3,
    max_load: operator_id === DUTY ? 2 : 5,
    is_active: false,
  })),
  rule: { ...defaultRule, line_of: { [DUTY]: 2 }, ...rule },
  tagsOf: (operator_id) => tags[operator_id] ?? [],
});
const situation = (some: Partial<Situation> = {}): Situation => ({
  source_id: 1,
  attributes: {},
  owner_id: null,
  waited_seconds: 0,
  on_line: everybody,
  full: [],
  ...some,
});

const needs: Partial<Rule> = { needs: ['language'], needs_seconds: 600 };
const owned: Partial<Rule> = { owner: { mode: 'days', days: 30, wait_seconds: 120 } };
const lined: Partial<Rule> = { lines: [60] };

const cases: Readonly<Record<string, readonly [Partial<Rule>, Partial<Situation>, Expected]>> = {
  'whoever is on line 1, not the one without weight': [{}, {}, { line: 1 }],
  'the only one on line': [{}, { on_line: [ANNA] }, { operator_id: ANNA }],
  'nobody on line': [{}, { on_line: [] }, { waiting_reason: 'nobody_active' }],
  'all full': [lined, { on_line: [ANNA, BORIS], full: [ANNA, BORIS] }, { waiting_reason: 'all_full' }],
  'one full, the other free': [{}, { on_line: [ANNA, BORIS], full: [ANNA] }, { operator_id: BORIS }],
  'no weight': [{}, { on_line: [VERA] }, { waiting_reason: 'nobody_active' }],
  'line 2 still closed': [lined, { on_line: [ANNA, DUTY], full: [ANNA], waited_seconds: 59 }, { waiting_reason: 'line_closed' }],
  'line 2 open': [lined, { on_line: [ANNA, DUTY], full: [ANNA], waited_seconds: 60 }, { operator_id: DUTY }],
  'line 2 at once, as nobody is on line 1': [lined, { on_line: [DUTY] }, { operator_id: DUTY }],
  'not so if it does not open early': [{ ...lined, open_early: false }, { on_line: [DUTY] }, { waiting_reason: 'line_closed' }],
  'a tag': [needs, { attributes: { language: 'en' }, on_line: [ANNA, BORIS] }, { operator_id: BORIS }],
  'a tag that only the one on duty has': [{ ...needs, ...lined }, { attributes: { language: 'en' }, on_line: [ANNA, DUTY] }, { operator_id: DUTY }],
  'a tag of nobody on line': [needs, { attributes: { language: 'en' }, on_line: [ANNA] }, { waiting_reason: 'nobody_fits' }],
  'a tag that is no longer asked for': [needs, { attributes: { language: 'en' }, on_line: [ANNA], waited_seconds: 600 }, { operator_id: ANNA }],
  'an attribute that the rule does not name': [{}, { attributes: { language: 'en' }, on_line: [ANNA] }, { operator_id: ANNA }],
  'the own operator': [owned, { owner_id: BORIS }, { operator_id: BORIS }],
  'the own operator on a closed line': [{ ...owned, ...lined }, { owner_id: DUTY }, { operator_id: DUTY }],
  'the own operator is full, and waited for': [owned, { owner_id: BORIS, full: [BORIS] }, { waiting_reason: 'owner_busy' }],
  'the own operator is full, and has been waited for': [owned, { owner_id: BORIS, full: [BORIS], waited_seconds: 120 }, { operator_id: ANNA }],
  'the own operator is off': [owned, { owner_id: BORIS, on_line: [ANNA, DUTY] }, { operator_id: ANNA }],
  'the rule asks for no own operator': [{}, { owner_id: BORIS }, { line: 1 }],
  'too costly for a limit': [{ cost: 4 }, { on_line: [ANNA, DUTY], full: [ANNA] }, { waiting_reason: 'all_full' }],
  'as costly as a limit': [{ cost: 5 }, { on_line: [ANNA, DUTY] }, { operator_id: ANNA }],
};

/** The cases whose outcome is not the expected one. */
const broken = (decide: typeof outcomeOf): string[] =>
  Object.entries(cases).flatMap(([name, [rule, some, expected]]) => (isExpected(expected, decide(situation(some), deskUnder(rule))) ? [] : [name]));

describe('a kept case', () => {
  test.each(Object.entries(cases))('holds: %s', (_name, [rule, some, expected]) => {
    const outcome = outcomeOf(situation(some), deskUnder(rule));
    expect(isExpected(expected, outcome)).toBe(true);
    expect(expecting(outcome), 'what is kept of an outcome is what it expects').toEqual(expected);
  });

  test.each<[string, typeof outcomeOf]>([
    ['the owner', (one, desk) => outcomeOf({ ...one, owner_id: null }, desk)],
    ['the wait', (one, desk) => outcomeOf({ ...one, waited_seconds: 0 }, desk)],
    ['the attributes', (one, desk) => outcomeOf({ ...one, attributes: {} }, desk)],
    ['who is full', (one, desk) => outcomeOf({ ...one, full: [] }, desk)],
    ['who is on line', (one, desk) => outcomeOf({ ...one, on_line: everybody }, desk)],
    ['lines', (one, desk) => outcomeOf(one, { ...desk, rule: { ...desk.rule, line_of: {} } })],
    ['the cost', (one, desk) => outcomeOf(one, { ...desk, rule: { ...desk.rule, cost: 1 } })],
    ['tags', (one, desk) => outcomeOf(one, { ...desk, tagsOf: () => [] })],
  ])('would be noticed to break if %s made no difference', (_what, mutant) => {
    expect(broken(outcomeOf)).toEqual([]);
    expect(broken(mutant)).not.toEqual([]);
  });

  test('does not depend on the strategy, nor on what anybody holds now', () => {
    for (const strategy of strategyNames)
      expect(
        broken((one, desk) => outcomeOf(one, { ...desk, rule: { ...desk.rule, strategy } })),
        strategy,
      ).toEqual([]);
    expect(broken((one, desk) => outcomeOf(one, { ...desk, table: desk.table.map((row) => ({ ...row, load: 0, is_active: true })) }))).toEqual([]);
  });

  test('that expects one operator does not hold while another may get it as well', () => {
    const outcome = outcomeOf(situation({ on_line: [ANNA, BORIS] }), deskUnder({}));
    expect(outcome).toEqual({ takers: [ANNA, BORIS], line: 1, waiting_reason: null });
    expect(isExpected({ operator_id: ANNA }, outcome)).toBe(false);
    expect(isExpected({ line: 2 }, outcome)).toBe(false);
    expect(isExpected({ waiting_reason: 'all_full' }, outcome)).toBe(false);
  });
});
