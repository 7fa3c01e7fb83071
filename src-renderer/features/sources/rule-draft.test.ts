import { expect, test } from 'vitest';
import { defaultRule } from '#shared/distribution/rule.ts';
import { draftOf, lineProblems, patchOf, peopleOnLines, withLine } from './rule-draft.ts';

const rule = { ...defaultRule, lines: [60] };

test('a draft equal to the rule changes nothing, and another one contains only the differences', () => {
  const draft = draftOf(rule);
  expect(patchOf(rule, draft)).toEqual({});
  expect(patchOf(rule, { ...draft, strategy: 'even' })).toEqual({ strategy: 'even' });
  expect(patchOf(rule, { ...draft, lines: [' 060', '90'], open_early: false })).toEqual({ lines: [60, 90], open_early: false });
  expect(patchOf(rule, { ...draft, lines: [] })).toEqual({ lines: [] });
});

test.each([
  [
    ['60', '60', '61'],
    [null, null, null],
  ],
  [
    ['60', '59', '60'],
    [null, 'earlier', null],
  ],
  [
    ['', '5'],
    ['no_seconds', null],
  ],
  [['86400'], [null]],
  [['86401'], ['no_seconds']],
  [
    ['1.5', '-1', 'две'],
    ['no_seconds', 'no_seconds', 'no_seconds'],
  ],
])('lines after %j have the problems %j', (lines, problems) => {
  const draft = { ...draftOf(rule), lines };
  expect(lineProblems(draft)).toEqual(problems);
  expect(patchOf(rule, draft) === null).toBe(problems.some((problem) => problem !== null));
});

test('an added line opens a minute after the one before it, within a day, and there are at most five', () => {
  let draft = { ...draftOf(rule), lines: ['30'] };
  for (let nth = 0; nth < 5; nth++) draft = { ...withLine(draft), lines: [...withLine(draft).lines] };
  expect(draft.lines).toEqual(['30', '90', '150', '210']);
  expect(withLine({ ...draft, lines: ['86399'] }).lines).toEqual(['86399', '86400']);
});

test('operators are counted by line, up to the last line that opens or has operators', () => {
  const draft = { ...draftOf(rule), lines: ['60', '120'] };
  expect(peopleOnLines([1, 2, 3], { 2: 2 }, draft)).toEqual([2, 1, 0]);
  expect(peopleOnLines([1, 2], { 2: 5 }, { ...draft, lines: [] })).toEqual([1, 0, 0, 0, 1]);
  expect(peopleOnLines([], {}, { ...draft, lines: [] })).toEqual([0]);
});
