import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { patternText } from './schedule-text.ts';

const t = ((key: string) => ({ 'inactive.lunch': 'обед', 'schedules.free': 'выходной' })[key] ?? key) as unknown as TFunction;
const work = (from: string, to: string) => ({ from, to, kind: 'work' as const });

test('equal days in a row are counted, and times are those of the clock, also after midnight', () => {
  const night = [work('20:00', '32:00'), { from: '25:00', to: '26:30', kind: 'lunch' as const }];
  expect(patternText([night, night, [], [], []], t)).toBe('2 × 20:00–08:00, обед 01:00–02:30; 3 × выходной');
  expect(patternText([[work('00:00', '24:00')], [work('12:00', '48:00')], [work('09:00', '18:00')]], t)).toBe('00:00–24:00; 12:00–00:00; 09:00–18:00');
});

test('of a long pattern the first runs of days are told', () => {
  const days = Array.from({ length: 30 }, (_, nth) => [work('09:00', `${10 + (nth % 2)}:00`)]);
  expect(patternText(days, t).split('; ')).toHaveLength(15);
  expect(patternText(days, t).endsWith('; …')).toBe(true);
});
