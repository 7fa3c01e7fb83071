import { expect, test } from 'vitest';
import { type Access, adminPrincipal, consolePrincipal, may, sourcePrincipal } from './principal.ts';

test.each<[Access, boolean, boolean, boolean]>([
  ['anyone', true, true, true],
  ['console', true, true, true],
  ['source', false, true, true],
  ['admin', false, false, true],
])('a call for %s: a stranger %s, the key of a source %s, an administrator %s', (access, stranger, source, administrator) => {
  expect([null, sourcePrincipal(7), adminPrincipal, consolePrincipal].map((principal) => may(principal, { access }))).toEqual([
    stranger,
    source,
    administrator,
    administrator,
  ]);
});
