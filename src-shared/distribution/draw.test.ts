import { randomBytes, randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { chiSquareAccepts } from '../testing/chi-square.ts';
import { candidate, tables } from '../testing/tables.ts';
import { type Dice, pick } from './choose.ts';

const honest: Dice = (sum) => randomInt(sum);

describe('the draw', () => {
  test('asks once for a face of a die with as many faces as the eligible weights, and says what came of it', () => {
    const asked: number[] = [];
    const table = [candidate(1, { weight: 2 }), candidate(2, { weight: 5, is_active: false }), candidate(3, { weight: 3 })];
    const picked = pick(table, (sum) => {
      asked.push(sum);
      return 2;
    });
    expect({ asked, picked }).toEqual({ asked: [5], picked: { chosen: table[2], evidence: { sum: 5, r: 2 } } });
  });

  test('draws nobody, and throws no dice, when nobody is eligible', () => {
    const never: Dice = () => {
      throw new Error('nothing is to be drawn');
    };
    const nobody = { chosen: null, evidence: { sum: 0, r: null } };
    expect(pick([], never)).toEqual(nobody);
    expect(pick([candidate(1, { weight: 0 }), candidate(2, { is_active: false }), candidate(3, { load: 10 })], never)).toEqual(nobody);
  });

  test.each([
    { faces: 'beyond the last face', r: (sum: number) => sum },
    { faces: 'below the first', r: () => -1 },
    { faces: 'between two', r: () => 0.5 },
  ])('throws when the dice fall $faces', ({ r }) => {
    expect(() => pick([candidate(1, { weight: 4 })], r)).toThrow(RangeError);
  });

  test('only ever chooses who is eligible, from any table', () => {
    const wrong = tables.filter((table) => {
      const { chosen } = pick(table, honest);
      return chosen !== null && !(chosen.is_active && chosen.weight > 0 && chosen.load < chosen.max_load);
    });
    expect(wrong).toEqual([]);
  });
});

describe('a million draws with cryptographic dice', () => {
  test('fall to the operators as their weights say, and each without regard to the one before', () => {
    expect(chiSquareAccepts(honest)).toBe(true);
  });

  const bytes = randomBytes(1 << 20);
  let at = 0;
  const byte = () => bytes[at++ % bytes.length] ?? 0;
  let turn = 0;
  let last = 0;
  const mutants: Record<string, Dice> = {
    'take a random byte modulo the sum': (sum) => byte() % sum,
    'never show the last face': (sum) => randomInt(Math.max(1, sum - 1)),
    'never show the first face': (sum) => (sum > 1 ? 1 + randomInt(sum - 1) : 0),
    'show one face too many': (sum) => randomInt(sum + 1),
    'round instead of cutting off': (sum) => Math.min(sum - 1, Math.round((randomInt(2 ** 32) / 2 ** 32) * sum)),
    'turn one throw in a hundred into the first face': (sum) => (randomInt(100) === 0 ? 0 : randomInt(sum)),
    'turn one throw in a hundred into the last face': (sum) => (randomInt(100) === 0 ? sum - 1 : randomInt(sum)),
    'take the lower of two throws once in ten': (sum) => (randomInt(10) === 0 ? Math.min(randomInt(sum), randomInt(sum)) : randomInt(sum)),
    'add two halves': (sum) => Math.floor((randomInt(sum) + randomInt(sum)) / 2),
    'show the faces in turn': (sum) => turn++ % sum,
    'stay as they lie once in ten': (sum) => {
      if (last >= sum || randomInt(10) > 0) last = randomInt(sum);
      return last;
    },
  };

  test.each(Object.entries(mutants))('the check catches dice that %s', (_, mutant) => {
    expect(chiSquareAccepts(mutant)).toBe(false);
  });
});
