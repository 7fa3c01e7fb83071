import { expect, test } from 'vitest';
import type { DecisionRow } from '#shared/contract/entities.ts';
import type { Desk } from '#shared/distribution/kept-case.ts';
import { defaultRule } from '#shared/distribution/rule.ts';
import { caseOf } from './case-of.ts';

const [ANNA, BORIS, VERA] = [1, 2, 3];
const row = (operator_id: number, some: Partial<DecisionRow> = {}): DecisionRow => ({
  operator_id,
  name: '',
  weight: 1,
  load: 0,
  max_load: 2,
  is_active: true,
  line: 1,
  key: null,
  barred: null,
  passed_over: null,
  until: null,
  probability: 0,
  ...some,
});
const desk: Desk = {
  table: [ANNA, BORIS, VERA].map((operator_id) => ({ operator_id, weight: 1, load: 0, max_load: 2, is_active: true })),
  rule: { ...defaultRule, needs: ['language'], owner: { mode: 'days', days: 30, wait_seconds: 60 } },
  tagsOf: (operator_id) => (operator_id === ANNA ? [] : ['language:en']),
};
const contact = { source_id: 7, created_at: '2026-11-22T09:00:00.000Z', attributes: { language: 'en', phone: 'not kept' } };
const decision = {
  kind: 'draw' as const,
  at: '2026-11-22T09:00:02.900Z',
  table: [row(ANNA), row(BORIS, { load: 2, passed_over: 'full' }), row(VERA)],
  owner_id: null,
  operator_id: VERA,
  waiting_reason: null,
};

test('a decision is kept as a case: who was on line and full, how long it had waited, and only the attributes that the rule names', () => {
  expect(caseOf(decision, contact, desk)).toEqual({
    source_id: 7,
    attributes: { language: 'en' },
    owner_id: null,
    waited_seconds: 2,
    on_line: [ANNA, BORIS, VERA],
    full: [BORIS],
    expected: { operator_id: VERA },
  });
});

test('several who could have got it are kept as their line, an own operator and a wait as they are', () => {
  const free = { ...decision, table: [row(ANNA), row(BORIS), row(VERA)] };
  expect(caseOf(free, contact, desk)?.expected).toEqual({ line: 1 });
  expect(caseOf({ ...free, kind: 'owner', owner_id: BORIS, operator_id: BORIS }, contact, desk)).toMatchObject({
    owner_id: BORIS,
    expected: { operator_id: BORIS },
  });
  const nobody = {
    ...decision,
    table: [row(ANNA), row(BORIS, { is_active: false, passed_over: 'inactive' })],
    operator_id: null,
    waiting_reason: 'nobody_fits' as const,
  };
  expect(caseOf(nobody, contact, desk)).toMatchObject({ on_line: [ANNA], expected: { waiting_reason: 'nobody_fits' } });
});

test('a decision that a case could not explain is not kept', () => {
  expect(caseOf({ ...decision, kind: 'manual' }, contact, desk), 'by hand').toBe(null);
  expect(caseOf({ ...decision, operator_id: ANNA }, contact, desk), 'under another rule').toBe(null);
  expect(caseOf({ ...decision, operator_id: null, waiting_reason: 'let_go' }, contact, desk), 'for another reason').toBe(null);
});
