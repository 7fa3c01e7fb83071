import { describe, expect, test } from 'vitest';
import { type Choose, provesChoose, refutesChoose } from '../testing/proves-choose.ts';
import { tables } from '../testing/tables.ts';
import { replay, undrawn } from './choose.ts';
import { type Candidate, passedOver } from './table.ts';

describe('which operator a draw selects', () => {
  test('the tables tested are many and have every kind of row', () => {
    const rows = tables.flat();
    const kinds = (['zero_weight', 'inactive', 'full', null] as const).map((why) => rows.some((row) => passedOver(row) === why));
    expect({ many: tables.length >= 2000, kinds }).toEqual({ many: true, kinds: [true, true, true, true] });
  });

  test('over every r of every table, each eligible operator is selected exactly `weight` times and nobody else ever', () => {
    expect(refutesChoose((table, r) => replay(table, { sum: 0, r }, null), tables)).toBe(null);
  });

  const eligible = (table: readonly Candidate[]) => table.filter((row) => passedOver(row) === null);
  const walk = (rows: readonly Candidate[], r: number, stops: (rest: number, weight: number) => boolean): number => {
    if (!Number.isInteger(r) || r < 0) throw new RangeError();
    let rest = r;
    for (const row of rows) {
      if (stops(rest, row.weight)) return row.operator_id;
      rest -= row.weight;
    }
    throw new RangeError();
  };
  const honest: Choose = (table, r) => walk(eligible(table), r, (rest, weight) => rest < weight);
  const mutants: Record<string, Choose> = {
    'is off by one': (table, r) => walk(eligible(table), r, (rest, weight) => rest <= weight),
    'is off by one in the other direction': (table, r) => walk(eligible(table), r, (rest, weight) => rest < weight - 1),
    'draws a zero weight': (table, r) =>
      walk(
        table.filter((row) => row.weight === 0 || passedOver(row) === null),
        r,
        (rest, weight) => rest < weight || (weight === 0 && rest === 0),
      ),
    'draws the inactive': (table, r) =>
      walk(
        table.filter((row) => row.weight > 0 && row.load < row.max_load),
        r,
        (rest, weight) => rest < weight,
      ),
    'draws the full': (table, r) =>
      walk(
        table.filter((row) => row.weight > 0 && row.is_active),
        r,
        (rest, weight) => rest < weight,
      ),
    'allows one slot too many': (table, r) =>
      walk(
        table.filter((row) => row.weight > 0 && row.is_active && row.load <= row.max_load),
        r,
        (rest, weight) => rest < weight,
      ),
    'favours the last candidate': (table, r) => {
      const last = eligible(table).at(-1);
      return last && r === 0 ? last.operator_id : honest(table, r);
    },
    'favours the first candidate by a single value': (table, r) => {
      const first = eligible(table).at(0);
      return first && r === first.weight ? first.operator_id : honest(table, r);
    },
    'ignores the weights': (table, r) => {
      const rows = eligible(table);
      if (!Number.isInteger(r) || r < 0 || r >= undrawn(table).sum) throw new RangeError();
      return rows[r % rows.length]?.operator_id ?? 0;
    },
    'walks from the end, which a replay would not': (table, r) => walk(eligible(table).toReversed(), r, (rest, weight) => rest < weight),
    'falls back to the last one when r is too large': (table, r) => {
      if (r >= undrawn(table).sum) return table.at(-1)?.operator_id ?? 0;
      return honest(table, r);
    },
    'accepts a fraction': (table, r) => honest(table, r > 0 ? Math.floor(r) : r),
  };

  test('an independent implementation of the rule passes this check', () => {
    expect(provesChoose(honest, tables)).toBe(true);
  });

  test.each(Object.entries(mutants))('the check detects a choice that %s', (_, mutant) => {
    expect(provesChoose(mutant, tables)).toBe(false);
  });
});
