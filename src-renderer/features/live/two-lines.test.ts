import { expect, test } from 'vitest';
import { twoLinesOf } from './two-lines.ts';

test.each([
  ['Анна', 4],
  ['Богданов Иван', 13],
  ['Константин Константинопольский', 19],
  ['Иванова Анна Петровна', 14],
  ['Великанова-Задунайская Александра Владиславовна', 24],
  ['Константинопольский', 19],
])('%s needs %i characters in two lines', (name, characters) => {
  expect(twoLinesOf(name)).toBe(characters);
});
