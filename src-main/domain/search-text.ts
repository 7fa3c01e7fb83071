/**
 * What is indexed of a lead and a contact, and what a query asks of the index: both made here, so that they agree. Texts become words in lower case;
 * `ё` is `е`, as people type it, and a Russian word is looked for by its stem, too. Phones are kept forwards, with and without the country's code, and backwards, so that a number is found by how it begins
 * and by how it ends.
 */
import { stemmer } from '@orama/stemmers/russian';
import { AsYouType, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Identifier } from './identify.ts';
import { normaliseEmail, normalisePhone, type PhoneRegion } from './normalise.ts';

/** The searchable words of a lead; columns of the index. */
export interface LeadWords {
  readonly name: string;
  /** external ids and emails */
  readonly handles: string;
  readonly phones: string;
  /** phones backwards */
  readonly endings: string;
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** Signs of a number: part of no word. NFKC would make letters of them, `№АБ-17` would be `NoАБ-17`. */
const NUMBER_SIGN = /[№#]/gu;

/** The words of a text with a space between each. */
export const wordsOf = (text: string): string =>
  text.replaceAll(NUMBER_SIGN, ' ').normalize('NFKC').toLowerCase().replaceAll('ё', 'е').match(WORD)?.join(' ') ?? '';

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');
const backwards = (text: string): string => Array.from(text).reverse().join('');

/** Only these two calling codes have one digit; the others take a look into the metadata, which is slow. */
const callingCodeLength = (phone: string): number => (/^\+[17]/.test(phone) ? 1 : (parsePhoneNumberFromString(phone)?.countryCallingCode.length ?? 0));

export function leadWords(name: string | null, identifiers: readonly Identifier[]): LeadWords {
  const phones = identifiers.filter(({ kind }) => kind === 'phone').map(({ value }) => value);
  const spoken = phones.flatMap((phone) => {
    const all = digitsOf(phone);
    return [all, all.slice(callingCodeLength(phone))];
  });
  return {
    name: wordsOf(name ?? ''),
    handles: identifiers
      .filter(({ kind }) => kind !== 'phone')
      .map(({ value }) => wordsOf(value))
      .join(' '),
    phones: spoken.join(' '),
    endings: phones.map((phone) => backwards(digitsOf(phone))).join(' '),
  };
}

/** Fewer digits are no part of a phone that anybody would look for. */
const FEWEST_DIGITS = 3;
/** A piece of a query that may be (a part of) a telephone number as people write it. */
const PHONE_PIECE = /^[+\d().\-–—/]*\d[\d().\-–—/]*$/u;

/** What is copied along with a number: `тел. 8 900…`, `tel:+7900…`. */
const PHONE_LABEL = /(?<![\p{L}\p{N}])(?:тел(?:ефон)?|моб(?:ильный)?|tel|phone|mob(?:ile)?|[тм](?=[.:]))[.:]*\s*(?=[+\d(](?:[\s().\-–—/]*\d){5})/giu;

/** Pieces between spaces; neighbours that may belong to one number are one piece: `8 (900) 123-45-67`. */
function piecesOf(query: string): string[] {
  const pieces: string[] = [];
  let numberGoesOn = false;
  for (const piece of query.replaceAll(NUMBER_SIGN, ' ').normalize('NFKC').replaceAll(PHONE_LABEL, '').split(/\s+/u)) {
    if (piece === '') continue;
    const isNumber: boolean = PHONE_PIECE.test(piece) || (piece === '+' && !numberGoesOn);
    if (isNumber && numberGoesOn && !piece.startsWith('+')) pieces.push(`${pieces.pop() ?? ''} ${piece}`);
    else pieces.push(piece);
    numberGoesOn = isNumber;
  }
  return pieces;
}

/** The digits that a phone may begin with that is being typed like this: as they stand, and without the region's trunk prefix (`8 900…`). */
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
/** Shorter ones begin too many words that have nothing to do with each other. */
const SHORTEST_STEM = 4;

/** How all forms of a Russian word begin (`доставк` of `доставкой`), by Snowball's rules; null when that would find too much, or nothing more. */
function stemOf(word: string): string | null {
  const stem = RUSSIAN_WORD.test(word) ? stemmer(word) : word;
  return stem.length < SHORTEST_STEM || stem === word ? null : stem;
}

/**
 * The query in FTS5's language: every piece has to be found, in whichever column, the last word of each by its beginning, a Russian word in any of its forms. Null when there is no word in it.
 * @param columns the columns of words to look in beside the phones
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

/** The id that a query asks for by its number: `#17`, `№ 17`. */
export function idOf(query: string): number | null {
  const digits = /^\s*[#№]\s*(\d{1,15})\s*$/u.exec(query)?.[1];
  return digits === undefined ? null : Number(digits);
}
