import { describe, expect, test } from 'vitest';
import { saveSettings } from '#engine/configuration/settings.ts';
import { closeContact } from '#engine/contacts/contacts.ts';
import { Desk, value } from '#engine/testing/desk.ts';
import type { Alert } from '#shared/alerts.ts';
import { AlertWatch } from './alerts.ts';

async function watched() {
  const desk = new Desk();
  const anna = await desk.operator('Анна', 1);
  const source = await desk.source('VK');
  await desk.weights(source, { [anna]: 1 });
  let ticking = 0;
  const watch = new AlertWatch({
    board: () => desk.engine.board(),
    today: (within_ms) => desk.engine.today.figures(within_ms),
    now: () => desk.now,
    every: () => {
      ticking += 1;
      return () => {
        ticking -= 1;
      };
    },
    timeZone: 'Europe/Moscow',
    log: (_, error) => desk.errors.push(error),
  });
  const told: Alert[] = [];
  const look = async (ms = 1000) => {
    desk.now += ms;
    watch.look();
    await new Promise(setImmediate); // the day's figures are counted in time for the next look
    return told.splice(0);
  };
  return { desk, source, watch, told, look, ticking: () => ticking };
}

describe('the host', () => {
  test('notifies all listeners of a queue past its limit, and stops checking when nobody listens', async () => {
    const { desk, source, watch, told, look, ticking } = await watched();
    expect(ticking()).toBe(0);
    const stop = [watch.watch((alerts) => told.push(...alerts)), watch.watch(() => undefined)];
    expect(ticking()).toBe(1);
    await look();
    for (let nth = 0; nth < 6; nth++) await desk.submit(source, { external_id: `a${nth}` });
    expect(await look()).toEqual([
      { figure: 'waiting', tone: 'warn', reading: 5 },
      { figure: 'load_percent', tone: 'bad', reading: 100 },
    ]);
    for (const end of stop) end();
    expect(ticking()).toBe(0);
  });

  test('follows the thresholds and the quiet hours of the workspace', async () => {
    const { desk, source, watch, told, look } = await watched(); // 12:15 in Moscow
    watch.watch((alerts) => told.push(...alerts));
    value(await desk.do((write) => saveSettings(write, { quiet_hours: { from: '12:00', to: '12:16' } })));
    await desk.submit(source, { external_id: 'a' });
    expect(await look()).toEqual([]);
    expect(await look(60_000)).toEqual([{ figure: 'load_percent', tone: 'bad', reading: 100 }]);
  });

  test('notifies of a service level that is too low, once there are enough contacts', async () => {
    const { desk, source, watch, told, look } = await watched();
    watch.watch((alerts) => told.push(...alerts));
    for (let nth = 0; nth < 12; nth++) await desk.submit(source, { external_id: `a${nth}` });
    desk.now += 60_000;
    value(await desk.do((write) => closeContact(write, 1)));
    await look(10_000);
    const tones = [...(await look(10_000)), ...(await look(10_000))].map(({ figure, tone }) => `${figure} ${tone}`);
    expect(tones).toContain('service_level_percent bad');
  });
});
