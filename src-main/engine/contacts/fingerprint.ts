/** Compares request bodies by meaning, independent of key order and of how identifiers are written. */
import { hash } from 'node:crypto';
import { formerlyNormalised } from '#domain/former.ts';
import { type Normalised, normalise } from '#domain/normalise.ts';
import type { PhoneRegion } from '#domain/phone.ts';
import type { ContactInput } from '#shared/contract/entities.ts';
import { cleanName } from '#shared/plain-text.ts';

/** SHA-256 of the value's canonical form. `value` is parsed JSON or built from such parts; keys with undefined are ignored. */
export function fingerprint(value: unknown): Uint8Array {
  return Buffer.from(hash('sha256', JSON.stringify(sorted(value)), 'hex'), 'hex'); // `hash` allocates its own buffers separately, which takes longer than hashing
}

/** The same value with sorted keys. (Integer keys come first in any object, in ascending order.) */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const result: Record<string, unknown> = {};
  for (const name of Object.keys(value).sort()) result[name] = sorted((value as Record<string, unknown>)[name]); // its own keys
  return result;
}

/** Stored with a key: a version, the fingerprint of the body's meaning, and that of the body as sent. */
const VERSION = 3;
const HASH_BYTES = 32;
/** Version 1 stored only the fingerprint of the body as sent, without a version number. */
const isFirstVersion = (kept: Uint8Array): boolean => kept.length === HASH_BYTES;
/** Version 2 had the meaning by the earlier rules of normalising. */
const SECOND_VERSION = 2;

/**
 * The fingerprint to store with a key. Both forms are stored: a body's meaning depends on the workspace's phone region, and an identical
 * body must match its contact even if the region has changed.
 * @param isAdapted the input is not everything that was sent: it may have been shortened, so two bodies may give one input
 */
export function keptFingerprint(asSent: Uint8Array, input: ContactInput, normalised: Normalised, isAdapted: boolean): Uint8Array {
  return Buffer.concat([Uint8Array.of(VERSION), isAdapted ? asSent : meaning(input, normalised), asSent]);
}

/** Whether a body matches the one that the key was first used with. Any body matches if either fingerprint is missing. */
export function isSameBody(kept: Uint8Array | null, asSent: Uint8Array | null, input: ContactInput, region: PhoneRegion, isAdapted: boolean): boolean {
  if (kept === null || asSent === null) return true;
  if (isFirstVersion(kept)) return equal(kept, asSent);
  if (equal(kept.subarray(1 + HASH_BYTES), asSent)) return true;
  if (isAdapted) return false;
  const meant = kept[0] === SECOND_VERSION ? formerMeaning(input, region) : meaning(input, normalise(input, region));
  return equal(kept.subarray(1, 1 + HASH_BYTES), meant);
}

/** Fields that only some bodies have: keys stored before they existed compare as before. */
const furtherFields = ({ target_seconds }: ContactInput) => (target_seconds == null ? {} : { target_seconds });

/** Fingerprint of the body's meaning: the data of the contact, normalised. */
function meaning(input: ContactInput, normalised: Normalised): Uint8Array {
  const { source_id, name, message, attributes } = input;
  const identifiers = normalised.identifiers.map(({ kind, value }) => ({ kind, value }));
  const kept = [...normalised.unusable, ...normalised.noted];
  return fingerprint({
    source_id,
    identifiers,
    kept,
    name: cleanName(name ?? '') || null,
    message: message ?? null,
    attributes: attributes ?? {},
    ...furtherFields(input),
  });
}

function formerMeaning(input: ContactInput, region: PhoneRegion): Uint8Array {
  const { source_id, name, message, attributes, ...given } = input;
  const { identifiers, unusable } = formerlyNormalised(given, region);
  return fingerprint({
    source_id,
    identifiers,
    unusable,
    name: name?.trim() || null,
    message: message ?? null,
    attributes: attributes ?? {},
    ...furtherFields(input),
  });
}

const equal = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;
