import { type IdentifierKind, identifierKinds } from '#shared/contract/entities.ts';
import { withoutInvisible } from '#shared/plain-text.ts';
import { readEmails } from './email.ts';
import { formerValue } from './former.ts';
import type { Identifier } from './identify.ts';
import { isPlain, otherForms, type PhoneRegion, readPhones } from './phone.ts';

/** An identifier, and the text that it was read from. */
export interface GivenIdentifier extends Identifier {
  readonly given: string;
}

interface Kept {
  readonly kind: IdentifierKind;
  readonly given: string;
}

export interface Normalised {
  /** in the order of look-up */
  readonly identifiers: readonly GivenIdentifier[];
  /** values that could not be normalised */
  readonly unusable: readonly Kept[];
  /** values that hold something besides the identifiers that were read from them */
  readonly noted: readonly Kept[];
  /** telephone numbers that were read in one of two ways */
  readonly ambiguous: readonly { readonly as: string; readonly not: string }[];
}

/** Identifiers as somebody gave them. Blank values count as absent. */
export type Given = { readonly [K in IdentifierKind]?: string | null | undefined };

/** Normalises the identifiers that a bot sent. */
export function normalise(given: Given, region: PhoneRegion): Normalised {
  const identifiers: GivenIdentifier[] = [];
  const unusable: Kept[] = [];
  const noted: Kept[] = [];
  const ambiguous: { as: string; not: string }[] = [];
  for (const kind of identifierKinds) {
    const text = given[kind]?.trim();
    if (!text) continue;
    const { values, others, isWhole } = read(kind, text, region);
    for (const value of values) identifiers.push({ kind, value, given: text });
    if (values.length > 0 && !isWhole) noted.push({ kind, given: text });
    if (values.length === 0 && withoutInvisible(text).trim() !== '') unusable.push({ kind, given: text });
    if (others.length > 0) ambiguous.push({ as: values.join(', '), not: others.join(', ') });
  }
  return { identifiers, unusable, noted, ambiguous };
}

/** Warnings for the giver. @param kept what was done with a value that was not read completely */
export function warningsOf({ unusable, noted, ambiguous }: Normalised, kept: string): string[] {
  return [
    ...unusable.map(({ kind }) => `${kind} could not be normalised and ${kept}`),
    ...noted.map(({ kind }) => `${kind} holds more than was read from it and ${kept}`),
    ...ambiguous.map(({ as, not }) => `ambiguous_phone: read as ${as}; with a plus in front it would be ${not}`),
  ];
}

interface ReadValue {
  readonly values: readonly string[];
  readonly others: readonly string[];
  readonly isWhole: boolean;
}

function read(kind: IdentifierKind, text: string, region: PhoneRegion): ReadValue {
  if (kind === 'external_id') return { values: [withoutInvisible(text).trim()].filter((value) => value !== ''), others: [], isWhole: true };
  if (kind === 'email') {
    const { addresses, isWhole } = readEmails(text);
    return { values: addresses, others: [], isWhole };
  }
  const { numbers, others, isWhole } = readPhones(text, region);
  return { values: numbers, others, isWhole };
}

/** Other values under which a lead may have been stored for the same identifier. */
export interface StoredForms {
  /** forms of the number that are in use beside this one, or were */
  readonly parallel: readonly string[];
  /** what an earlier version made of the same text, unless that is somebody else's identifier now */
  readonly former: string | null;
}

/** See `StoredForms`. Most identifiers have none. */
export function storedForms({ kind, value, given }: GivenIdentifier, region: PhoneRegion): StoredForms {
  const parallel = kind === 'phone' ? otherForms(value) : [];
  const isSame = given === value || (kind === 'phone' && (isPlain(given) || (`+${given.replaceAll(/\D/g, '')}` === value && given.startsWith('+'))));
  const isOne = isSame || read(kind, given, region).values.length === 1; // a value that combined several numbers belongs to nobody
  const former = isSame || !isOne ? null : formerValue(kind, given, region);
  return { parallel, former: former === null || former === value || isRead(kind, former, region) ? null : former };
}

/** Whether a value, read as text, gives itself. */
const isRead = (kind: IdentifierKind, value: string, region: PhoneRegion): boolean => read(kind, value, region).values.includes(value);

/** The number in a text; null when there is none or several. See `readPhones`. */
export function normalisePhone(given: string, region: PhoneRegion): string | null {
  const { numbers } = readPhones(given, region);
  return numbers.length === 1 ? (numbers[0] ?? null) : null;
}

export { normaliseEmail } from './email.ts';
