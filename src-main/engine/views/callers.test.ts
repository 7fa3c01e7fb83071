import { afterEach, beforeEach, expect, test } from 'vitest';
import { addSourceKey } from '#engine/configuration/sources.ts';
import { Desk, value } from '#engine/testing/desk.ts';
import { callers } from './queries.ts';

const HOUR = 3_600_000;
let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.engine.close());

test('the sources that called are those whose key was used, even without success, and those that got a contact by the admin token', async () => {
  const anna = await desk.operator('Анна', 9);
  const [telegram, vk, site] = [await desk.source('Telegram'), await desk.source('VK'), await desk.source('Сайт')];
  await desk.weights(vk, { [anna]: 1 });
  const { api_key } = value(await desk.do((write) => addSourceKey(write, telegram)));
  const before = desk.now;
  expect(callers(desk.engine.read, before)).toEqual([]);
  expect(site).toBeGreaterThan(0);

  desk.engine.sourceOfKey(api_key);
  expect(callers(desk.engine.read, before)).toEqual(['Telegram']);
  desk.now += HOUR;
  value(await desk.submit(vk, { external_id: 'a' }));
  expect(callers(desk.engine.read, before)).toEqual(['Telegram', 'VK']);
  expect(callers(desk.engine.read, desk.now - HOUR + 1)).toEqual(['VK']);
});
