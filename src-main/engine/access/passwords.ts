/**
 * Passwords as they are stored: scrypt (RFC 7914) of `node:crypto`, which every Node.js and Electron here has, so that no native module is added for it. The cost is
 * one of those that OWASP's Password Storage Cheat Sheet recommends: N = 2^15, r = 8, p = 3, 32 MiB of memory.
 */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** The first byte of a stored password: which cost it was made with. */
const VERSION = 1;
const COST: ScryptOptions = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** The password as it is stored: version, salt and hash. */
export async function storedPassword(password: string): Promise<Buffer> {
  const salt = randomBytes(SALT_BYTES);
  return Buffer.concat([Buffer.from([VERSION]), salt, await hashOf(password, salt)]);
}

/** Whether it is the stored password; of `null`, nobody's, which takes as long to find out. */
export async function isPassword(password: string, stored: Uint8Array | null): Promise<boolean> {
  const salt = stored?.subarray(1, 1 + SALT_BYTES) ?? Buffer.alloc(SALT_BYTES);
  const hash = await hashOf(password, salt);
  const kept = stored?.subarray(1 + SALT_BYTES) ?? Buffer.alloc(HASH_BYTES);
  return stored?.[0] === VERSION && timingSafeEqual(hash, kept);
}

/** NFKC, as NIST SP 800-63B asks: the same characters typed on two keyboards are the same password. */
const hashOf = (password: string, salt: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, COST, (error, hash) => (error ? reject(error) : resolve(hash)));
  });
