import { expect, test } from 'vitest';
import { defaultRule } from '#shared/distribution/rule.ts';
import { badHoles, draftOf, fresh, lineProblems, neededByNobody, parts, patchOf, peopleOnLines, tooSmallFor, withLine, withoutPart } from './rule-draft.ts';

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

test('a part that is added says something that holds, and taken out again it changes nothing', () => {
  for (const part of parts) {
    const draft = { ...draftOf(rule), [part]: part === 'hours' ? '3' : fresh[part] };
    expect([badHoles(draft), Object.keys(patchOf(rule, draft) ?? {}).length]).toEqual([[], 1]);
    expect(patchOf(rule, withoutPart(draft, part))).toEqual({});
  }
});

test('a rule with all its parts comes back from its draft as it was', () => {
  const full = {
    ...rule,
    owner: { mode: 'days', days: 3, wait_seconds: 90 },
    target_seconds: 300,
    accepts_target: true,
    urgency: 7,
    cost: 5,
    needs: ['language', 'город'],
    needs_seconds: 600,
    repeat: { mode: 'join', within_seconds: 100 },
    accept_seconds: 90,
    close_after_seconds: 100,
    schedule_id: 3,
  } as const;
  expect(patchOf(full, draftOf(full))).toEqual({});
  const none = {
    owner: defaultRule.owner,
    target_seconds: null,
    accepts_target: false,
    urgency: 1,
    cost: 1,
    needs: [],
    needs_seconds: null,
    repeat: defaultRule.repeat,
    accept_seconds: null,
    close_after_seconds: null,
    schedule_id: null,
  };
  expect(patchOf(full, parts.reduce(withoutPart, draftOf(full)))).toEqual(none);
  expect(patchOf(rule, { ...draftOf(full), lines: ['60'] })).toEqual({
    ...full,
    strategy: undefined,
    lines: undefined,
    open_early: undefined,
    line_of: undefined,
  });
});

test.each([
  [{ owner: { ...fresh.owner, days: '0' } }, ['days']],
  [{ owner: { mode: 'open' as const, days: 'x', wait: '1,5' } }, ['wait']],
  [{ target: { seconds: '', accepts: false } }, ['target']],
  [{ target: { seconds: '', accepts: true } }, []],
  [{ urgency: '101' }, ['urgency']],
  [{ cost: '0' }, ['cost']],
  [{ cost: '101' }, ['cost']],
  [{ repeat: { minutes: '0' } }, ['within']],
  [{ repeat: { minutes: '1,5' } }, []],
  [{ repeat: { minutes: '' } }, []],
  [{ repeat: { minutes: '527041' } }, ['within']],
  [{ needs: { attributes: ' , ', seconds: '' } }, ['attributes']],
  [{ needs: { attributes: 'language, language', seconds: '-1' } }, ['needs_for']],
])('%j has the bad holes %j', (part, holes) => {
  const draft = { ...draftOf(rule), ...part };
  expect(badHoles(draft)).toEqual(holes);
  expect(patchOf(rule, draft) === null).toBe(holes.length > 0);
});

test('an attribute that no operator has a tag for is named', () => {
  const draft = { ...draftOf(rule), needs: { attributes: 'language, region', seconds: '' } };
  expect(neededByNobody(draft, ['Language:en', 'vip'])).toEqual(['region']);
});

test('operators whose limit is below the cost are named: they could never take a contact', () => {
  const operators = [
    { id: 1, max_load: 4 },
    { id: 2, max_load: 5 },
  ];
  expect(tooSmallFor({ ...draftOf(rule), cost: '5' }, operators)).toEqual([1]);
  expect(tooSmallFor({ ...draftOf(rule), cost: '6' }, operators)).toEqual([1, 2]);
  expect([tooSmallFor(draftOf(rule), [{ id: 3, max_load: 0 }]), tooSmallFor({ ...draftOf(rule), cost: 'x' }, operators)]).toEqual([[], []]);
});
