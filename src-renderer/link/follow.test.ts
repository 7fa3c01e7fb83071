import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { follow } from './follow.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A host that can end its subscriptions. */
function host() {
  const ended: (() => void)[] = [];
  const left: number[] = [];
  const subscribe = (onError: () => void) => {
    const nth = ended.push(onError);
    return { unsubscribe: () => void left.push(nth) };
  };
  return { ended, left, subscribe };
}

test('a subscription ended by the host is renewed after a second', async () => {
  const { ended, subscribe } = host();
  follow(subscribe);
  ended[0]?.();
  await vi.advanceTimersByTimeAsync(999);
  expect(ended).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(ended).toHaveLength(2);
  ended[1]?.();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(ended).toHaveLength(3);
});

test('leaving ends the present subscription, and it is not renewed', async () => {
  const { ended, left, subscribe } = host();
  const leave = follow(subscribe);
  ended[0]?.();
  await vi.advanceTimersByTimeAsync(1_000);
  leave();
  expect(left).toEqual([2]);
  const leaveBetween = follow(subscribe);
  ended[2]?.();
  leaveBetween();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(ended).toHaveLength(3);
});
