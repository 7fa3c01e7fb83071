import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { throttled } from './throttled.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a change after a pause is taken at once, and one shortly after it at the end of the wait', () => {
  const source = createStore(() => ({ n: 0 }));
  const slow = throttled(source, () => 250);
  source.setState({ n: 1 });
  expect(slow.getState()).toEqual({ n: 1 });
  source.setState({ n: 2 });
  source.setState({ n: 3 });
  expect(slow.getState()).toEqual({ n: 1 });
  vi.advanceTimersByTime(250);
  expect(slow.getState()).toEqual({ n: 3 });
  vi.advanceTimersByTime(1000);
  source.setState({ n: 4 });
  expect(slow.getState()).toEqual({ n: 4 });
});

test('what arrives just before the reader goes away is taken when the reader is back', () => {
  let isAway = false;
  const source = createStore(() => ({ n: 0 }));
  const slow = throttled(
    source,
    () => 250,
    () => isAway,
  );
  source.setState({ n: 1 });
  source.setState({ n: 2 });
  isAway = true;
  vi.advanceTimersByTime(10_000);
  expect(slow.getState()).toEqual({ n: 1 });
  isAway = false;
  vi.advanceTimersByTime(250);
  expect(slow.getState()).toEqual({ n: 2 });
});

test('nothing is delayed without a reason to wait, and nothing is left pending when the reason ends', () => {
  let wait = 0;
  const source = createStore(() => ({ n: 0 }));
  const slow = throttled(source, () => wait);
  for (let n = 1; n <= 5; n += 1) {
    source.setState({ n });
    expect(slow.getState().n).toBe(n);
  }
  wait = 250;
  source.setState({ n: 6 });
  wait = 0;
  source.setState({ n: 7 });
  vi.advanceTimersByTime(250);
  expect(slow.getState().n).toBe(7);
  source.setState({ n: 8 });
  expect(slow.getState().n).toBe(8);
});

test('for any timing, readers are notified at most once per wait, and the last state reaches them', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(400), { minLength: 1, maxLength: 60 }), (pauses) => {
      const source = createStore(() => ({ n: 0 }));
      const slow = throttled(source, () => 250);
      const heard: number[] = [];
      // oxlint-disable-next-line no-restricted-properties -- of a clock that the test moves
      slow.subscribe(() => heard.push(Date.now()));
      pauses.forEach((pause, index) => {
        source.setState({ n: index + 1 });
        vi.advanceTimersByTime(pause);
      });
      vi.advanceTimersByTime(250);
      expect(slow.getState().n).toBe(pauses.length);
      for (const [index, at] of heard.slice(1).entries()) expect(at - (heard[index] ?? 0)).toBeGreaterThanOrEqual(250);
    }),
  );
});
