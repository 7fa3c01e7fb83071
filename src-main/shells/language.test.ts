import { expect, test } from 'vitest';
import { acceptedLanguage } from './language.ts';

test.each<[string | undefined, 'ru' | 'en' | null]>([
  ['ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7', 'ru'],
  ['en-GB,en;q=0.9,ru;q=0.8', 'en'],
  ['de-DE,de;q=0.9,ru;q=0.5,en;q=0.3', 'ru'],
  ['en;q=0.1, ru;q=0.2', 'ru'],
  ['RU', 'ru'],
  ['ru;q=0', null],
  ['de, fr;q=0.5', null],
  ['*', null],
  ['', null],
  [undefined, null],
])('a browser that accepts %j gets %j', (header, language) => {
  expect(acceptedLanguage(header)).toBe(language);
});
