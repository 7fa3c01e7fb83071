/** Tells whether two bodies say the same, however their names are ordered and their identifiers are written. */
import { hash } from 'node:crypto';
import type { Normalised } from '#domain/normalise.ts';
import type { ContactInput } from '#shared/contract/entities.ts';

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

/** What is kept with a key: a version, the fingerprint of what the body means, and that of the body as it was sent. */
const VERSION = 2;
const HASH_BYTES = 32;
/** Version 1 kept only the fingerprint of the body as it was sent, without a number of its version. */
const isFirstVersion = (kept: Uint8Array): boolean => kept.length === HASH_BYTES;

/**
 * The fingerprint to keep with a key. Both forms are kept: what a body means depends on the workspace's phone region, and the very same
 * body has to find its contact whatever the region is by then.
 */
export function keptFingerprint(asSent: Uint8Array, input: ContactInput, normalised: Normalised): Uint8Array {
  return Buffer.concat([Uint8Array.of(VERSION), meaning(input, normalised), asSent]);
}

/** Whether a body is the one that a key was used with. Where either fingerprint is missing any body is. */
export function isSameBody(kept: Uint8Array | null, asSent: Uint8Array | null, input: ContactInput, normalised: () => Normalised): boolean {
  if (kept === null || asSent === null) return true;
  if (isFirstVersion(kept)) return equal(kept, asSent);
  return equal(kept.subarray(1 + HASH_BYTES), asSent) || equal(kept.subarray(1, 1 + HASH_BYTES), meaning(input, normalised()));
}

/** Fingerprint of what a contact is made of. */
function meaning({ source_id, name, message, attributes }: ContactInput, { identifiers, unusable }: Normalised): Uint8Array {
  return fingerprint({ source_id, identifiers, unusable, name: name?.trim() || null, message: message ?? null, attributes: attributes ?? {} });
}

const equal = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;
