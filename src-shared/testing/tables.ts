/** Tables of candidates for tests, generated from a fixed seed. */
import { fc } from '@fast-check/vitest';
import { type Candidate, MAX_WEIGHT } from '../distribution/table.ts';

/** An eligible candidate, except for the fields that the test sets. */
export function candidate(operator_id: number, parts: Partial<Candidate> = {}): Candidate {
  return { operator_id, weight: 1, load: 0, max_load: 10, is_active: true, ...parts };
}

const weight = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 12 }) },
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: MAX_WEIGHT }) },
  { weight: 1, arbitrary: fc.constant(MAX_WEIGHT) },
);

/** Any table: empty, with one operator, with operators who are at or over their limit, inactive or without weight; by operator id. */
const anyTable: fc.Arbitrary<Candidate[]> = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 1, max: 5 }),
      weight,
      load: fc.integer({ min: 0, max: 4 }),
      max_load: fc.integer({ min: 0, max: 4 }),
      is_active: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    }),
    { maxLength: 9 },
  )
  .map((rows) => {
    let operator_id = 0;
    return rows.map(({ gap, ...row }) => {
      operator_id += gap;
      return { operator_id, ...row };
    });
  });

export const SEED = 20_261_122;

/** 2,500 generated tables and handwritten corner cases, the same in every run. */
export const tables: readonly (readonly Candidate[])[] = [
  [],
  [candidate(1)],
  [candidate(7, { weight: MAX_WEIGHT })],
  [candidate(1, { weight: 0 })],
  [candidate(1, { is_active: false }), candidate(2, { load: 10 }), candidate(3, { weight: 0 })],
  [candidate(1, { weight: 0 }), candidate(2), candidate(3, { weight: 0 })],
  [candidate(1, { weight: MAX_WEIGHT }), candidate(2, { weight: 1 }), candidate(3, { weight: MAX_WEIGHT })],
  Array.from({ length: 20 }, (_, i) => candidate(i + 1, { weight: MAX_WEIGHT })),
  ...fc.sample(anyTable, { seed: SEED, numRuns: 2500 }),
];
