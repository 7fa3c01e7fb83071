import { join } from 'node:path';
import { getCountries } from 'libphonenumber-js/max';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Desk, value } from '#engine/testing/desk.ts';
import { phoneRegions } from '#shared/contract/phone-regions.ts';
import { defaultSettings, settingsFrom } from '#shared/contract/settings.ts';
import { folder } from '#store/testing/folder.ts';
import { openedDesk } from '#vault/testing/opened.ts';
import { saveSettings } from './settings.ts';

describe('settings of the workspace', () => {
  test('are on the board, are journalled with before and after, and survive a restart', async () => {
    const file = join(folder(), 'desk.db');
    const first = new Desk({ file });
    expect(first.engine.board().settings).toEqual(defaultSettings);
    const heard: unknown[] = [];
    first.engine.watch((changes) => heard.push(...changes));
    value(await first.do((write) => saveSettings(write, { sounds: true, quiet_hours: null })));
    const now = { ...defaultSettings, sounds: true, quiet_hours: null };
    expect(heard).toMatchObject([{ kind: 'settings_saved', settings: now }]);
    expect(first.rows<{ data: string }>("SELECT data FROM journal WHERE kind = 'settings_saved'").map(({ data }) => JSON.parse(data))).toMatchObject([
      { before: { sounds: false, quiet_hours: defaultSettings.quiet_hours }, after: { sounds: true, quiet_hours: null } },
    ]);
    first.engine.close();
    const second = new Desk({ file });
    onTestFinished(() => second.engine.close());
    expect(second.engine.board().settings).toEqual(now);
  });

  test('that already have the given values change nothing', async () => {
    const { desk } = await openedDesk();
    const { revision } = desk.engine.board();
    value(await desk.do((write) => saveSettings(write, { sounds: defaultSettings.sounds, thresholds: structuredClone(defaultSettings.thresholds) })));
    expect(desk.engine.board().revision).toBe(revision);
  });

  test('keep every part that a change does not name: two people who change different limits from the same old state do not undo each other', async () => {
    const { desk } = await openedDesk();
    value(await desk.do((write) => saveSettings(write, { thresholds: { waiting: { critical: 4 } } })));
    value(await desk.do((write) => saveSettings(write, { thresholds: { active_operators: { warning: 1 } } })));
    value(await desk.do((write) => saveSettings(write, { thresholds: { waiting: { warning: null } } })));
    const { thresholds } = desk.engine.board().settings;
    expect(thresholds).toEqual({ ...defaultSettings.thresholds, waiting: { warning: null, critical: 4 }, active_operators: { warning: 1, critical: 0 } });
    value(await desk.do((write) => saveSettings(write, { quiet_hours: { from: '20:00' } })));
    value(await desk.do((write) => saveSettings(write, { quiet_hours: { to: '07:30' } })));
    expect(desk.engine.board().settings.quiet_hours).toEqual({ from: '20:00', to: '07:30' });
    value(await desk.do((write) => saveSettings(write, { quiet_hours: null })));
    value(await desk.do((write) => saveSettings(write, { quiet_hours: { from: '21:00' } })));
    expect(desk.engine.board().settings.quiet_hours, 'the end that nobody has said is the one it had at first').toEqual({ from: '21:00', to: '08:00' });
  });

  test('determine how national telephone numbers are read from then on', async () => {
    const { desk, bot } = await openedDesk();
    await desk.weights(bot, { [await desk.operator('Анна')]: 1 });
    value(await desk.do((write) => saveSettings(write, { phone_region: 'DE' })));
    expect(value(await desk.submit(bot, { phone: '030 123456' })).contact.lead.phone).toBe('+4930123456');
  });

  test('accept the regions that libphonenumber knows', () => {
    expect([...phoneRegions].toSorted()).toEqual(getCountries().toSorted());
  });

  test('that cannot be parsed count as never set, and the others apply', () => {
    expect(settingsFrom({ port: 'eighty', sounds: true, thresholds: { waiting: 3 }, of_tomorrow: 1 })).toEqual({ ...defaultSettings, sounds: true });
  });
});
