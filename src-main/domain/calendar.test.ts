import { describe, expect, test } from 'vitest';
import { calendar } from './calendar.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('the day of a moment', () => {
  test.each([
    ['Europe/Moscow', '2026-11-22T20:59:59.999Z', '2026-11-22'],
    ['Europe/Moscow', '2026-11-22T21:00:00.000Z', '2026-11-23'],
    ['UTC', '2026-12-31T23:59:59.999Z', '2026-12-31'],
    ['UTC', '2027-01-01T00:00:00.000Z', '2027-01-01'],
    ['Asia/Kathmandu', '2026-11-22T18:14:59.999Z', '2026-11-22'],
    ['Asia/Kathmandu', '2026-11-22T18:15:00.000Z', '2026-11-23'],
    ['Pacific/Kiritimati', '2026-11-22T10:00:00.000Z', '2026-11-23'],
    ['Pacific/Pago_Pago', '2026-11-22T10:59:59.999Z', '2026-11-21'],
    ['UTC', '2028-02-29T12:00:00.000Z', '2028-02-29'],
  ])('in %s of %s is %s', (timeZone, at, day) => {
    expect(calendar(timeZone)(Date.parse(at))).toBe(day);
  });

  test.each([
    { timeZone: 'Europe/Berlin', day: '2026-03-29', midnight: '2026-03-28T23:00:00Z', hours: 23 },
    { timeZone: 'Europe/Berlin', day: '2026-10-25', midnight: '2026-10-24T22:00:00Z', hours: 25 },
    { timeZone: 'America/New_York', day: '2026-03-08', midnight: '2026-03-08T05:00:00Z', hours: 23 },
    { timeZone: 'America/New_York', day: '2026-11-01', midnight: '2026-11-01T04:00:00Z', hours: 25 },
    { timeZone: 'Australia/Lord_Howe', day: '2026-04-05', midnight: '2026-04-04T13:00:00Z', hours: 24.5 },
    { timeZone: 'Africa/Cairo', day: '2026-04-24', midnight: '2026-04-23T22:00:00Z', hours: 23 },
    { timeZone: 'Europe/Moscow', day: '2026-03-29', midnight: '2026-03-28T21:00:00Z', hours: 24 },
  ])('$day has $hours hours in $timeZone', ({ timeZone, day, midnight, hours }) => {
    const dayOf = calendar(timeZone);
    const start = Date.parse(midnight);
    const end = start + hours * HOUR;
    const within: boolean[] = [];
    for (let at = start - 2 * HOUR; at < end + 2 * HOUR; at += MINUTE) within.push(dayOf(at) === day);
    expect({ minutes: within.filter(Boolean).length, starts: within.indexOf(true), ends: within.lastIndexOf(true) }).toEqual({
      minutes: hours * 60,
      starts: 120,
      ends: 119 + hours * 60,
    });
  });

  test('does not depend on the order in which moments are queried', () => {
    const asked = calendar('Europe/Berlin');
    const moments = Array.from({ length: 400 }, (_, i) => Date.UTC(2026, 9, 24) + ((i * 7919) % 4000) * MINUTE);
    expect(moments.map(asked)).toEqual(moments.map((at) => calendar('Europe/Berlin')(at)));
  });
});
