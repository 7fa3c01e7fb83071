import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { find, findSimilar, matching, otherLayout, slips } from './match.ts';

const things = [['Веса', 'Weights'], ['Операторы', 'Operators'], ['Анна Петрова'], ['Пётр Аннин'], ['Жанна'], ['[x] odd']].map((names) => ({ names }));
const found = (text: string, limit = 9) => find(things, text, limit).map(({ names }) => names[0]);

test('an item is found by a part of any of its names, best match first', () => {
  expect(found('вес')).toEqual(['Веса']);
  expect(found('weig')).toEqual(['Веса']);
  expect(found('анн')).toEqual(['Анна Петрова', 'Пётр Аннин', 'Жанна']);
  expect(found('анн', 1)).toEqual(['Анна Петрова']);
  expect(found('петр анн'), 'ё is е, and the order of words does not matter').toEqual(['Анна Петрова', 'Пётр Аннин']);
  expect(found('нет такого')).toEqual([]);
});

test('an item is found when typed in the other keyboard layout', () => {
  expect(otherLayout('ghbdtn')).toBe('привет');
  expect(found('dtcf')).toEqual(['Веса']);
  expect(found('цушпреы')).toEqual(['Веса']);
  expect(found('gtnhjdf')).toEqual(['Анна Петрова']);
  expect(found('[x]')).toEqual(['[x] odd']);
});

test('a mistyped word matches what was meant, also in the other layout; a short word and a number do not', () => {
  const meant = (text: string) => findSimilar(things, text, 9).map(({ names }) => names[0]);
  expect(meant('операторв')).toEqual(['Операторы']);
  expect(meant('опреаторы')).toEqual(['Операторы']);
  expect(meant('петорва ана')).toEqual([]);
  expect(meant('петорва анна')).toEqual(['Анна Петрова']);
  expect(meant('wieght')).toEqual(['Веса']);
  expect(meant('gtnhjf')).toEqual(['Анна Петрова']);
  expect(meant('вса')).toEqual([]);
  expect(findSimilar([{ names: ['+79001112233'] }], '9001112234', 9)).toEqual([]);
});

property.prop([fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 })])(
  'the beginning of a word has no typos, and each further letter adds at most one',
  (a, b) => {
    expect(slips(a, a + b)).toBe(0);
    expect(slips(a + b, a)).toBeLessThanOrEqual(b.length);
    expect(slips(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
  },
);

property.prop([fc.stringMatching(/^[a-z[\];',.` ]{1,12}$/)])('switching the layout twice gives back what was typed', (text) => {
  expect(otherLayout(otherLayout(text))).toBe(text);
});

test('matches stay in the order of the list, and everything matches an empty text', () => {
  const names = ['Марианна', 'Анна', 'Борис', 'Алёна'];
  const of = (text: string) => matching(names, text, (name) => name);
  expect([of('анна'), of('fyyf'), of('алена'), of('  '), of('х')]).toEqual([['Марианна', 'Анна'], ['Марианна', 'Анна'], ['Алёна'], names, []]);
});
