import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import punycode from 'punycode/punycode.js';
import { type IdentifierKind, identifierKinds } from '#shared/contract/entities.ts';
import type { Identifier } from './identify.ts';

export type PhoneRegion = CountryCode;

/** Filler typed into a required field (one repeated digit). It must not identify a lead: strangers would be merged. */
const FILLER = /^(\d)\1+$/;

/**
 * Returns E.164 (`+79001234567`); national formats are read as numbers of `region`. Null when `given` is no telephone number.
 * Only the length is validated: numbering plans change faster than programs are updated.
 */
export function normalisePhone(given: string, region: PhoneRegion): string | null {
  const number = parsePhoneNumberFromString(given.normalize('NFKC'), region);
  return number?.isPossible() && !FILLER.test(number.nationalNumber) ? number.number : null;
}

/** Trims, folds compatibility forms (NFKC), converts to lower case and the domain to ASCII (IDNA ToASCII). Null when `given` is no address. */
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
    return null; // punycode throws on labels that it cannot encode
  }
}

export interface Normalised {
  /** in the order of look-up */
  readonly identifiers: readonly Identifier[];
  /** values that could not be normalised */
  readonly unusable: readonly { readonly kind: IdentifierKind; readonly given: string }[];
}

/** Normalises the identifiers that a bot sent. Blank values count as absent. */
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
