import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { expectedIn, isUnusual, type Usual, usualOf } from './silence.ts';

const WEEK = 168;
const { array, double, integer, nat } = fc;

/** Numbers in 0 … 1 that are the same for the same seed. */
function numbers(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** When contacts come within so many hours, in hours: independently of each other, `bunch` at a time, at a rate for each hour of the week. */
function come(hours: number, rateOf: (of_week: number) => number, { seed, bunch = 1 }: { readonly seed: number; readonly bunch?: number }): number[] {
  const next = numbers(seed);
  const most = Math.max(...Array.from({ length: WEEK }, (_, of_week) => rateOf(of_week))) / bunch;
  const times: number[] = [];
  const gap = () => -Math.log(next()) / most;
  for (let at = gap(); at < hours; at += gap()) if (next() < rateOf(Math.floor(at) % WEEK) / bunch / most) for (let nth = 0; nth < bunch; nth++) times.push(at);
  return times;
}

const countsOf = (times: readonly number[], hours: number) => {
  const counts = new Array<number>(hours).fill(0);
  for (const at of times) counts[Math.floor(at)] = (counts[Math.floor(at)] ?? 0) + 1;
  return counts.map((count, hour) => ({ of_week: hour % WEEK, count }));
};

/** The hours, and parts of hours, between two moments. */
const hoursOf = (from: number, to: number) =>
  Array.from({ length: Math.ceil(to) - Math.floor(from) }, (_, i) => {
    const hour = Math.floor(from) + i;
    return { of_week: hour % WEEK, share: Math.min(to, hour + 1) - Math.max(from, hour) };
  });

const isSilent = (usual: Usual, from: number, to: number): boolean => isUnusual(usual, expectedIn(usual, hoursOf(from, to)));

/** Open from nine to eighteen on weekdays, with a peak at noon. */
const office = (busy: number) => (of_week: number) => {
  const [day, hour] = [Math.floor(of_week / 24), of_week % 24];
  return day > 4 || hour < 9 || hour >= 18 ? 0 : busy * (hour === 12 ? 3 : 1);
};

const EIGHT_WEEKS = 8 * WEEK;
const learned = (rateOf: (of_week: number) => number, how: { readonly seed: number; readonly bunch?: number }): Usual => {
  const usual = usualOf(countsOf(come(EIGHT_WEEKS, rateOf, how), EIGHT_WEEKS));
  if (!usual) throw new Error('nothing was learned');
  return usual;
};

test('of a week, or of thirty contacts, it is learned what is usual, and of less it is not', () => {
  const flat = (hours: number, count: number) => Array.from({ length: hours }, (_, hour) => ({ of_week: hour % WEEK, count }));
  expect(usualOf(flat(WEEK, 1))).toMatchObject({ dispersion: 1 });
  expect(usualOf(flat(WEEK - 1, 1))).toBeNull();
  expect(usualOf([...flat(WEEK, 0), ...flat(29, 1)])).toBeNull();
});

test('a source that breaks in the middle of a working day is noticed within an hour or two, and one that is closed is not', () => {
  const usual = learned(office(10), { seed: 1 });
  const tuesday = 24;
  expect(isSilent(usual, tuesday + 11, tuesday + 11.2)).toBe(false);
  expect(isSilent(usual, tuesday + 11, tuesday + 13)).toBe(true);
  expect(isSilent(usual, tuesday + 17.9, tuesday + 24 + 9), 'a night').toBe(false);
  expect(isSilent(usual, 4 * 24 + 17.9, WEEK), 'a weekend').toBe(false);
  expect(isSilent(usual, tuesday + 17.9, tuesday + 24 + 11), 'and the morning after it').toBe(true);
});

/** How many of the gaps of a year are said to be unusual. */
const alarms = (usual: Usual, times: readonly number[]) => times.filter((at, i) => i > 0 && isSilent(usual, times[i - 1] ?? 0, at)).length;

test.each([
  [3, 1],
  [30, 1],
  [30, 5],
  [120, 20],
])('a source with %i an hour that come %i at a time raises a false alarm about once a year', (busy, bunch) => {
  const usual = learned(office(busy), { seed: 7, bunch });
  const years = Array.from({ length: 4 }, (_, year) => come(52 * WEEK, office(busy), { seed: 100 + year, bunch }));
  expect(years.reduce((sum, times) => sum + alarms(usual, times), 0)).toBeLessThanOrEqual(8);
});

test('without regard to bunches there would be many false alarms', () => {
  const usual = { ...learned(office(30), { seed: 7, bunch: 5 }), dispersion: 1 };
  expect(alarms(usual, come(52 * WEEK, office(30), { seed: 100, bunch: 5 }))).toBeGreaterThan(20);
});

const weeks = array(array(nat(40), { minLength: WEEK, maxLength: WEEK }), { minLength: 1, maxLength: 4 });
const hoursIn = (counts: readonly (readonly number[])[]) => counts.flat().map((count, hour) => ({ of_week: hour % WEEK, count }));

property.prop([weeks, double({ min: 0, max: 400, noNaN: true }), double({ min: 0, max: 400, noNaN: true }), double({ min: 0, max: 100, noNaN: true })])(
  'a longer silence is never less unusual, and an empty one is never unusual',
  (counts, from, length, more) => {
    const usual = usualOf(hoursIn(counts));
    if (!usual) return;
    expect(isSilent(usual, from, from)).toBe(false);
    if (isSilent(usual, from, from + length)) expect(isSilent(usual, from, from + length + more)).toBe(true);
  },
);

property.prop([weeks, integer({ min: 0, max: WEEK }), integer({ min: 0, max: 100 }), integer({ min: 1, max: 60 })])(
  'the same silence a whole number of weeks later is judged the same',
  (counts, from, length, later) => {
    const usual = usualOf(hoursIn(counts));
    if (usual) expect(isSilent(usual, from + later * WEEK, from + length + later * WEEK)).toBe(isSilent(usual, from, from + length));
  },
);

property.prop([weeks])('as many contacts are expected in the hours that were learned from as came in them', (counts) => {
  const hours = hoursIn(counts);
  const usual = usualOf(hours);
  if (!usual) return;
  const expected = expectedIn(
    usual,
    hours.map(({ of_week }) => ({ of_week, share: 1 })),
  );
  expect(expected).toBeCloseTo(
    hours.reduce((sum, { count }) => sum + count, 0),
    6,
  );
});
