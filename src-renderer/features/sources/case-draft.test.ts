import { expect, test } from 'vitest';
import { choiceOf, expectedIn, presentDraft, situationIn, turned } from './case-draft.ts';

const people = [
  { id: 1, is_active: true, load: 2, max_load: 2 },
  { id: 2, is_active: true, load: 0, max_load: 2 },
  { id: 3, is_active: false, load: 2, max_load: 2 },
];
const draft = presentDraft(people);

test('a case begins as the desk is now', () => {
  expect(draft).toEqual({ attributes: '', waited: '0', owner_id: null, on_line: [1, 2], full: [1], expected: null });
});

test('an operator goes round: off, on line, full, off', () => {
  const on = turned(draft, 3);
  expect([on.on_line, on.full]).toEqual([[1, 2, 3], [1]]);
  const full = turned(on, 3);
  expect([full.on_line, full.full]).toEqual([
    [1, 2, 3],
    [1, 3],
  ]);
  expect(turned(full, 3)).toEqual(draft);
});

test('a draft is a situation, or names the field that is not valid', () => {
  const filled = { ...draft, attributes: ' language=en, vip : да,', waited: ' 90 ', owner_id: 3 };
  expect(situationIn(7, filled)).toEqual({
    source_id: 7,
    attributes: { language: 'en', vip: 'да' },
    owner_id: 3,
    waited_seconds: 90,
    on_line: [1, 2],
    full: [1],
  });
  for (const attributes of ['language', 'language=', '=en', `${'x'.repeat(101)}=1`])
    expect([attributes, situationIn(7, { ...draft, attributes })]).toEqual([attributes, 'attributes']);
  for (const waited of ['', '-1', '1.5', 'x', '86401']) expect([waited, situationIn(7, { ...draft, waited })]).toEqual([waited, 'waited']);
});

test('a choice of a list is what was expected', () => {
  for (const expected of [{ operator_id: 3 }, { line: 2 }, { waiting_reason: 'all_full' }] as const) expect(expectedIn(choiceOf(expected))).toEqual(expected);
  expect(expectedIn(null)).toBe(null);
});
