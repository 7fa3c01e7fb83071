import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder } from '#store/testing/folder.ts';
import { KeptPreferences } from './preferences.ts';

test.each([
  ['{"close_to_tray":true,"language":"en","theme":"dark"}', 'stay'],
  ['{"close_to_tray":false,"language":"en","theme":"dark"}', 'ask'],
  ['{"close_to_tray":true,"on_close":"stop","language":"en","theme":"dark"}', 'stop'],
  ['{"on_close":"never","language":"en","theme":"dark"}', 'ask'],
])('the stored choice of an earlier version about closing, %s, is read as %s', (text, on_close) => {
  const file = join(folder(), 'preferences.json');
  writeFileSync(file, text);
  expect(new KeptPreferences(file).now).toEqual({ on_close, language: 'en', theme: 'dark' });
});

test('without a valid stored choice it asks; a choice is kept for the next time', () => {
  const file = join(folder(), 'preferences.json');
  expect(new KeptPreferences(file).now.on_close).toBe('ask');
  writeFileSync(file, 'null');
  const kept = new KeptPreferences(file);
  expect(kept.now.on_close).toBe('ask');
  kept.set({ on_close: 'stop' });
  expect(new KeptPreferences(file).now.on_close).toBe('stop');
  expect(readFileSync(file, 'utf8')).not.toContain('close_to_tray');
});
