import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paced } from './pace.ts';

const pace = { every_ms: 2_000, at_once: 4, apart_ms: 250 };

test('rare events are followed at once', () => {
  const done = paced(pace);
  for (let nth = 0; nth < 20; nth++) expect(done(nth * 2_000)).toBe(250);
});

test('continuous events are followed a few times at once, then at even intervals', () => {
  const done = paced(pace);
  let now = 0;
  const waits = Array.from({ length: 12 }, () => {
    const wait = done(now);
    now += wait;
    return Math.round(wait);
  });
  expect(waits.slice(0, 3)).toEqual([250, 250, 250]);
  expect(waits.slice(6)).toEqual([2_000, 2_000, 2_000, 2_000, 2_000, 2_000]);
});

test('for any events, it never runs more often than the pace allows', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5_000), { minLength: 1, maxLength: 60 }), (idle) => {
      const done = paced(pace);
      const times: number[] = [];
      let now = 1_000;
      for (const more of idle) {
        times.push(now);
        now += done(now) + more;
      }
      for (let from = 0; from < times.length; from++)
        for (let to = from; to < times.length; to++) {
          const span = (times[to] ?? 0) - (times[from] ?? 0);
          expect(to - from + 1).toBeLessThanOrEqual(pace.at_once + span / pace.every_ms + 1e-6);
        }
    }),
  );
});
