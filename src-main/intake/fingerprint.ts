/** Tells whether two bodies say the same, however their names are ordered. */
import { hash } from 'node:crypto';

/** SHA-256 of the value's canonical form. `value` is parsed JSON, or made of such parts; names with undefined do not count. */
export function fingerprint(value: unknown): Uint8Array {
  return Buffer.from(hash('sha256', JSON.stringify(sorted(value)), 'hex'), 'hex'); // hash's own buffers take longer to allocate than the hash
}

/** The same value with all names in one order. (Names that are whole numbers come first in any object, in their own one order.) */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const result: Record<string, unknown> = {};
  for (const name of Object.keys(value).sort()) result[name] = sorted((value as Record<string, unknown>)[name]); // its own names
  return result;
}
