import { describe, expect, test } from 'vitest';
import { type Candidate, choose, eligibleSum, passedOver, waitingReason } from './distribution.ts';
import { type Choose, provesChoose, refutesChoose } from './testing/proves-choose.ts';
import { candidate, tables } from './testing/tables.ts';

const zero = candidate(1, { weight: 0 });
const inactive = candidate(2, { is_active: false });
const full = candidate(3, { load: 10 });
const free = candidate(4, { weight: 3 });

describe('who is eligible', () => {
  test('an active operator with a weight and a free slot', () => {
    expect(passedOver(free)).toBe(null);
    expect(passedOver(candidate(1, { load: 9 }))).toBe(null);
  });

  test('not without a weight, not inactive, not full', () => {
    expect([zero, inactive, full].map(passedOver)).toEqual(['zero_weight', 'inactive', 'full']);
  });

  test('not above max_load, and not with a max_load of 0', () => {
    expect(passedOver(candidate(1, { load: 11 }))).toBe('full');
    expect(passedOver(candidate(1, { load: 0, max_load: 0 }))).toBe('full');
  });

  test('of several reasons the weight is named before the activity, and the activity before the capacity', () => {
    expect(passedOver(candidate(1, { weight: 0, is_active: false, load: 10 }))).toBe('zero_weight');
    expect(passedOver(candidate(1, { is_active: false, load: 10 }))).toBe('inactive');
  });

  test('the die has as many faces as the eligible weights together', () => {
    expect(eligibleSum([zero, inactive, full, free, candidate(5, { weight: 4 })])).toBe(7);
    expect(eligibleSum([])).toBe(0);
  });
});

describe('why a contact waits', () => {
  test.each<{ table: Candidate[]; reason: ReturnType<typeof waitingReason> }>([
    { table: [], reason: 'no_positive_weight' },
    { table: [zero], reason: 'no_positive_weight' },
    { table: [candidate(1, { weight: 0, is_active: false, load: 10 })], reason: 'no_positive_weight' },
    { table: [inactive], reason: 'nobody_active' },
    { table: [candidate(1, { is_active: false, load: 10 })], reason: 'nobody_active' },
    { table: [zero, inactive], reason: 'nobody_active' },
    { table: [inactive, zero], reason: 'nobody_active' },
    { table: [full], reason: 'all_full' },
    { table: [zero, full], reason: 'all_full' },
    { table: [full, inactive], reason: 'all_full' },
    { table: [inactive, full, zero], reason: 'all_full' },
    { table: [zero, inactive, full, free], reason: null },
  ])('$reason: $table', ({ table, reason }) => {
    expect(waitingReason(table)).toBe(reason);
  });

  test('nobody waits exactly when somebody is eligible', () => {
    expect(tables.filter((table) => (waitingReason(table) === null) !== eligibleSum(table) > 0)).toEqual([]);
  });
});

describe('which operator a draw means', () => {
  test('the tables tried are many and have every kind of row', () => {
    const rows = tables.flat();
    const kinds = (['zero_weight', 'inactive', 'full', null] as const).map((why) => rows.some((row) => passedOver(row) === why));
    expect({ many: tables.length >= 2000, kinds }).toEqual({ many: true, kinds: [true, true, true, true] });
  });

  test('over every r of every table each eligible operator is the answer exactly `weight` times, and nobody else ever is', () => {
    expect(refutesChoose(choose, tables)).toBe(null);
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
    'is off by one the other way': (table, r) => walk(eligible(table), r, (rest, weight) => rest < weight - 1),
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
    'gives one slot too many': (table, r) =>
      walk(
        table.filter((row) => row.weight > 0 && row.is_active && row.load <= row.max_load),
        r,
        (rest, weight) => rest < weight,
      ),
    'favours the last one': (table, r) => {
      const last = eligible(table).at(-1);
      return last && r === 0 ? last.operator_id : honest(table, r);
    },
    'favours the first one by a single face': (table, r) => {
      const first = eligible(table).at(0);
      return first && r === first.weight ? first.operator_id : honest(table, r);
    },
    'forgets the weights': (table, r) => {
      const rows = eligible(table);
      if (!Number.isInteger(r) || r < 0 || r >= eligibleSum(table)) throw new RangeError();
      return rows[r % rows.length]?.operator_id ?? 0;
    },
    'walks from the end, which a replay would not': (table, r) => walk(eligible(table).toReversed(), r, (rest, weight) => rest < weight),
    'falls back to the last one when r is too large': (table, r) => {
      if (r >= eligibleSum(table)) return table.at(-1)?.operator_id ?? 0;
      return honest(table, r);
    },
    'takes a fraction': (table, r) => honest(table, r > 0 ? Math.floor(r) : r),
  };

  test('the same rule written apart from ours passes this check', () => {
    expect(provesChoose(honest, tables)).toBe(true);
  });

  test.each(Object.entries(mutants))('the check catches a choice that %s', (_, mutant) => {
    expect(provesChoose(mutant, tables)).toBe(false);
  });
});
