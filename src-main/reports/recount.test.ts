import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { groupings, type ReportName, type ReportQuery, type ReportQueryInput, reportQuery } from '#shared/contract/reports.ts';
import type * as reportModule from './report.ts';
import { differences, longerOrShorter } from './testing/differences.ts';
import { filters, lived, type Scene, scenes, step } from './testing/histories.ts';
import { mutants } from './testing/mutants.ts';
import { Recount } from './testing/recount.ts';
import type { ReportingDesk } from './testing/reporting-desk.ts';

const dayOf = (at: number, days: number) => new Date(at + days * 86_400_000).toISOString().slice(0, 10);
const counted = ['summary', 'fairness', 'waits', 'heat_map', 'load'] as const satisfies readonly ReportName[];

/** A random report query about some days of a scene. */
const question = fc.record({
  report: fc.oneof({ weight: 3, arbitrary: fc.constant('summary' as const) }, { weight: 2, arbitrary: fc.constantFrom(...counted) }),
  group_by: fc.constantFrom(...groupings),
  later: fc.constantFrom(0, 1, 2),
  filter: filters,
});
type Question = typeof question extends fc.Arbitrary<infer Q> ? Q : never;

/** Few random questions are about tags. */
const BY_TAG = [
  { group_by: 'tag', later: 0, filter: {} },
  { group_by: 'tag', later: 0, filter: { operator_ids: [1] } },
] as const;

const asked = (scene: Scene, { report, group_by, later, filter }: Question, days = 3): ReportQuery =>
  reportQuery.parse({ report, group_by, from: dayOf(scene.start, later - 1), to: dayOf(scene.start, later + days), ...filter } satisfies ReportQueryInput);

describe('every number equals a plain count of the rows', () => {
  property.prop([fc.constantFrom(...scenes), fc.array(step, { minLength: 5, maxLength: 80 }), fc.array(question, { minLength: 3, maxLength: 3 })], {
    numRuns: 25,
  })(
    'in every report, with any grouping and filter',
    async (scene, steps, questions) => {
      const reporting = await lived(scene, steps);
      for (const one of questions) {
        const query = asked(scene, one);
        expect({ query, differences: differences(new Recount(reporting, query), reporting.ask(query)) }).toEqual({ query, differences: [] });
      }
    },
    240_000,
  );

  property.prop([fc.constantFrom(...scenes), fc.array(step, { minLength: 5, maxLength: 60 }), fc.array(question, { minLength: 3, maxLength: 3 })], {
    numRuns: 25,
  })(
    'and leads to the same number of contacts',
    async (scene, steps, questions) => {
      const reporting = await lived(scene, steps);
      for (const one of questions) {
        const query = asked(scene, one, 9);
        expect({ query, differences: longerOrShorter(reporting.ask(query), (list) => reporting.ask(list)) }).toEqual({ query, differences: [] });
      }
    },
    240_000,
  );
});

test('the plain count detects every report that counts wrongly', async () => {
  const histories = fc.sample(
    fc.tuple(fc.constantFrom(...scenes), fc.array(step, { minLength: 60, maxLength: 90 }), fc.array(question, { minLength: 4, maxLength: 4 })),
    {
      numRuns: 10,
      seed: 20_261_122,
    },
  );
  const broken = await Promise.all(
    mutants.map(async ({ name }) => {
      const { report } = (await import(/* @vite-ignore */ `./report.ts?mutant=${name}`)) as typeof reportModule; // mutants.ts says what is wrong with it
      return { name, report };
    }),
  );
  const checks: { reporting: ReportingDesk; query: ReportQuery; recount: Recount }[] = [];
  for (const [scene, steps, questions] of histories) {
    const reporting = await lived(scene, steps, (now, query) => {
      for (const { report } of broken) now.ask(query, undefined, report);
    });
    for (const report of counted)
      for (const one of [...questions, ...BY_TAG]) {
        const query = asked(scene, { ...one, report }, report === 'load' ? 3 : 9);
        checks.push({ reporting, query, recount: new Recount(reporting, query) });
      }
  }
  const isWrong = (report: typeof reportModule.report | undefined) =>
    checks.some(({ reporting, query, recount }) => differences(recount, reporting.ask(query, undefined, report)).length > 0);
  expect(isWrong(undefined), 'the real one').toBe(false);
  expect(broken.filter(({ report }) => !isWrong(report)).map(({ name }) => name)).toEqual([]);
  expect(broken.length).toBeGreaterThan(20);
}, 600_000);
