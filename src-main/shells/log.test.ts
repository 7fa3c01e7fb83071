import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder } from '#store/testing/folder.ts';
import { openLog } from './log.ts';

test('an error is logged with its location, without personal data from its message', async () => {
  const logs = folder();
  const { logger, close } = await openLog(logs, false, () => Date.UTC(2026, 10, 22));
  const thrown = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      return error;
    }
  };
  logger.error({ err: thrown(() => JSON.parse('Иван Петров, +7 900 123-45-67')) }, 'unreadable');
  logger.error({ err: new Error('UNIQUE failed for anna@example.com\nand 8 (900) 123-45-67') }, 'refused');
  logger.error({ err: 'Иван Петров' }, 'thrown as text');
  await close();
  const text = readdirSync(logs)
    .map((name) => readFileSync(join(logs, name), 'utf8'))
    .join('');
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { err: Record<string, string> });
  expect(lines.map(({ err }) => [err.type, err.message])).toEqual([
    ['SyntaxError', '[text]'],
    ['Error', 'UNIQUE failed for [email]\nand [phone]'],
    ['string', undefined],
  ]);
  expect(lines[0]?.err.stack).toMatch(/^ {4}at JSON\.parse/);
  expect(text).not.toMatch(/Иван|Петров|anna|123-45-67/);
});
