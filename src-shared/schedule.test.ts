import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { boundariesBetween, type Hours, type Interval, type Phase, piecesBetween, presenceAt, type Schedule } from './schedule.ts';
import { DAY_MS } from './time.ts';
import { dayOfText, textOfDay } from './zone.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const work = (from: string, to: string): Interval => ({ from, to, kind: 'work' });
const lunch = (from: string, to: string): Interval => ({ from, to, kind: 'lunch' });
const at = (time: string): number => Date.parse(time);

function schedule(days: Schedule['days'], more: Partial<Schedule> = {}): Schedule {
  return { name: 'Day', time_zone: 'Europe/Moscow', anchor_date: '2026-12-01', days, exceptions: [], ...more };
}

const shifts = (hours: Hours, from: string, to: string) =>
  piecesBetween(hours, dayOfText(from), dayOfText(to)).map((one) => ({ day: textOfDay(one.day), kind: one.kind, hours: (one.to - one.from) / HOUR }));

describe('local times become moments', () => {
  const night = (zone: string): Hours => ({ schedule: schedule([[work('22:00', '30:00')]], { time_zone: zone }) });

  test.each([
    ['2026-03-28', 7],
    ['2026-10-24', 9],
    ['2026-06-01', 8],
  ])('a night in Berlin that begins on %s has %d hours', (day, hours) => {
    expect(shifts(night('Europe/Berlin'), day, day)).toEqual([{ day, kind: 'work', hours }]);
  });

  test('what the clock leaps over is empty', () => {
    const hours = { schedule: schedule([[work('02:15', '02:45')]], { time_zone: 'Europe/Berlin' }) };
    expect(shifts(hours, '2026-03-28', '2026-03-30').map(({ day }) => day)).toEqual(['2026-03-28', '2026-03-30']);
  });

  test('the same times in Moscow and Novosibirsk are four hours apart, also as the own zone of a person', () => {
    const moscow: Hours = { schedule: schedule([[work('09:00', '18:00')]]) };
    const begins = (hours: Hours) => piecesBetween(hours, dayOfText('2026-12-01'), dayOfText('2026-12-01'))[0]?.from ?? 0;
    expect(begins(moscow)).toBe(at('2026-12-01T06:00:00Z'));
    expect(begins(moscow) - begins({ ...moscow, time_zone: 'Asia/Novosibirsk' })).toBe(4 * HOUR);
  });
});

describe('a pattern repeats', () => {
  const two: Schedule = schedule([[work('09:00', '21:00')], [work('09:00', '21:00')], [], []]);
  const days = (hours: Hours, from: string, to: string) => shifts(hours, from, to).map(({ day }) => Number(day.slice(8)));

  test('two days on and two off, also before its anchor', () => {
    expect(days({ schedule: two }, '2026-12-01', '2026-12-08')).toEqual([1, 2, 5, 6]);
    expect(days({ schedule: two }, '2026-11-23', '2026-11-30')).toEqual([23, 24, 27, 28]);
  });

  test('two days later for whoever has an offset of two', () => {
    expect(days({ schedule: two, shift_offset: 2 }, '2026-12-01', '2026-12-08')).toEqual([3, 4, 7, 8]);
  });

  test('a day and a night in four days: one shift and one handover', () => {
    const hours: Hours = { schedule: schedule([[work('08:00', '32:00')], [], [], []]) };
    expect(shifts(hours, '2026-12-01', '2026-12-04')).toEqual([{ day: '2026-12-01', kind: 'work', hours: 24 }]);
    expect(boundariesBetween(hours, at('2026-12-01T00:00:00Z'), at('2026-12-05T00:00:00Z'))).toEqual([
      { at: at('2026-12-01T05:00:00Z'), phase: 'work' },
      { at: at('2026-12-02T05:00:00Z'), phase: 'off' },
    ]);
  });

  test('shifts that touch are one, without a boundary, and one that never ends has none', () => {
    const always: Hours = { schedule: schedule([[work('00:00', '24:00')]]) };
    expect(boundariesBetween(always, at('2026-12-01T00:00:00Z'), at('2026-12-30T00:00:00Z'))).toEqual([]);
    const { phase, until, shift } = presenceAt(always, at('2026-12-03T12:00:00Z'));
    expect([phase, until, shift?.to]).toEqual(['work', null, null]);
  });

  test('exceptions: those of a person go before those of the schedule, which go before the pattern', () => {
    const exceptions = [
      { date: '2026-12-01', intervals: [], note: 'holiday' },
      { date: '2026-12-02', intervals: [work('09:00', '12:00')], note: null },
    ];
    const hours: Hours = {
      schedule: { ...two, exceptions },
      exceptions: { '2026-12-01': { intervals: [work('10:00', '11:00')] }, '2026-12-05': { intervals: [] } },
    };
    expect(shifts(hours, '2026-12-01', '2026-12-06').map(({ day, hours: h }) => [Number(day.slice(8)), h])).toEqual([
      [1, 1],
      [2, 3],
      [6, 12],
    ]);
  });
});

