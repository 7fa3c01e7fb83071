import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RunningHost } from './compose.ts';
import { stopAndExit } from './shutdown.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A host of which only `stop` is used. */
function ending(stop: () => Promise<void>) {
  const logged: string[] = [];
  const codes: number[] = [];
  const host = { stop, log: { error: (message: string) => void logged.push(message) } } as unknown as RunningHost;
  return { logged, codes, ended: stopAndExit(host, (code) => void codes.push(code)) };
}

test('a host that stops cleanly exits with code 0', async () => {
  const { codes, logged, ended } = ending(async () => {});
  await ended;
  expect({ codes, logged }).toEqual({ codes: [0], logged: [] });
});

test('a host that does not stop is ended within 5 s with code 0, and this is logged', async () => {
  const { codes, logged } = ending(() => new Promise(() => {}));
  await vi.advanceTimersByTimeAsync(4000);
  expect(codes).toEqual([]);
  await vi.advanceTimersByTimeAsync(999);
  expect({ codes, logged }).toEqual({ codes: [0], logged: ['stopping took too long'] });
});

test('a host that fails to stop exits with code 1', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { codes, ended } = ending(() => Promise.reject(new Error('the disk is gone')));
  await ended;
  expect(codes).toEqual([1]);
  expect(said).toHaveBeenCalledWith('Error: the disk is gone\n');
  said.mockRestore();
});
