import { expect, test } from 'vitest';
import { dayIn, dayLine, daysIn } from './pattern-text.ts';

const work = (from: string, to: string) => ({ from, to, kind: 'work' });
const lunch = (from: string, to: string) => ({ from, to, kind: 'lunch' });

test.each([
  ['9-18', [work('09:00', '18:00')], '09:00–18:00'],
  [' 09:30 – 18:15 ', [work('09:30', '18:15')], '09:30–18:15'],
  ['9-18, обед 13-14', [work('09:00', '18:00'), lunch('13:00', '14:00')], '09:00–18:00, обед 13:00–14:00'],
  ['9-13, 15-19', [work('09:00', '13:00'), work('15:00', '19:00')], '09:00–13:00, 15:00–19:00'],
  ['20-8', [work('20:00', '32:00')], '20:00–08:00'],
  ['20-8, Lunch 1-2', [work('20:00', '32:00'), lunch('25:00', '26:00')], '20:00–08:00, обед 01:00–02:00'],
  ['8-8', [work('08:00', '32:00')], '08:00–08:00'],
  ['0-24', [work('00:00', '24:00')], '00:00–24:00'],
  ['', [], 'выходной'],
  ['выходной', [], 'выходной'],
  ['-', [], 'выходной'],
])('the line %j says what it says, and is written so that it says the same', (line, day, written) => {
  expect(dayIn(line)).toEqual(day);
  expect(dayLine(dayIn(line) ?? [], { lunch: 'обед', free: 'выходной' })).toBe(written);
  expect(dayIn(written)).toEqual(day);
});

test.each(['9', '9-', '9-18-20', '25-26', '9:70-18', '9-49', 'работа 9-18', '9-18; 19-20'])('%j cannot be read', (line) => {
  expect(dayIn(line)).toBeNull();
});

test('each line is a day, and the first one that cannot be read is named', () => {
  expect(daysIn('9-21\n\n9-21\noff\n\n')).toEqual({ days: [[work('09:00', '21:00')], [], [work('09:00', '21:00')], []], wrong: null });
  expect(daysIn('9-21\n9 до 21\nx').wrong).toBe(2);
});
