import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { LastMinutes, MINUTES } from './last-minutes.ts';

const MINUTE_MS = 60_000;
const NOW = Date.UTC(2026, 10, 22, 9, 15, 30);

property.prop([fc.array(fc.integer({ min: -3 * MINUTES, max: 0 }), { maxLength: 200 }), fc.nat(2 * MINUTES)])(
  'each minute of the last hour has its count, in whatever order things are added',
  (minutes, later) => {
    const counts = new LastMinutes();
    for (const minute of minutes) counts.add(NOW + minute * MINUTE_MS);
    const expected = Array.from({ length: MINUTES }, (_, i) => minutes.filter((minute) => minute === i - MINUTES + 1 + later).length);
    expect(counts.until(NOW + later * MINUTE_MS)).toEqual(expected);
  },
);

test('a clock that is set back shows nothing of later minutes', () => {
  const counts = new LastMinutes();
  counts.add(NOW);
  expect(counts.until(NOW - MINUTE_MS)).toEqual(new Array(MINUTES).fill(0));
});
