import { expect, test } from 'vitest';
import { whyNotWritten } from './why-not-written.ts';

test.each([
  ['ENOSPC: no space left on device, write', 'no_space'],
  ["EACCES: permission denied, open '/reports/a.csv.part'", 'no_access'],
  ["ENOENT: no such file or directory, open '/gone/a.csv.part'", 'no_folder'],
  ["EISDIR: illegal operation on a directory, rename '/a.part' -> '/a'", 'is_folder'],
  ["EBUSY: resource busy or locked, rename 'a.part' -> 'a'", 'in_use'],
  ['the page was not ready within 60 seconds', null],
  ['EXYZ: whatever', null],
])('%s is reported as %s', (detail, why) => {
  expect(whyNotWritten(detail)).toBe(why);
});
