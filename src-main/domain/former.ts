/**
 * How identifiers were normalised before valid numbers were distinguished from numbers of a possible length. Frozen: stored identifiers and the fingerprints of
 * idempotency keys were made with it, and are still compared with it.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import punycode from 'punycode/punycode.js';
import { type IdentifierKind, identifierKinds } from '#shared/contract/entities.ts';
import type { Identifier } from './identify.ts';
import type { PhoneRegion } from './phone.ts';

const FILLER = /^(\d)\1+$/;

function formerPhone(given: string, region: PhoneRegion): string | null {
  const number = parsePhoneNumberFromString(given.normalize('NFKC'), region);
  return number?.isPossible() && !FILLER.test(number.nationalNumber) ? number.number : null;
}

function formerEmail(given: string): string | null {
  const folded = given.normalize('NFKC').trim().toLowerCase();
  const at = folded.lastIndexOf('@');
  const local = folded.slice(0, at);
  const domain = folded.slice(at + 1);
  if (at < 1 || local.length > 64 || /[\s@,;<>()[\]\\]/u.test(local)) return null;
  const ascii = toAscii(domain);
  if (ascii === null || ascii.length > 253 || !/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/.test(ascii)) return null;
  return `${local}@${ascii}`;
}

function toAscii(domain: string): string | null {
  try {
    return punycode.toASCII(domain);
  } catch {
    return null;
  }
}

/** The value that was stored for an identifier; null when it could not be used. */
export function formerValue(kind: IdentifierKind, given: string, region: PhoneRegion): string | null {
  const text = given.trim();
  return kind === 'phone' ? formerPhone(text, region) : kind === 'email' ? formerEmail(text) : text;
}

export interface FormerlyNormalised {
  readonly identifiers: readonly Identifier[];
  readonly unusable: readonly { readonly kind: IdentifierKind; readonly given: string }[];
}

/** All identifiers of a contact as they used to be normalised. */
export function formerlyNormalised(given: { readonly [K in IdentifierKind]?: string | null | undefined }, region: PhoneRegion): FormerlyNormalised {
  const identifiers: Identifier[] = [];
  const unusable: { kind: IdentifierKind; given: string }[] = [];
  for (const kind of identifierKinds) {
    const text = given[kind]?.trim();
    if (!text) continue;
    const value = formerValue(kind, text, region);
    if (value === null) unusable.push({ kind, given: text });
    else identifiers.push({ kind, value });
  }
  return { identifiers, unusable };
}
