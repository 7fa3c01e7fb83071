import { expect, test } from 'vitest';
import { BackPressure, MOST_WAITING } from './back-pressure.ts';

test('so many may wait, one more is not even tried, and whoever is done or has failed makes room', async () => {
  const ends: ((failed: boolean) => void)[] = [];
  const take = () => new Promise<string>((resolve, reject) => ends.push((failed) => (failed ? reject(new Error('no')) : resolve('done'))));
  const door = new BackPressure();
  const results = Array.from({ length: MOST_WAITING }, () => door.unlessFull(take));
  expect([await door.unlessFull(take), ends.length]).toEqual([null, MOST_WAITING]);
  ends[0]?.(false);
  ends[1]?.(true);
  await expect(Promise.all(results.slice(0, 1))).resolves.toEqual(['done']);
  await expect(results[1]).rejects.toThrow('no');
  const next = [door.unlessFull(take), door.unlessFull(take)];
  expect([await door.unlessFull(take), ends.length]).toEqual([null, MOST_WAITING + 2]);
  for (const end of ends) end(false);
  expect(await Promise.all(next)).toEqual(['done', 'done']);
});
