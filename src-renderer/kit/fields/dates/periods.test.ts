import { describe, expect, test } from 'vitest';
import { daysOf } from './periods.ts';

const TODAY = '2026-11-22'; // a Sunday

describe('the usual periods', () => {
  test.each([
    ['today', '2026-11-22', '2026-11-22'],
    ['yesterday', '2026-11-21', '2026-11-21'],
    ['week', '2026-11-16', '2026-11-22'],
    ['last_week', '2026-11-09', '2026-11-15'],
    ['days_7', '2026-11-16', '2026-11-22'],
    ['days_30', '2026-10-24', '2026-11-22'],
    ['month', '2026-11-01', '2026-11-22'],
    ['last_month', '2026-10-01', '2026-10-31'],
    ['year', '2026-01-01', '2026-11-22'],
  ] as const)('%s', (period, from, to) => {
    expect(daysOf(period, TODAY)).toEqual({ from, to });
  });

  test('across the end of a year', () => {
    expect(daysOf('last_month', '2027-01-01')).toEqual({ from: '2026-12-01', to: '2026-12-31' });
    expect(daysOf('week', '2027-01-01')).toEqual({ from: '2026-12-28', to: '2027-01-01' });
  });
});