describe('within a shift', () => {
  const day: Hours = { schedule: schedule([[work('09:00', '18:00'), lunch('13:00', '14:00')]]), closing_seconds: 600 };
  const clock = ({ at: moment, phase }: { at: number; phase: Phase }) => `${new Date(moment + 3 * HOUR).toISOString().slice(11, 16)} ${phase}`;

  test('lunch is no work, and before its end the shift closes', () => {
    expect(boundariesBetween(day, at('2026-12-01T00:00:00Z'), at('2026-12-02T00:00:00Z')).map(clock)).toEqual([
      '09:00 work',
      '13:00 lunch',
      '14:00 work',
      '17:50 closing',
      '18:00 off',
    ]);
    expect(presenceAt(day, at('2026-12-01T10:30:00Z'))).toEqual({
      phase: 'lunch',
      until: at('2026-12-01T11:00:00Z'),
      shift: { from: at('2026-12-01T06:00:00Z'), to: at('2026-12-01T15:00:00Z') },
    });
  });

  test('a shift until midnight closes before midnight, and not if the next day goes on', () => {
    const late: Hours = { schedule: schedule([[work('20:00', '24:00')]]), closing_seconds: 600 };
    expect(presenceAt(late, at('2026-12-01T20:55:00Z')).phase).toBe('closing');
    const on: Hours = { schedule: schedule([[work('20:00', '24:00')], [work('00:00', '04:00')]]), closing_seconds: 600 };
    expect(presenceAt(on, at('2026-12-01T20:55:00Z')).phase).toBe('work');
  });

  test('intervals that overlap join, and lunch outside of work is none', () => {
    const hours: Hours = { schedule: schedule([[work('12:00', '18:00'), work('09:00', '13:00'), lunch('08:00', '08:30'), lunch('17:30', '19:00')]]) };
    expect(boundariesBetween(hours, at('2026-12-01T00:00:00Z'), at('2026-12-02T00:00:00Z')).map(clock)).toEqual(['09:00 work', '17:30 lunch', '18:00 off']);
  });
});

/** What the clock of the zone shows at each quarter of an hour, or has already shown: another way than offsets to know when a local time is reached. */
function reached(zone: string, from: number, quarters: number): number[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  let most = Number.NEGATIVE_INFINITY;
  return Array.from({ length: quarters }, (_, i) => {
    most = Math.max(most, Date.parse(`${format.format(from + i * 15 * MINUTE).replace(' ', 'T')}:00Z`));
    return most;
  });
}

const quarter = (n: number) => `${String(Math.floor(n / 4)).padStart(2, '0')}:${String(15 * (n % 4)).padStart(2, '0')}`;
const interval = fc
  .record({
    from: fc.integer({ min: 0, max: 95 }),
    length: fc.integer({ min: 1, max: 96 }),
    kind: fc.constantFrom('work' as const, 'work' as const, 'lunch' as const),
  })
  .map(({ from, length, kind }): Interval => ({ from: quarter(from), to: quarter(from + length), kind }));
