import { expect, test } from 'vitest';
import { saveSettings } from '#engine/configuration/settings.ts';
import { value } from '#engine/testing/desk.ts';
import { operators, sources } from '#engine/views/queries.ts';
import { KeptDesk } from './testing/keeper.ts';

test('a desk that starts over is empty and keeps its settings; restoring the backup that was made before brings everything back', async () => {
  const desk = await KeptDesk.open();
  const [anna, bot] = [await desk.operator('Анна', 5), await desk.source('Бот')];
  await desk.weights(bot, { [anna]: 1 });
  value(await desk.submit(bot, { phone: '+79001112233' }));
  value(await desk.do((write) => saveSettings(write, { backup_days: 29 })));
  const filledAt = desk.now;
  desk.now += 60_000;

  const { before, quarantine } = value(await desk.keeper.startOver('console'));
  expect([before?.kind, before?.verified, before?.seal, quarantine]).toEqual(['before_restore', true, 'own', null]);
  const board = desk.engine.board();
  expect([board.operators, board.sources, board.recent, board.settings.backup_days]).toEqual([{}, {}, [], 29]);
  for (const table of ['contacts', 'leads', 'lead_identifiers', 'decisions', 'source_keys']) expect(desk.rows(`SELECT * FROM ${table}`), table).toEqual([]);
  const [replaced] = desk.rows<{ actor: string; data: string }>("SELECT actor, data FROM journal WHERE kind = 'database_restored'");
  expect([replaced?.actor, JSON.parse(replaced?.data ?? '')]).toEqual(['console', { backup: null, lost_from: filledAt, lost_until: desk.now }]);

  expect(await desk.operator('Борис')).toBe(1);
  value(await desk.keeper.restore('console', { name: before?.name ?? '' }));
  expect([operators(desk.engine.read).map(({ name }) => name), sources(desk.engine.read).map(({ name }) => name)]).toEqual([['Анна'], ['Бот']]);
});

test('the next start recognises it as the same desk', async () => {
  const desk = await KeptDesk.open();
  await desk.operator('Анна', 5);
  value(await desk.keeper.startOver('console'));
  const { revision } = desk.engine.board();
  await desk.end();
  const again = await KeptDesk.open(desk.places);
  expect([again.engine.board().revision, again.engine.board().operators]).toEqual([revision, {}]);
});
