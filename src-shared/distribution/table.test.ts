import { describe, expect, test } from 'vitest';
import { candidate, tables } from '../testing/tables.ts';
import { type Candidate, canBeTaken, passedOver, waitingReason } from './table.ts';

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

  test('a contact can be taken when one candidate in its table is', () => {
    expect([[], [zero, inactive, full], [zero, inactive, full, free]].map(canBeTaken)).toEqual([false, false, true]);
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

  test('a contact has no waiting reason exactly when somebody is eligible', () => {
    expect(tables.filter((table) => (waitingReason(table) === null) !== canBeTaken(table))).toEqual([]);
  });
});
