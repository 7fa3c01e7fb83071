import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { decodeRun, type EncodedRun } from '#shared/contract/runs.ts';
import type { Change } from '#shared/effects/effects.ts';
import { Runs, TOGETHER_MS } from './runs.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const closed = (revision: number): Change => ({ kind: 'contact_closed', contact_id: revision, source_id: 1, from: 'queue', revision, at: 1 });

/** An engine that commits on the test's command. */
function engine() {
  const listeners = new Set<(changes: readonly Change[]) => void>();
  const runs = new Runs((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  });
  const heard = (): number[][] => {
    const all: number[][] = [];
    runs.watch((run) => all.push(decodeRun(run.toJSON()).map(({ revision }) => revision)));
    return all;
  };
  return { runs, listeners, heard, commit: (...changes: Change[]) => listeners.forEach((listener) => void listener(changes)) };
}

test('commits in quick succession are sent together to every watcher', () => {
  const { heard, commit } = engine();
  const consoles = [heard(), heard()];
  commit(closed(1));
  vi.advanceTimersByTime(TOGETHER_MS - 1);
  commit(closed(2), closed(3));
  for (const console of consoles) expect(console).toEqual([]);
  vi.advanceTimersByTime(1);
  commit(closed(4));
  vi.advanceTimersByTime(TOGETHER_MS);
  for (const console of consoles) expect(console).toEqual([[1, 2, 3], [4]]);
});

test('a run is encoded once, however many watchers there are', () => {
  const { runs, commit } = engine();
  const told: EncodedRun[] = [];
  for (let i = 0; i < 3; i++) runs.watch((run) => told.push(run));
  commit(closed(1));
  vi.advanceTimersByTime(TOGETHER_MS);
  expect(told).toHaveLength(3);
  expect(new Set(told).size).toBe(1);
});

test('a reload of the board is announced at once, and no earlier change comes after it', () => {
  const { heard, commit } = engine();
  const console = heard();
  commit(closed(1));
  commit();
  expect(console).toEqual([[]]);
  vi.advanceTimersByTime(TOGETHER_MS);
  expect(console).toEqual([[]]);
  commit(closed(8));
  vi.advanceTimersByTime(TOGETHER_MS);
  expect(console).toEqual([[], [8]]);
});

test('changes are not followed without watchers, and followed again with one', () => {
  const { runs, listeners, heard, commit } = engine();
  const stops = [runs.watch(() => {}), runs.watch(() => {})];
  expect(listeners.size).toBe(1);
  commit(closed(1));
  for (const stop of stops) stop();
  expect(listeners.size).toBe(0);
  const console = heard();
  vi.advanceTimersByTime(TOGETHER_MS);
  commit(closed(2));
  vi.advanceTimersByTime(TOGETHER_MS);
  expect(console).toEqual([[2]]);
});
