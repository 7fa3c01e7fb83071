import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { cleanName, nameKey, withoutInvisible } from './plain-text.ts';
import { SEED } from './testing/tables.ts';

/** Spaces that look like one space, or like none. */
const SPACES = [
  '\u00a0',
  '\u1680',
  '\u2000',
  '\u2002',
  '\u2003',
  '\u2007',
  '\u2009',
  '\u200a',
  '\u202f',
  '\u205f',
  '\u3000',
  '\t',
  '\n',
  '\r\n',
  '\u2028',
  '  ',
];
/** Characters that show nothing. */
const HIDDEN = [
  ...['\u00ad', '\u034f', '\u061c', '\u115f', '\u1160', '\u17b4', '\u180e', '\u200b', '\u200e', '\u200f', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e'],
  ...[
    '\u2060',
    '\u2061',
    '\u2062',
    '\u2064',
    '\u2066',
    '\u2067',
    '\u2068',
    '\u2069',
    '\u206a',
    '\u206f',
    '\u2800',
    '\u3164',
    '\ufeff',
    '\uffa0',
    '\ufff9',
    '\u{e0001}',
  ],
];
const code = (text: string) => Array.from(text, (one) => `U+${one.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`).join(' ');

describe('a name', () => {
  test.each(SPACES.map((space) => [code(space), space]))('is stored with a single space for %s', (_code, space) => {
    expect(cleanName(`${space}Анна${space}Иванова${space}`)).toBe('Анна Иванова');
  });

  test.each(HIDDEN.map((hidden) => [code(hidden), hidden]))('is stored without %s, and is empty if it has nothing else', (_code, hidden) => {
    expect([cleanName(`${hidden}Ан${hidden}на${hidden}`), cleanName(hidden + hidden), cleanName(` ${hidden} `)]).toEqual(['Анна', '', '']);
  });

  test.each([
    ['👩‍👧', '👩‍👧'],
    ['❤️ Анна', '❤️ Анна'],
    ['می‌خواهم', 'می‌خواهم'],
    ['क्‍ष', 'क्‍ष'],
    ['Ан\u200dна', 'Анна'],
    ['Anna\ufe0f', 'Anna'],
    ['\u200dАнна\u200d', 'Анна'],
    ['\ufe0f', ''],
    ['Андреи\u0306', 'Андрей'],
  ])('%s is stored as %s: joiners stay where they join something', (given, stored) => {
    expect(cleanName(given)).toBe(stored);
  });
});

describe('the key of a name', () => {
  test.each([
    ['Анна', 'АННА'],
    ['Анна Иванова', 'Анна\u00a0Иванова'],
    ['Анна Иванова', '  анна   иванова '],
    ['Анна Иванова', 'Анна\u2009Иванова'],
    ['Анна', 'А\u200bн\u00adна\u2060'],
    ['Анна', 'Aнна'], // Latin A
    ['Сергей', 'Cepгeй'], // Latin C, e, p
    ['Хохлов', 'Xoxлoв'],
    ['Max', 'Mаx'], // Cyrillic а
    ['ＡＮＮＡ', 'anna'],
    ['Іван', 'Iван'], // Latin I in a Ukrainian name
    ['Владимир К', 'Bлaдимиp K'], // a Latin initial, too: https://github.com/openstreetmap/openstreetmap-website/issues/1419
    ['John Doe', 'Jоhn Dое'],
    ['thibaud', 'th\u13A5baud'], // Cherokee: https://github.com/wagtail/wagtail/issues/14329
    ['jake', '\u03F3ake'], // Greek: https://github.com/codewars/codewars.com/issues/1341
    ['ﬁ', 'fi'],
    ['Андрей', 'Андреи\u0306'],
    ['İvan', 'ivan'],
    ['Ⅳ', 'iv'],
    ['№1', 'no1'],
    ["Amy D'Unger", 'Amy D’Unger'], // https://github.com/SuiteCRM/SuiteCRM/issues/2913
    ["O'Neil", 'O\u02bcNeil'],
    ["O'Neil", 'O`Neil'],
    ["O'Neil", 'O\u00b4Neil'],
    ["O'Neil", 'O\u2032Neil'],
    ["Д'Арк", 'Д\u2018Арк'],
    ["O'Neil", 'O\uff07Neil'],
    ['Анна-Мария', 'Анна\u2011Мария'], // a hyphen that does not break
    ['Анна-Мария', 'Анна\u2010Мария'],
    ['Анна-Мария', 'Анна\u2013Мария'],
    ['Анна-Мария', 'Анна\u2014Мария'],
    ['Анна-Мария', 'Анна\u2212Мария'],
    ['Анна-Мария', 'Анна\uff0dМария'],
  ])('%s and %s have the same key', (one, other) => {
    expect(nameKey(one)).toBe(nameKey(other));
  });

  test.each([
    ['Анна', 'Анна 2'],
    ['АннаИванова', 'Анна Иванова'],
    ['Семён', 'Семен'], // two letters, which two people may have
    ['Анна VIP', 'Анна ВИП'],
    ['Νίκος', 'Nikos'], // a Greek name is Greek
    ['COCA', 'СОСА'], // a word of one script is not touched
    ['Иванов', 'Ивановa Б'],
    ['o’Brien', 'oBrien'],
    ['Ли-1', 'Ли1'],
    ['Müller', 'Muller'],
    ['١', '2'],
    ['a\u0301', 'a'],
  ])('%s and %s have different keys', (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other));
  });

  const letters = fc.string({ unit: fc.constantFrom(...Array.from("АнХaeoXşİéßﬃ١Ⅳ1.-'")), minLength: 1, maxLength: 8 });
  const name = fc.array(letters, { minLength: 1, maxLength: 3 });
  const space = fc.constantFrom(' ', ...SPACES);
  const hyphen = fc.constantFrom(...Array.from('-\u2010\u2011\u2012\u2013\u2014\u2212'));
  const apostrophe = fc.constantFrom(...Array.from("'`\u00b4\u02bc\u2018\u2019\u2032"));
  const hidden = fc.array(fc.constantFrom(...HIDDEN), { maxLength: 2 }).map((all) => all.join(''));
  /** The same words with other spaces, hyphens and apostrophes, and hidden characters. */
  const disguised = fc.record({
    words: name,
    spaces: fc.array(space, { minLength: 4, maxLength: 4 }),
    hides: fc.array(hidden, { minLength: 4, maxLength: 4 }),
    marks: fc.tuple(hyphen, apostrophe),
  });
  interface Disguised {
    words: string[];
    spaces: string[];
    hides: string[];
    marks: [string, string];
  }
  const dressed = ({ words, spaces, hides, marks }: Disguised) =>
    (spaces[3] + words.map((word, n) => word.slice(0, 1) + (hides[n] ?? '') + word.slice(1)).join(spaces[0] ?? ' ') + (hides[3] ?? ''))
      .replaceAll('-', marks[0])
      .replaceAll("'", marks[1]);
  const isSame = (key: (text: string) => string) => (given: Disguised) => key(dressed(given)) === key(given.words.join(' '));

  property.prop({ given: disguised }, { seed: SEED, numRuns: 2000 })('does not depend on spaces, hyphens, apostrophes and hidden characters', ({ given }) => {
    expect(isSame(nameKey)(given)).toBe(true);
    expect(nameKey(cleanName(dressed(given)))).toBe(nameKey(dressed(given)));
    expect(nameKey(nameKey(dressed(given)))).toBe(nameKey(dressed(given)));
    expect(cleanName(cleanName(dressed(given)))).toBe(cleanName(dressed(given)));
  });

  test.each<[string, (text: string) => string]>([
    ['lower case only', (text) => text.toLowerCase()],
    ['trimmed lower case', (text) => text.trim().replaceAll(/ +/g, ' ').toLowerCase()],
    [
      'without zero-width characters but with fillers',
      (text) =>
        text
          .replaceAll(/[\u200b-\u200f\ufeff]/g, '')
          .replaceAll(/\s+/g, ' ')
          .trim()
          .toLowerCase(),
    ],
    ['without a difference of hyphens but with one of apostrophes', (text) => nameKey(text.replaceAll(/[`\u00b4\u02bc\u2018\u2019\u2032]/g, 'ʔ'))],
  ])('is not %s: the generator finds a name that would then have two keys', (_what, key) => {
    expect(fc.check(fc.property(disguised, isSame(key)), { seed: SEED, numRuns: 2000 }).failed).toBe(true);
  });
});

test('text keeps its visible characters', () => {
  expect(withoutInvisible('\u202atg-77\u202c \u200b')).toBe('tg-77 ');
});
