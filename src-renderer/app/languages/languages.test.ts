import { expect, test } from 'vitest';
import enReports from '#features/reports/texts/en.json' with { type: 'json' };
import ruReports from '#features/reports/texts/ru.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };
import ru from './ru.json' with { type: 'json' };

function flatten(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) throw new Error(`${path} is neither a text nor a group of texts`);
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, path ? `${path}.${key}` : key));
}

const PLURAL = /_(one|few|many|other)$/;
const texts = { ru: [...flatten(ru), ...flatten(ruReports, 'reports:')], en: [...flatten(en), ...flatten(enReports, 'reports:')] };
const stems = (language: 'ru' | 'en') => [...new Set(texts[language].map(([key]) => key.replace(PLURAL, '')))].sort();
const placeholders = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g))].sort();

test('both languages have the same texts', () => {
  expect(stems('ru').length).toBeGreaterThan(100);
  expect(stems('en')).toEqual(stems('ru'));
});

test('no text is empty', () => {
  for (const language of ['ru', 'en'] as const) expect(texts[language].filter(([, text]) => text.trim() === '')).toEqual([]);
});

test('a text with a count has every plural form of its language', () => {
  for (const language of ['ru', 'en'] as const) {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories.filter((form) => language === 'en' || form !== 'other');
    const keys = new Set(texts[language].map(([key]) => key));
    const counting = new Set([...keys].filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, '')));
    expect(counting.size).toBeGreaterThan(0);
    for (const stem of counting) expect(needed.filter((form) => !keys.has(`${stem}_${form}`)).map((form) => `${language} ${stem}_${form}`)).toEqual([]);
  }
});

test('both languages interpolate the same values', () => {
  const english = new Map(texts.en.map(([key, text]) => [key.replace(PLURAL, ''), placeholders(text)]));
  for (const [key, text] of texts.ru) expect([key, placeholders(text)]).toEqual([key, english.get(key.replace(PLURAL, ''))]);
});
