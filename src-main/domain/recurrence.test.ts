import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { dayOf, localClock, weekdayOf, zoneBetween } from '#shared/zone.ts';
import { dueAfter, periodBefore, type Recurrence } from './recurrence.ts';

const at = (time: string): number => Date.parse(time);
const daily = (minute: number): Recurrence => ({ every: 'day', weekday: 1, minute });

test.each([
  { when: 'in winter', zone: 'Europe/Berlin', after: '2026-01-10T05:59:59Z', due: '2026-01-10T06:00:00Z', minute: 7 * 60 },
  { when: 'at the very moment it is due: the next day', zone: 'Europe/Berlin', after: '2026-01-10T06:00:00Z', due: '2026-01-11T06:00:00Z', minute: 7 * 60 },
  { when: 'over the leap into summer time', zone: 'Europe/Berlin', after: '2026-03-28T06:00:00Z', due: '2026-03-29T05:00:00Z', minute: 7 * 60 },
  { when: 'at a time that the clock leaps over', zone: 'Europe/Berlin', after: '2026-03-28T20:00:00Z', due: '2026-03-29T01:00:00Z', minute: 150 },
  { when: 'at a time that the clock shows twice: the first', zone: 'Europe/Berlin', after: '2026-10-24T20:00:00Z', due: '2026-10-25T00:30:00Z', minute: 150 },
  { when: 'at a midnight that there is not', zone: 'America/Sao_Paulo', after: '2018-11-03T12:00:00Z', due: '2018-11-04T03:00:00Z', minute: 0 },
  { when: 'in a zone with quarters', zone: 'Asia/Kathmandu', after: '2026-01-10T00:00:00Z', due: '2026-01-10T01:15:00Z', minute: 7 * 60 },
])('every day, $when', ({ zone, after, due, minute }) => {
  expect(new Date(dueAfter(daily(minute), zone, at(after))).toISOString()).toBe(new Date(due).toISOString());
});

test('every week on its weekday', () => {
  const weekly: Recurrence = { every: 'week', weekday: 1, minute: 8 * 60 };
  expect(new Date(dueAfter(weekly, 'Europe/Moscow', at('2026-11-22T12:00:00Z'))).toISOString()).toBe('2026-11-23T05:00:00.000Z');
  expect(new Date(dueAfter(weekly, 'Europe/Moscow', at('2026-11-23T05:00:00Z'))).toISOString()).toBe('2026-11-30T05:00:00.000Z');
});

describe('the period', () => {
  test('is the day before, or the last week from Monday to Sunday', () => {
    expect(periodBefore(daily(420), 'Europe/Moscow', at('2026-11-22T04:00:00Z'))).toEqual({ from: '2026-11-21', to: '2026-11-21' });
    expect(periodBefore({ every: 'week', weekday: 3, minute: 0 }, 'Europe/Moscow', at('2026-11-25T00:00:00Z'))).toEqual({
      from: '2026-11-16',
      to: '2026-11-22',
    });
  });
});

property.prop([
  fc.constantFrom('UTC', 'Europe/Berlin', 'America/Havana', 'Australia/Lord_Howe', 'Africa/Casablanca'),
  fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2027, 0) }),
  fc.record({ every: fc.constantFrom('day' as const, 'week' as const), weekday: fc.integer({ min: 1, max: 7 }), minute: fc.integer({ min: 0, max: 1439 }) }),
])('once a day or week: each due day follows the one before, on the right weekday', (zone, start, recurrence) => {
  const first = dueAfter(recurrence, zone, start);
  const second = dueAfter(recurrence, zone, first);
  const local = localClock(zoneBetween(zone, start, second + 86_400_000));
  expect(dayOf(local(second)) - dayOf(local(first))).toBe(recurrence.every === 'day' ? 1 : 7);
  expect(recurrence.every === 'day' || weekdayOf(dayOf(local(first))) === recurrence.weekday).toBe(true);
});
