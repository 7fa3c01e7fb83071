import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { dayOf, dayOfText, hourOf, hoursBetween, localClock, textOfDay, weekdayOf, zoneBetween } from '#shared/zone.ts';
import { calendar } from './calendar.ts';

const HOUR = 3_600_000;
const ZONES = [
  'UTC',
  'Europe/Moscow',
  'Europe/Berlin',
  'America/Sao_Paulo', // until 2019 its clocks went forward at midnight: some days have no 00:30
  'America/Havana',
  'Asia/Kathmandu',
  'Australia/Lord_Howe', // shifts by half an hour
  'Africa/Casablanca',
  'Pacific/Apia', // skipped 30 December 2011
  'Pacific/Chatham',
  'Asia/Pyongyang',
];
const FROM = Date.UTC(2010, 0, 1);
const UNTIL = Date.UTC(2028, 0, 1);

/** Local time in the zone according to the runtime's own calendar. */
function shown(timeZone: string, at: number) {
  const parts = new Intl.DateTimeFormat('en', { timeZone, weekday: 'short', hour: 'numeric', hourCycle: 'h23' }).formatToParts(at);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return { day: calendar(timeZone)(at), hour: Number(of('hour')), weekday: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(of('weekday')) + 1 };
}

describe.each(ZONES)('in %s', (timeZone) => {
  const zone = zoneBetween(timeZone, FROM, UNTIL);

  property.prop([fc.array(fc.integer({ min: FROM, max: UNTIL - 1 }), { minLength: 1, maxLength: 20 })], { numRuns: 60 })(
    'day, hour and weekday are those that the clock shows, in any order of queries',
    (moments) => {
      const local = localClock(zone);
      for (const at of moments) {
        const day = dayOf(local(at));
        expect({ day: textOfDay(day), hour: hourOf(local(at)), weekday: weekdayOf(day) }).toEqual(shown(timeZone, at));
      }
    },
  );

  test('they are right before and after every clock change', () => {
    const local = localClock(zone);
    for (const start of zone.starts.slice(1))
      for (const at of [start - HOUR, start - 1, start, start + HOUR])
        expect({ at, day: textOfDay(dayOf(local(at))), hour: hourOf(local(at)) }).toEqual({ at, day: shown(timeZone, at).day, hour: shown(timeZone, at).hour });
  });

  property.prop([fc.integer({ min: FROM, max: UNTIL - 40 * 24 * HOUR }), fc.integer({ min: 1, max: 40 * 24 * HOUR })], { numRuns: 40 })(
    'the hours cover the span without a gap, and each moment lies in its own',
    (from, ms) => {
      const hours = hoursBetween(zone, from, from + ms);
      const local = localClock(zone);
      expect(hours.bounds[0]).toBeLessThanOrEqual(from);
      expect(hours.bounds.at(-1)).toBe(from + ms);
      hours.locals.forEach((clock, i) => {
        const [start = 0, end = 0] = hours.bounds.subarray(i, i + 2);
        expect(end - start).toBeGreaterThan(0);
        expect(end - start).toBeLessThanOrEqual(HOUR);
        expect([local(start), hourOf(local(end - 1)), hours.indexOf(start), hours.indexOf(end - 1)]).toEqual([clock, hourOf(clock), i, i]);
      });
    },
  );
});

test('all days of a year have the right number of hours', () => {
  const hoursOfDays = (timeZone: string, year: number) => {
    const zone = zoneBetween(timeZone, Date.UTC(year - 1, 11, 30), Date.UTC(year + 1, 0, 3));
    const hours = hoursBetween(zone, Date.UTC(year - 1, 11, 30), Date.UTC(year + 1, 0, 3));
    const lengths: Record<string, number> = {};
    hours.locals.forEach((local, i) => {
      const day = textOfDay(dayOf(local));
      if (!day.startsWith(`${year}`)) return;
      lengths[day] = (lengths[day] ?? 0) + ((hours.bounds[i + 1] ?? 0) - (hours.bounds[i] ?? 0)) / HOUR;
    });
    return Object.fromEntries(Object.entries(lengths).filter(([, length]) => length !== 24));
  };
  expect(hoursOfDays('Europe/Berlin', 2026)).toEqual({ '2026-03-29': 23, '2026-10-25': 25 });
  expect(hoursOfDays('Australia/Lord_Howe', 2026)).toEqual({ '2026-04-05': 24.5, '2026-10-04': 23.5 });
  expect(hoursOfDays('America/Sao_Paulo', 2018)).toEqual({ '2018-02-17': 25, '2018-11-04': 23 });
  expect(hoursOfDays('Asia/Kathmandu', 2026)).toEqual({});
});

test('a day and its number agree', () => {
  expect([dayOfText('1970-01-01'), dayOfText('2026-11-22'), textOfDay(dayOfText('2028-02-29')), weekdayOf(dayOfText('2026-11-22'))]).toEqual([
    0,
    20779,
    '2028-02-29',
    7,
  ]);
});
