import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { folder } from './folder.ts';

let path: string;

test('a temporary folder is still there for what is closed at the end of a test, even if it was opened first', () => {
  onTestFinished(() => writeFileSync(join(path, 'last-words'), ''));
  path = folder();
  expect(existsSync(path)).toBe(true);
});

test('and is removed only after the last test of its file', () => {
  expect(existsSync(join(path, 'last-words'))).toBe(true);
});
