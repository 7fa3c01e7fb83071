import { randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { readOwn } from '#store/own-files.ts';
import { replaceFile } from './data-dir.ts';

/**
 * The token in `file`, made at the first start: 32 random bytes in base64url, readable by its owner alone.
 * A file that somebody shortened or emptied is an error rather than a weak token.
 */
export function adminToken(file: string): string {
  const known = readOwn(file)?.trim();
  if (known !== undefined) {
    if (!/^[\w-]{32,}$/.test(known)) throw new Error(`${file} holds no usable token; delete it to get a new one`);
    chmodSync(file, 0o600);
    return known;
  }
  const token = randomBytes(32).toString('base64url');
  replaceFile(file, `${token}\n`);
  return token;
}
