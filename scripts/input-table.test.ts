/** The table of kinds in docs/input.md: each row names a test that exists. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const rows = readFileSync(join(ROOT, 'docs/input.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(1)
  .filter((line) => !line.startsWith('| ---'))
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));

/** Where the table's paths begin. */
const PLACES: readonly string[] = ['src-main', 'src-renderer', '.'];
const fileOf = (path: string): string | undefined =>
  [...PLACES.map((place) => join(ROOT, place, path)), join(ROOT, path.replace(/^shared\//, 'src-shared/'))].find((file) => existsSync(file));

/** Code of a test file. */
const code = (file: string): string => readFileSync(file, 'utf8').replaceAll('%s', '…').replaceAll('%j', '…').replaceAll('%i', '…');

/** Files and words of the names of tests that a cell names. Words without a file are those of the file named last, in this row or above. */
function named(): { row: string; file: string; words: string }[] {
  let file = '';
  return rows.flatMap(([, kind = '', , , tests = '']) =>
    tests.split(';').map((one) => {
      const [, path, words = ''] = /^\s*(?:`([^`]+)`)?:?\s*(.*)$/.exec(one) ?? [];
      if (path !== undefined) file = path;
      return { row: kind, file, words };
    }),
  );
}

test('every row has a kind, an example, what the desk does, and a test', () => {
  expect(rows.length).toBeGreaterThan(60);
  expect(rows.filter((cells) => cells.length !== 6 || cells.slice(1, 5).some((cell) => cell === ''))).toEqual([]);
});

test('every test named there exists', () => {
  const all = globSync(['src-*/**/*.test.ts', 'e2e/**/*.spec.ts'], { cwd: ROOT }).map((file) => join(ROOT, file));
  expect(all.length).toBeGreaterThan(100);
  const missing = named().filter(({ file, words }) => {
    const found = fileOf(file);
    return found === undefined || !words.split(/[…:]/).every((part) => code(found).includes(part.trim()));
  });
  expect(named().filter(({ words }) => words !== '').length).toBeGreaterThan(50);
  expect(missing).toEqual([]);
});
