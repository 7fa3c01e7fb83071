import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import punycode from 'punycode/punycode.js';
import { type IdentifierKind, identifierKinds } from '#shared/contract/entities.ts';
import type { Identifier } from './identify.ts';

export type PhoneRegion = CountryCode;

/** What people type into a field that they must fill: strangers who do are not one lead. */
const FILLER = /^(\d)\1+$/;

/**
 * E.164 (`+79001234567`), reading national forms as the region's; null when no telephone number can be made of it.
 * A number of a possible length will do: numbering plans change faster than programs are updated.
 */
export function normalisePhone(given: string, region: PhoneRegion): string | null {
  const number = parsePhoneNumberFromString(given.normalize('NFKC'), region);
  return number?.isPossible() && !FILLER.test(number.nationalNumber) ? number.number : null;
}

/** Compatibility forms folded, trimmed, lower case, the domain in ASCII (IDNA's ToASCII); null when it is no address. */
export function normaliseEmail(given: string): string | null {
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
    return null; // punycode throws on labels that it cannot write
  }
}

export interface Normalised {
  /** in the order of look-up */
  readonly identifiers: readonly Identifier[];
  /** what was given and could not be normalised */
  readonly unusable: readonly { readonly kind: IdentifierKind; readonly given: string }[];
}

/** The identifiers among what a bot gave; blank ones count as not given. */
export function normalise(given: { readonly [K in IdentifierKind]?: string | null | undefined }, region: PhoneRegion): Normalised {
  const identifiers: Identifier[] = [];
  const unusable: { kind: IdentifierKind; given: string }[] = [];
  for (const kind of identifierKinds) {
    const text = given[kind]?.trim();
    if (!text) continue;
    const value = kind === 'phone' ? normalisePhone(text, region) : kind === 'email' ? normaliseEmail(text) : text;
    if (value === null) unusable.push({ kind, given: text });
    else identifiers.push({ kind, value });
  }
  return { identifiers, unusable };
}
