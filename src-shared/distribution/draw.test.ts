import { randomBytes, randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { chiSquareAccepts } from '../testing/chi-square.ts';
import { candidate, tables } from '../testing/tables.ts';
import { type Dice, pick } from './choose.ts';

const honest: Dice = (sum) => randomInt(sum);

describe('the draw', () => {
  test('asks the dice once for a number below the sum of the eligible weights, and returns it with the result', () => {
    const asked: number[] = [];
    const table = [candidate(1, { weight: 2 }), candidate(2, { weight: 5, is_active: false }), candidate(3, { weight: 3 })];
    const picked = pick(table, (sum) => {
      asked.push(sum);
      return 2;
    });
    expect({ asked, picked }).toEqual({ asked: [5], picked: { chosen: table[2], evidence: { sum: 5, r: 2 } } });
  });

  test('draws nobody, and does not call the dice, when nobody is eligible', () => {
    const never: Dice = () => {
      throw new Error('nothing is to be drawn');
    };
    const nobody = { chosen: null, evidence: { sum: 0, r: null } };
    expect(pick([], never)).toEqual(nobody);
    expect(pick([candidate(1, { weight: 0 }), candidate(2, { is_active: false }), candidate(3, { load: 10 })], never)).toEqual(nobody);
  });

  test.each([
    { faces: 'beyond the sum', r: (sum: number) => sum },
    { faces: 'below 0', r: () => -1 },
    { faces: 'between two', r: () => 0.5 },
  ])('throws when the dice return a number $faces', ({ r }) => {
    expect(() => pick([candidate(1, { weight: 4 })], r)).toThrow(RangeError);
  });

  test('only chooses eligible operators, from any table', () => {
    const wrong = tables.filter((table) => {
      const { chosen } = pick(table, honest);
      return chosen !== null && !(chosen.is_active && chosen.weight > 0 && chosen.load < chosen.max_load);
    });
    expect(wrong).toEqual([]);
  });
});

describe('a million draws with cryptographic dice', () => {
  test('fit the weights, and each is independent of the one before', () => {
    expect(chiSquareAccepts(honest)).toBe(true);
  });

  const bytes = randomBytes(1 << 20);
  let at = 0;
  const byte = () => bytes[at++ % bytes.length] ?? 0;
  let turn = 0;
  let last = 0;
  const mutants: Record<string, Dice> = {
    'take a random byte modulo the sum': (sum) => byte() % sum,
    'never return the last value': (sum) => randomInt(Math.max(1, sum - 1)),
    'never return the first value': (sum) => (sum > 1 ? 1 + randomInt(sum - 1) : 0),
    'return one value too many': (sum) => randomInt(sum + 1),
    'round instead of truncating': (sum) => Math.min(sum - 1, Math.round((randomInt(2 ** 32) / 2 ** 32) * sum)),
    'return the first value once too often in a hundred': (sum) => (randomInt(100) === 0 ? 0 : randomInt(sum)),
    'return the last value once too often in a hundred': (sum) => (randomInt(100) === 0 ? sum - 1 : randomInt(sum)),
    'return the lower of two numbers once in ten': (sum) => (randomInt(10) === 0 ? Math.min(randomInt(sum), randomInt(sum)) : randomInt(sum)),
    'add two numbers of half the range': (sum) => Math.floor((randomInt(sum) + randomInt(sum)) / 2),
    'return all values in turn': (sum) => turn++ % sum,
    'repeat the last value once in ten': (sum) => {
      if (last >= sum || randomInt(10) > 0) last = randomInt(sum);
      return last;
    },
  };

  test.each(Object.entries(mutants))('the check detects dice that %s', (_, mutant) => {
    expect(chiSquareAccepts(mutant)).toBe(false);
  });
});
