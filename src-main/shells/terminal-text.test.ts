import { expect, test } from 'vitest';
import { terminalText } from './terminal-text.ts';

test.each([
  ['a name in any script', 'Бот «Москва» 東京', 'Бот «Москва» 東京'],
  ['sequences that steer a terminal', '\u001b[2J\u001b]0;title\u0007\u009b31m', '�[2J�]0;title��31m'],
  ['line breaks', 'A\r\nRestored\u2028B', 'A��Restored�B'],
  ['marks that turn the direction', '\u202eevil\u2066', '�evil�'],
  ['half of a character', '\ud83d', '�'],
  ['a text without end', 'я'.repeat(100_000), `${'я'.repeat(300)}…`],
])('reduces %s to readable text in one line', (_what, said, shown) => {
  expect(terminalText(said)).toBe(shown);
});
