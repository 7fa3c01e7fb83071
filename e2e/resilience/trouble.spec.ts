import { join } from 'node:path';
import Database from 'better-sqlite3';
import { call } from '#shells/testing/host-process.ts';
import { expect, test } from '../harness/desk.ts';

test('while another program locks the database bots are told to retry, the console shows the reason, and nothing is lost', async ({ desk, console }) => {
  const anna = await desk.operator('Анна', 5);
  const source = await desk.source('Telegram', { [anna.id]: 1 });
  await desk.contact(source, 'before');
  const { apiUrl, dataDir } = desk.host.ready;
  const hand = () => call(apiUrl, source.api_key, 'POST', '/contacts', { external_id: 'during' }, { 'idempotency-key': 'the-same' });

  const stranger = new Database(join(dataDir, 'switchyard.db'));
  try {
    stranger.exec('BEGIN IMMEDIATE');
    expect(await hand()).toMatchObject({ status: 503, body: { code: 'overloaded' } });
    await expect(console.getByRole('status').filter({ hasText: 'базу держит другая программа' })).toContainText('приём возобновится сам');
    const control = console.getByRole('switch', { name: 'На линии: Анна' });
    await control.press('Space');
    await expect(console.getByRole('alert')).toContainText('Сейчас ничего не записывается, ничего не изменено.');
    await expect(control, 'the switch shows what is so').toBeChecked();
    stranger.exec('ROLLBACK');
  } finally {
    stranger.close();
  }
  expect(await hand()).toMatchObject({ status: 201 });
  await expect(console.getByText('базу держит другая программа')).toBeHidden();
  await expect(console.getByTestId(`operator-row-${anna.id}`)).toContainText('2 / 5');
});
