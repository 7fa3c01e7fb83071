import { describe, expect, test } from 'vitest';
import { candidate, tables } from '../testing/tables.ts';
import { byKey } from './by-key.ts';
import { strategies } from './strategies.ts';
import type { Strategy } from './strategy.ts';
import { type Candidate, canBeTaken, passedOver } from './table.ts';

/** The real strategies and two whose keys differ between candidates, so that the rules on keys are tested. */
const all: Record<string, Strategy> = {
  ...strategies,
  'least load first': byKey(({ load }) => load),
  'the last one first': byKey(({ operator_id }) => -operator_id),
};

const small = tables.filter((table) => table.reduce((sum, { weight }) => sum + weight, 0) <= 60);
const total = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0);
const never = () => {
  throw new Error('nothing is to be drawn');
};

describe.each(Object.entries(all))('the strategy %s', (_, strategy) => {
  /** The operator for each possible r. */
  const outcomes = (table: readonly Candidate[]): (number | null)[] =>
    Array.from({ length: strategy.byHand(table).sum }, (_r, r) => strategy.pick(table, () => r).chosen?.operator_id ?? null);

  test('picks somebody who can take the contact, when there is one, and else throws no dice', () => {
    for (const table of tables) {
      const { chosen, evidence } = strategy.pick(table, canBeTaken(table) ? (sum) => sum - 1 : never);
      const [able, r] = canBeTaken(table) ? [table.filter((one) => passedOver(one) === null), evidence.sum - 1] : [[null], null];
      expect(able).toContain(chosen);
      expect([evidence.sum > 0, evidence.r]).toEqual([canBeTaken(table), r]);
    }
  });

  test('gives each as many values of r as its chance says', () => {
    expect(small.length).toBeGreaterThan(500);
    for (const table of small) {
      const found = outcomes(table);
      const expected = table.map(({ operator_id }) => found.filter((one) => one === operator_id).length / Math.max(1, found.length));
      expect(strategy.chances(table)).toEqual(expected);
    }
  });

  test('lays stretches without gaps that say the same, in the order of the table', () => {
    for (const table of small) {
      const laid = strategy.stretches(table);
      expect(laid.flatMap(({ candidate: { operator_id }, from, to }) => Array.from({ length: to - from + 1 }, () => operator_id))).toEqual(outcomes(table));
      const chances = strategy.chances(table).filter((p) => p > 0);
      expect(laid.map(({ share }) => share)).toEqual(chances);
      expect(total(chances)).toBeCloseTo(canBeTaken(table) ? 1 : 0, 9);
    }
  });

  test('replays every pick from its evidence', () => {
    for (const table of tables) {
      const { chosen, evidence } = strategy.pick(table, (sum) => sum >> 1);
      expect(strategy.replay(table, evidence)).toBe(chosen?.operator_id ?? null);
    }
  });

  test('refuses to replay what cannot have been drawn from the table', () => {
    for (const table of small) {
      const { sum } = strategy.byHand(table);
      for (const r of [-1, 0.5, sum]) expect(() => strategy.replay(table, { sum, r })).toThrow(RangeError);
    }
  });

  test('counts many tables into the same list', () => {
    const into: number[] = [];
    const table = [candidate(1), candidate(2, { weight: 3, load: 10 }), candidate(3, { weight: 3 })];
    const free = table.map((one) => ({ ...one, load: 0 }));
    expect(strategy.chances(table, into)).toBe(into);
    expect([[...into], [...strategy.chances(free, into)]]).toEqual([strategy.chances(table), strategy.chances(free)]);
  });
});

test('of those who can take a contact only those with the smallest key are drawn from', () => {
  const table = [
    candidate(1, { load: 2, weight: 5 }),
    candidate(2, { load: 1 }),
    candidate(3, { load: 1, weight: 3 }),
    candidate(4, { load: 0, is_active: false }),
  ];
  expect(byKey(({ load }) => load).chances(table)).toEqual([0, 0.25, 0.75, 0]);
});
