/** What the JSON reports of Vitest and Playwright say: how many tests passed, and which did not. */
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { JSONReport, JSONReportSuite } from '@playwright/test/reporter';
import type { JsonTestResults } from 'vitest/node';

export interface Outcome {
  readonly passed: number;
  /** `file › title: first line of the error`, a line for each test, and for each file that failed outside its tests */
  readonly failed: readonly string[];
  /** `file › title` of the tests that passed only on the second attempt */
  readonly retried: readonly string[];
}

const firstLine = (text = '') => stripVTControlCharacters(text).trim().split('\n', 1)[0] ?? '';
const line = (path: readonly string[], error: string | undefined) => `${path.join(' › ')}: ${firstLine(error)}`;

/** @param root the folder that paths of files are relative to */
export function ofVitest({ numPassedTests, testResults }: JsonTestResults, root: string): Outcome {
  const failed = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const tests = assertionResults.filter((test) => test.status === 'failed');
    if (tests.length === 0 && status === 'failed') return [line([file], message)];
    return tests.map(({ ancestorTitles, title, failureMessages }) => line([file, ...ancestorTitles, title], failureMessages?.[0]));
  });
  return { passed: numPassedTests, failed, retried: [] };
}

export function ofPlaywright({ stats, suites, errors }: JSONReport, root: string): Outcome {
  const tests = suites.flatMap((suite) => within(suite));
  return {
    passed: stats.expected + stats.flaky,
    failed: [
      ...errors.map(({ location, message }) => line([location ? relative(root, location.file) : 'Playwright'], message)),
      ...tests.filter(({ status }) => status === 'unexpected').map(({ path, error }) => line(path, error)),
    ],
    retried: tests.filter(({ status }) => status === 'flaky').map(({ path }) => path.join(' › ')),
  };
}

function within(
  { title, specs, suites = [] }: JSONReportSuite,
  outside: readonly string[] = [],
): { path: string[]; status: string; error: string | undefined }[] {
  const here = [...outside, title];
  return [
    ...specs.flatMap((spec) =>
      spec.tests.map(({ status, results }) => ({
        path: [...here, spec.title],
        status,
        error: results.find(({ error }) => error !== undefined)?.error?.message,
      })),
    ),
    ...suites.flatMap((suite) => within(suite, here)),
  ];
}
