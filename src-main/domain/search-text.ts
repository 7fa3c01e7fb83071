/**
 * Builds the indexed text of leads and contacts and the matching queries, in one place so that they agree. Text is split into lower-case words.
 * `ё` is folded to `е`, as people type it, Latin letters lose their marks, and Russian words also match by stem. Chinese and Japanese have no spaces: each
 * of their characters is a word. Phones are stored forwards, with and without the country code, and reversed, so that a number is found by its first
 * or last digits.
 */
import { stemmer } from '@orama/stemmers/russian';
import { AsYouType, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import punycode from 'punycode/punycode.js';
import { withoutInvisible } from '#shared/plain-text.ts';
import { normaliseEmail } from './email.ts';
import type { Identifier } from './identify.ts';
import { normalisePhone } from './normalise.ts';
import type { PhoneRegion } from './phone.ts';

/** The searchable words of a lead; columns of the index. */
export interface LeadWords {
  readonly name: string;
  /** external ids and emails */
  readonly handles: string;
  readonly phones: string;
  /** phones, reversed */
  readonly endings: string;
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** Number signs, not part of any word. NFKC would turn them into letters: `№АБ-17` into `NoАБ-17`. */
const NUMBER_SIGN = /[№#]/gu;

const ASCII = /^[\p{ASCII}]*$/u;
/** Letters that Unicode decomposition does not change, with the letters that people type instead. */
const TYPED: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i', ħ: 'h', ё: 'е' };
const UNTYPED = /[ßæœøđðþłıħё]/gu;
const MARKS = /(?<=\p{Script=Latin}\p{M}*)\p{M}/gu;
/** Characters of scripts without spaces between words. */
const ALONE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc]/gu;

function folded(text: string): string {
  const plain = text.replaceAll(NUMBER_SIGN, ' ').normalize('NFKC').toLowerCase();
  if (ASCII.test(plain)) return plain;
  const visible = withoutInvisible(plain).normalize('NFD').replaceAll(MARKS, '').normalize('NFC');
  return visible.replaceAll(UNTYPED, (letter) => TYPED[letter] ?? letter).replaceAll(ALONE, ' $& ');
}

const splitWords = (text: string): string => text.match(WORD)?.join(' ') ?? '';

/** The words of a text, separated by single spaces. */
export const wordsOf = (text: string): string => splitWords(folded(text));

const APOSTROPHED = /[\p{L}\p{M}]+(?:['’ʼ‘`´][\p{L}\p{M}]+)+/gu;

/** The words of a text and, once more in one piece, those with an apostrophe: `O'Connor` is found as `connor` and as `oconnor`. */
export function indexedWords(text: string): string {
  const plain = folded(text);
  const joined = plain.match(APOSTROPHED)?.map((word) => word.replaceAll(/[^\p{L}\p{M}]/gu, '')) ?? [];
  return [splitWords(plain), ...joined].filter(Boolean).join(' ');
}

/** An address as people read it, if it is stored in another form: `почта.рф` for `xn--80a1acny.xn--p1ai`. */
function readable(address: string): string[] {
  if (!address.includes('xn--')) return [];
  try {
    const at = address.lastIndexOf('@') + 1;
    return [`${address.slice(0, at)}${punycode.toUnicode(address.slice(at))}`];
  } catch {
    return []; // punycode throws on labels that it cannot decode
  }
}

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');
const backwards = (text: string): string => Array.from(text).reverse().join('');

/** Only calling codes 1 and 7 have one digit; the others need the metadata, which is slow. */
const callingCodeLength = (phone: string): number => (/^\+[17]/.test(phone) ? 1 : (parsePhoneNumberFromString(phone)?.countryCallingCode.length ?? 0));

/** The words by which a lead is found, by column of the index. */
export function leadWords(name: string | null, identifiers: readonly Identifier[]): LeadWords {
  const phones = identifiers.filter(({ kind }) => kind === 'phone').map(({ value }) => value);
  const spoken = phones.flatMap((phone) => {
    const all = digitsOf(phone);
    return [all, all.slice(callingCodeLength(phone))];
  });
  return {
    name: indexedWords(name ?? ''),
    handles: identifiers
      .filter(({ kind }) => kind !== 'phone')
      .flatMap(({ value }) => [value, ...readable(value)])
      .map(indexedWords)
      .join(' '),
    phones: spoken.join(' '),
    endings: phones.map((phone) => backwards(digitsOf(phone))).join(' '),
  };
}

/** Minimum number of digits for a phone search. */
const FEWEST_DIGITS = 3;
/** Matches a query token that may be (part of) a telephone number as people write it. */
const PHONE_PIECE = /^[+\d().\-–—/]*\d[\d().\-–—/]*$/u;

/** Labels that are copied along with a number: `тел. 8 900…`, `tel:+7900…`. */
const PHONE_LABEL = /(?<![\p{L}\p{N}])(?:тел(?:ефон)?|моб(?:ильный)?|tel|phone|mob(?:ile)?|[тм](?=[.:]))[.:]*\s*(?=[+\d(](?:[\s().\-–—/]*\d){5})/giu;

/** Splits at spaces and joins neighbours that may belong to one number: `8 (900) 123-45-67`. */
function piecesOf(query: string): string[] {
  const pieces: string[] = [];
  let numberGoesOn = false;
  for (const piece of withoutInvisible(query).replaceAll(NUMBER_SIGN, ' ').normalize('NFKC').replaceAll(PHONE_LABEL, '').split(/\s+/u)) {
    if (piece === '') continue;
    const isNumber: boolean = PHONE_PIECE.test(piece) || (piece === '+' && !numberGoesOn);
    if (isNumber && numberGoesOn && !piece.startsWith('+')) pieces.push(`${pieces.pop() ?? ''} ${piece}`);
    else pieces.push(piece);
    numberGoesOn = isNumber;
  }
  return pieces;
}

/** Prefixes to look for when a phone is typed like this: the digits as typed, and without the region's trunk prefix (`8 900…`). */
function beginnings(piece: string, region: PhoneRegion): string[] {
  const digits = digitsOf(piece);
  const typing = new AsYouType(region);
  typing.input(piece);
  const national = typing.getNumber()?.nationalNumber ?? '';
  const whole = normalisePhone(piece, region);
  const found = [digits, ...(national.length >= FEWEST_DIGITS ? [national] : []), ...(whole === null ? [] : [digitsOf(whole)])];
  return [...new Set(found)];
}

const phrase = (words: string): string => `"${words}" *`;

const RUSSIAN_WORD = /^[а-я]+$/u;
/** Shorter stems match too many unrelated words. */
const SHORTEST_STEM = 4;

/** Snowball stem of a Russian word (`доставк` of `доставкой`). Null when the stem is too short or adds no matches. */
function stemOf(word: string): string | null {
  const stem = RUSSIAN_WORD.test(word) ? stemmer(word) : word;
  return stem.length < SHORTEST_STEM || stem === word ? null : stem;
}

/**
 * Builds an FTS5 query: every token must match in some column, its last word by prefix, Russian words in any form. Null when the query has no words.
 * @param columns word columns to search in addition to the phones
 */
export function matchOf(query: string, region: PhoneRegion, columns: readonly string[]): string | null {
  const texts = `{${columns.join(' ')}}`;
  const asked = piecesOf(query).flatMap((piece) => {
    const words = wordsOf(piece.includes('@') ? (normaliseEmail(piece) ?? piece) : piece);
    if (words === '') return [];
    const ways = [`${texts} : ${phrase(words)}`];
    const stem = stemOf(words);
    if (stem !== null) ways.push(`${texts} : ${phrase(stem)}`);
    if (PHONE_PIECE.test(piece.replaceAll(/\s/g, '')) && digitsOf(piece).length >= FEWEST_DIGITS) {
      for (const digits of beginnings(piece, region)) ways.push(`{phones} : ${phrase(digits)}`);
      ways.push(`{endings} : ${phrase(backwards(digitsOf(piece)))}`);
    }
    return [`(${ways.join(' OR ')})`];
  });
  return asked.length === 0 ? null : asked.join(' AND ');
}

/** The id in a query of the form `#17` or `№ 17`; null for other queries. */
export function idOf(query: string): number | null {
  const digits = /^\s*[#№]\s*(\d{1,15})\s*$/u.exec(query)?.[1];
  return digits === undefined ? null : Number(digits);
}
