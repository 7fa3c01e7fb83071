import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { SEED } from '#shared/testing/tables.ts';
import { wordsOf } from './search-text.ts';

describe('words that people type without their marks', () => {
  const MARKED: Readonly<Record<string, string>> = {
    a: 'aáàâäãåāăą',
    c: 'cçćč',
    e: 'eéèêëēęě',
    i: 'iíìîïī',
    l: 'lł',
    n: 'nñńň',
    o: 'oóòôöõøőō',
    s: 'sśšş',
    u: 'uúùûüůű',
    y: 'yýÿ',
    z: 'zźżž',
    d: 'dđď',
  };
  const letter = fc.constantFrom(...Object.keys(MARKED), 'r', 't', 'k');
  /** A name as it is spelled, with marks, capitals, decomposed letters and invisible characters, and as it is typed. */
  const name = fc.array(fc.array(letter, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 3 }).chain((words) =>
    fc.record({
      typed: fc.constant(words.map((word) => word.join('')).join(' ')),
      spelled: fc
        .tuple(
          ...words.map((word) => fc.tuple(...word.map((plain) => fc.constantFrom(...Array.from(MARKED[plain] ?? plain)))).map((letters) => letters.join(''))),
        )
        .map((spelled) => spelled.join(' ')),
      isUpper: fc.boolean(),
      isDecomposed: fc.boolean(),
      hidden: fc.constantFrom('', '\u200b', '\u00ad', '\u202a'),
    }),
  );
  const isFound = (words: (text: string) => string) =>
    fc.property(name, ({ typed, spelled, isUpper, isDecomposed, hidden }) => {
      const cased = isUpper ? spelled.toUpperCase() : spelled;
      const text = isDecomposed ? cased.normalize('NFD') : cased;
      return words(text.slice(0, 1) + hidden + text.slice(1)) === words(typed);
    });

  test('are the words of the name', () => {
    expect(fc.check(isFound(wordsOf), { seed: SEED, numRuns: 1000 }).counterexample).toBeNull();
  });

  test.each<[string, (text: string) => string]>([
    ['lower case alone', (text) => text.toLowerCase()],
    [
      'letters without combining marks',
      (text) =>
        text
          .normalize('NFD')
          .replaceAll(/[\p{M}\u200b\u00ad\u202a]/gu, '')
          .toLowerCase(),
    ],
    ['all of it except invisible characters', (text) => (/[\u200b\u00ad\u202a]/.test(text) ? text : wordsOf(text))],
  ])('would not be with %s: the generator finds such a name', (_what, words) => {
    expect(fc.check(isFound(words), { seed: SEED, numRuns: 1000 }).failed).toBe(true);
  });

  property.prop([fc.string({ unit: 'grapheme' })])('do not change when they are taken again', (text) => {
    expect(wordsOf(wordsOf(text))).toBe(wordsOf(text));
  });
});