const days = fc.array(fc.array(interval, { maxLength: 3 }), { minLength: 1, maxLength: 8 });
/** Days around which clocks change. */
const changes = [
  'Europe/Berlin 2026-03-29',
  'Europe/Berlin 2026-10-25',
  'America/Sao_Paulo 2018-11-04',
  'Australia/Lord_Howe 2026-04-05',
  'Africa/Casablanca 2026-02-15',
  'Asia/Kathmandu 2026-06-01',
];
const scenes = fc.record({
  days,
  where: fc.constantFrom(...changes),
  shift_offset: fc.integer({ min: -3, max: 60 }),
  closing_seconds: fc.constantFrom(0, 900, 3600),
  own: fc.option(fc.array(interval, { maxLength: 2 })),
});

function hoursOf({ days, where, shift_offset, closing_seconds, own }: typeof scenes extends fc.Arbitrary<infer T> ? T : never): {
  hours: Hours;
  zone: string;
  day: number;
} {
  const [zone = '', date = ''] = where.split(' ');
  const exceptions = own ? { [date]: { intervals: own } } : {};
  return { hours: { schedule: schedule(days, { time_zone: zone }), shift_offset, closing_seconds, exceptions }, zone, day: dayOfText(date) };
}

property.prop([scenes], { numRuns: 50 })('at every quarter of an hour somebody is at work as the clock of the zone shows, whatever it does', (scene) => {
  const { hours, zone, day } = hoursOf(scene);
  const from = (day - 1) * DAY_MS;
  const shown = reached(zone, from - 3 * DAY_MS, 96 * 6);
  const plain = { ...hours, closing_seconds: 0 };
  const { schedule: its, shift_offset = 0, exceptions } = hours;
  const minutes = (time: string) => 60 * Number(time.slice(0, 2)) + Number(time.slice(3));
  const isIn = (moment: number, kind: Interval['kind']) =>
    Array.from({ length: 9 }, (_, i) => day - 5 + i).some((one) => {
      const n = its.days.length;
      const pattern = its.days[(((one - dayOfText(its.anchor_date) - shift_offset) % n) + n) % n] ?? [];
      const intervals = exceptions?.[textOfDay(one)]?.intervals ?? pattern;
      const local = shown[(moment - from + 3 * DAY_MS) / (15 * MINUTE)] ?? 0;
      return intervals.some(
        (part) => part.kind === kind && one * DAY_MS + minutes(part.from) * MINUTE <= local && local < one * DAY_MS + minutes(part.to) * MINUTE,
      );
    });
  for (let i = 0; i < 96 * 2; i++) {
    const moment = from + i * 15 * MINUTE;
    const expected = !isIn(moment, 'work') ? 'off' : isIn(moment, 'lunch') ? 'lunch' : 'work';
    expect(presenceAt(plain, moment).phase, new Date(moment).toISOString()).toBe(expected);
  }
});

property.prop([scenes], { numRuns: 200 })(
  'pieces never overlap, boundaries strictly increase and always change something, and each is the next one of the one before',
  (scene) => {
    const { hours, day } = hoursOf(scene);
    const pieces = piecesBetween(hours, day - 3, day + 6);
    pieces.forEach((one, i) => {
      expect(one.from).toBeLessThan(one.to);
      expect(one.from).toBeGreaterThanOrEqual(pieces[i - 1]?.to ?? 0);
    });
    const [from, to] = [(day - 2) * DAY_MS, (day + 5) * DAY_MS];
    const boundaries = boundariesBetween(hours, from, to);
    let [moment, phase] = [from, presenceAt(hours, from).phase];
    for (const one of boundaries) {
      expect([one.at > moment, one.phase !== phase, presenceAt(hours, moment).until, presenceAt(hours, one.at).phase]).toEqual([true, true, one.at, one.phase]);
      [moment, phase] = [one.at, one.phase];
    }
    const last = presenceAt(hours, moment).until;
    expect(last === null || last > to).toBe(true);
  },
);
