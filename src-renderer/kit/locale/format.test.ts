import { createInstance, type TFunction } from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import en from '../../app/languages/en.json' with { type: 'json' };
import ru from '../../app/languages/ru.json' with { type: 'json' };
import { dayOf, formatAgo, formatClock, formatDuration, formatHandle, formatMoment, formatNumber, formatPercent, formatSize } from './format.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const AT = Date.UTC(2026, 10, 22, 6, 15, 2);

let inRussian: TFunction;
let inEnglish: TFunction;

beforeAll(async () => {
  const i18n = createInstance();
  await i18n.init({ lng: 'ru', resources: { ru: { translation: ru }, en: { translation: en } }, interpolation: { escapeValue: false } });
  inRussian = i18n.getFixedT('ru');
  inEnglish = i18n.getFixedT('en');
});

/** Replaces no-break spaces of any width with spaces. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('durations', () => {
  test.each([
    [-5 * SECOND, '0 с', '0 s'],
    [12 * SECOND, '12 с', '12 s'],
    [59_999, '59 с', '59 s'],
    [2 * MINUTE + 17 * SECOND, '02:17', '02:17'],
    [HOUR - 1, '59:59', '59:59'],
    [3 * HOUR + 10 * MINUTE + 59 * SECOND, '3 ч 10 мин', '3 h 10 min'],
    [3 * HOUR, '3 ч', '3 h'],
    [DAY - 1, '23 ч 59 мин', '23 h 59 min'],
    [20 * DAY + 59 * MINUTE, '20 д', '20 d'],
    [2 * DAY + 3 * HOUR, '2 д 3 ч', '2 d 3 h'],
  ])('%i ms is written %s and %s', (ms, russian, english) => {
    expect([formatDuration(ms, inRussian), formatDuration(ms, inEnglish)].map(plain)).toEqual([russian, english]);
  });

  test('a time minutes ago is written without seconds', () => {
    expect([formatAgo(2 * MINUTE + 17 * SECOND, inRussian), formatAgo(2 * MINUTE + 17 * SECOND, inEnglish)].map(plain)).toEqual(['2 мин', '2 min']);
  });
});

describe('numbers', () => {
  test('have grouped digits', () => {
    expect([formatNumber(1234567, 'ru'), formatNumber(1234567, 'en')].map(plain)).toEqual(['1 234 567', '1,234,567']);
  });

  test.each([
    [0, '0 %', '0%'],
    [0.0004, '< 0,1 %', '< 0.1%'],
    [0.004, '0,4 %', '0.4%'],
    [0.025, '2,5 %', '2.5%'],
    [0.03, '3 %', '3%'],
    [0.0996, '10 %', '10%'],
    [0.3, '30 %', '30%'],
    [0.996, '> 99 %', '> 99%'],
    [1, '100 %', '100%'],
  ])('the share %d is written %s and %s', (share, russian, english) => {
    expect([formatPercent(share, 'ru'), formatPercent(share, 'en')].map(plain)).toEqual([russian, english]);
  });
});

test('the shares of many equals add up to a hundred, nearly', () => {
  for (const many of [11, 23, 40, 60]) {
    const written = Array.from({ length: many }, () => Number.parseFloat(formatPercent(1 / many, 'en')));
    expect(Math.abs(written.reduce((sum, share) => sum + share, 0) - 100)).toBeLessThan(3);
  }
});

describe('moments', () => {
  test('are written in the time zone of the workspace', () => {
    expect(formatClock(AT, 'ru', 'Europe/Moscow')).toBe('09:15:02');
    expect(formatClock(AT, 'en', 'Asia/Vladivostok')).toBe('16:15:02');
  });

  test('include the date on another day', () => {
    expect(formatMoment(AT, AT + HOUR, 'ru', 'Europe/Moscow')).toBe('09:15:02');
    expect(plain(formatMoment(AT, AT + DAY, 'ru', 'Europe/Moscow'))).toBe('22 нояб., 09:15:02');
    expect(formatMoment(AT, AT + 40 * DAY, 'ru', 'Europe/Moscow')).toMatch(/^22\.11\.\d\d, 09:15:02$/);
  });

  test('belong to the day in the time zone of the workspace, not of the reader', () => {
    const evening = Date.UTC(2026, 10, 22, 22);
    expect([dayOf(evening, 'Europe/Moscow'), dayOf(evening, 'UTC')]).toEqual(['2026-11-23', '2026-11-22']);
  });
});

test('a Russian phone is written in groups, other handles as they are', () => {
  expect(['+79001234567', '+4915112345678', 'tg-7712', '+790012345678'].map(formatHandle)).toEqual([
    '+7 900 123-45-67',
    '+4915112345678',
    'tg-7712',
    '+790012345678',
  ]);
});

describe('plurals', () => {
  test.each([
    [1, '1 попытка', '1 attempt'],
    [2, '2 попытки', '2 attempts'],
    [5, '5 попыток', '5 attempts'],
    [11, '11 попыток', '11 attempts'],
    [21, '21 попытка', '21 attempts'],
  ])('of %i attempts are %s and %s', (count, russian, english) => {
    expect([inRussian('refused.attempts', { count }), inEnglish('refused.attempts', { count })].map(plain)).toEqual([russian, english]);
  });
});

test.each([
  [0, '0 Б', '0 byte'],
  [999, '999 Б', '999 byte'],
  [340_512, '341 кБ', '341 kB'],
  [1_249_000, '1,25 МБ', '1.25 MB'],
  [106_954_752, '107 МБ', '107 MB'],
  [2_500_000_000_000, '2 500 ГБ', '2,500 GB'],
])('%i bytes are written %s and %s', (bytes, russian, english) => {
  expect([formatSize(bytes, 'ru'), formatSize(bytes, 'en')].map(plain)).toEqual([russian, english]);
});
