import { randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { readOwn } from '#vault/own-files.ts';
import { replaceFile } from './data-dir.ts';

/**
 * Reads the token in `file`, created at the first start: 32 random bytes in base64url, readable only by its owner.
 * A truncated or empty file is an error, not a weak token.
 */
export function adminToken(file: string): string {
  const known = readOwn(file)?.trim();
  if (known !== undefined) {
    if (!/^[\w-]{32,}$/.test(known)) throw new Error(`${file} contains no valid token; delete it to get a new one`);
    chmodSync(file, 0o600);
    return known;
  }
  const token = randomBytes(32).toString('base64url');
  replaceFile(file, `${token}\n`);
  return token;
}
