/**
 * Reads telephone numbers from what people and programs write into a phone field. Only a number that is certainly one identifies a lead: merging
 * strangers is worse than missing a merge.
 */
import { type CountryCode, getCountryCallingCode, Metadata, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { CONTACT_MAX } from '#shared/contract/limits.ts';
import { withoutInvisible } from '#shared/plain-text.ts';

export type PhoneRegion = CountryCode;

export interface PhoneReading {
  /** E.164, or with an extension RFC 3966 without the scheme: `+74952223344;ext=12`. In the order of the text, each once. */
  readonly numbers: readonly string[];
  /** numbers that the same digits could also be: those of another country, with a plus in front */
  readonly others: readonly string[];
  /** whether the text has nothing else that a person would want to keep */
  readonly isWhole: boolean;
}

/** Mobile numbers of calling code 7 in their usual spellings. They need no metadata: 9xx is reserved for mobiles, so each is valid. */
const PLAIN = /^(\+7|[78]) ?-?\(?(9\d\d)\)?[ -]?(\d{3})[ -]?(\d\d)[ -]?(\d\d)$/;

/** Whether the text is a Russian mobile number in a usual spelling, which is certainly one number. */
export const isPlain = (given: string): boolean => PLAIN.test(given);

/** Reads all numbers in a text; national ones are read as numbers of `region`. */
export function readPhones(given: string, region: PhoneRegion): PhoneReading {
  const [, prefix, area = '', ...rest] = PLAIN.exec(given) ?? [];
  if (prefix !== undefined && (prefix === '+7' || isSeven(region))) return { numbers: [`+7${area}${rest.join('')}`], others: [], isWhole: true };
  return readText(given, region);
}

/** A longer text is not a telephone field. */
const LONGEST = CONTACT_MAX.phone;
const E164 = /^\+[1-9]\d{6,14}$/;

/** Like `readPhones`, without the short cut for plain numbers. */
export function readText(given: string, region: PhoneRegion): PhoneReading {
  if (given.length > LONGEST) return { numbers: [], others: [], isWhole: false };
  const known = E164.test(given) ? international(given.slice(1), true) : null;
  if (known !== null) return { numbers: [known], others: [], isWhole: true };
  const { text, isWhole } = prepared(given);
  const numbers = new Set<string>();
  const others = new Set<string>();
  const rest = text.replaceAll(RUN, (run: string, at: number) => {
    if (UNREAD_EXTENSION.test(text.slice(at + run.length))) return '0'; // an unknown person behind a switchboard
    if (numbers.size > MOST) return '0';
    const found = readRun(run, { before: text.slice(0, at), after: text.slice(at + run.length) }, region);
    for (const { number, other } of found.readings) {
      numbers.add(number);
      if (other !== null) others.add(other);
    }
    return found.readings.length > 0 && found.isWhole ? ' ' : '0';
  });
  const isAll = isWhole && numbers.size <= MOST && !/[\p{L}\p{N}]/u.test(rest.replaceAll(LABEL, ' '));
  return { numbers: [...numbers].slice(0, MOST), others: [...others].slice(0, MOST), isWhole: isAll };
}

/** Numbers read from one text. */
const MOST = 5;

const isSeven = (region: PhoneRegion): boolean => getCountryCallingCode(region) === '7';

// ---- the text -----------------------------------------------------------------------------------------------------

/** Marks an extension in a prepared text. */
const EXT = '§';
/** A number with the marks that people put into it, and its extension. A comma, a semicolon, a line break or a letter ends it. */
const RUN = /(?:\+|\(|\d)[\d \t+()[\]{}.'"“”«»`´\-‐-―−_*·•●∙⋅~/|\\]*(?:§\d+)?/gu;
/** Words that announce a telephone number, or two. */
const PHONE_WORDS =
  'т|тел(?:ефон)?|моб(?:ильный)?|сот(?:овый)?|раб(?:очий)?|дом(?:ашний)?|факс|номер|phone|tel(?:ephone)?|mob(?:ile)?|cell|fax|home|work|callto|sms|sip|whatsapp|wa|viber|или|либо|и|or|and';
/** Words that may also stand before other digits: a Telegram id, the number of an order. */
const LABEL = new RegExp(`(?<![\\p{L}\\p{N}])(?:${PHONE_WORDS}|tg|telegram|no)(?![\\p{L}\\p{N}])`, 'giu');
const EXTENSION =
  /[\s,;(]*(?:;ext=|(?<=[\d\s,;().])(?:доб(?:авочный|авочн|ав)?|вн(?:утр(?:енний|енн|ен)?)?|доп(?:олнительный|олн)?|ext(?:ension|n)?|int(?:erno)?|anexo|ramal|poste|dw|durchwahl|x|х)(?!\p{L})(?:[.:\s]*(?:тел|номер|no|№)(?!\p{L}))?|(?<=\d)\s*#|(?<=\d),,+)[\s.:=#-]*(\d{1,7})(?!\d|[ ().-]*\d)\s*\)?/giu;
/** An extension after a number in words or marks that `EXTENSION` does not know. */
const UNREAD_EXTENSION = /^[\s,;(]{0,4}(?:(?:доб|вн|внутр|доп|ext|(?:в\s)?тон)\p{L}*[^\p{L}\d]{0,4}\p{L}?|[pw])\d(?:[ -]?\d){0,7}(?![ -]?\d)/iu;
/** A WhatsApp id that is a number in international format. Other ids (`@lid`, `@g.us`) are not numbers. */
const JID = /(?<![\d+])\+?(\d{7,15})(?:[.:]\d{1,4})*@(?:c\.us|s\.whatsapp\.net)/giu;
const LINK = /(?:[a-z][a-z\d+.-]{0,20}:\/\/\S*?|(?<![\p{L}\p{N}]))(?:wa\.me\/|t\.me\/|[?&](?:phone|number)=)(?:\+|%2b)?(?=\d)/giu;
/** Digits in other addresses are ids of pages and people. */
const URL = /(?<![\p{L}\p{N}])(?:[a-z][a-z\d+.-]{0,20}:\/\/|www\.|(?:[\p{L}\p{N}-]{1,63}\.){1,4}\p{L}{2,24}\/)\S*/giu;
/** How Facebook's exports mark a number. */
const FACEBOOK = /^p:(?=\+?\d)/u;
const DECIMAL = /^\D?(\d{7,15})[.,]0+\D?$/;
const SCIENTIFIC = /^\D?(\d)[.,](\d{6,14})e\+?(\d\d)\D?$/i;

/** A date, perhaps with a time, next to a number or instead of one. */
const DATE =
  /(?<![\d.+/-])(?:(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d|(?:19|20)\d\d([./-])(?:0[1-9]|1[0-2])\2(?:0[1-9]|[12]\d|3[01])|(?:19[5-9]\d|20[0-4]\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|20[2-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)(?![\d./-])(?:[t ,]{1,2}\d?\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:z|[+-]\d\d:?\d\d)?(?!\d))?/giu;
/** A date with a two-digit year. Only as the whole text: `8 (4012) 12-02-26` is a number. */
const SHORT_DATE = /^(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1\d\d$/;

/** A time of day next to a number: `после 18:00 8900…`, and with a full stop only after a word that announces one. */
const TIME =
  /(?<![\d:.])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])|(?<=(?<!\p{L})(?:после|до|с|от|в|after|before|till|until|from|at)\s)(?:[01]?\d|2[0-3])\.[0-5]\d(?![\d.-])/giu;

/** A text without these is digits and marks only: it has no extension, no link and no words. */
const MORE = /[\p{L}@#;,:]/u;

/** Brings a text into the form that `RUN` expects: ASCII digits, no invisible characters, extensions marked. */
function prepared(given: string): { text: string; isWhole: boolean } {
  const dated = asciiDigits(withoutInvisible(given.normalize('NFKC')).replaceAll(/§|\u20e3/gu, ''))
    .trim()
    .replace(FACEBOOK, '');
  const folded = dated.replaceAll(DATE, ';').replaceAll(TIME, ';');
  const decimal = DECIMAL.exec(folded)?.[1];
  if (decimal !== undefined) return { text: decimal, isWhole: true };
  const [, first, digits = '', exponent] = SCIENTIFIC.exec(folded) ?? [];
  if (first !== undefined) return digits.length === Number(exponent) ? { text: first + digits, isWhole: true } : { text: '', isWhole: false }; // fewer digits: rounded
  if (!MORE.test(folded)) return { text: folded, isWhole: folded === dated };
  const text = folded
    .replaceAll(JID, ';+$1;')
    .replaceAll(/\bsips?:(\+?\d+)@\S+/giu, '$1')
    .replaceAll(/\b(?:tel|callto|sms|phone):\/\//giu, ' ')
    .replaceAll(LINK, ';+')
    .replaceAll(EXTENSION, `${EXT}$1;`);
  const known = text.replaceAll(/\S*@\S*/gu, ';').replaceAll(URL, ';');
  return { text: known, isWhole: known === text && folded === dated };
}

/** Replaces the decimal digits of all scripts. The ten digits of a script are consecutive, zero first. */
const asciiDigits = (text: string): string =>
  text.replaceAll(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let value = 0;
    while (/\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
    return String(value % 10);
  });

// ---- a run of digits ----------------------------------------------------------------------------------------------

/** Spellings of digits, from the least to the most certain to be a telephone number. */
const WRITTEN = {
  /** an international number without a plus */
  foreign: 0,
  /** a national number without a prefix */
  short: 1,
  /** with the prefix or the code of the region */
  full: 2,
  /** with a plus, or with prefix and marks */
  clear: 3,
} as const;
type Written = (typeof WRITTEN)[keyof typeof WRITTEN];

interface Reading {
  readonly number: string;
  readonly other: string | null;
  readonly written: Written;
}
interface Readings {
  readonly readings: readonly Reading[];
  /** whether nothing was left over */
  readonly isWhole: boolean;
}
const NONE: Readings = { readings: [], isWhole: false };

interface Context {
  readonly before: string;
  readonly after: string;
}

/** Words for other numbers: orders, accounts, documents. Digits next to them are a telephone number only if they can be nothing else. */
const OTHER_NUMBER =
  /(?<![\p{L}\p{N}])(?:заказ(?:а|у|ом|е|ы|ов)?|заявк\p{L}+|догово\p{L}+|контракт\p{L}*|сч[её]т\p{L}*|чек[ау]?|инн|кпп|огрн(?:ип)?|снилс|паспорт\p{L}*|полис\p{L}*|трек\p{L}*|накладн\p{L}+|артикул\p{L}*|брон[ьи]\p{L}*|карт[аыу]|(?:[\p{L}\p{N}]+_)*(?:id|ид)|uid|uuid|order|invoice|account|contract|ticket|tracking|booking|passport|iban|bestell\p{L}*|rechnung\p{L}*|auftrag\p{L}*|pedido|commande)[\s.,:;=_–—("'#-]{0,6}(?:(?:no|nr|номер)[\s.:]{0,3})?$/iu;
const WORD_BEFORE = /(?:^|[^\p{L}])(\p{L}+)([^\p{L}\p{N},;\n]{0,5})$/u;
const PHONE_WORD = new RegExp(`^(?:${PHONE_WORDS})$`, 'iu');
const NUMBER_SIGN = /(?:(?<!\p{L})no[\s.:]*|#\s*)$/iu;
/** Number of characters examined before a number. */
const NEAR = 40;

/** How digits must be spelled to count as a number next to these words. */
function needed({ before, after }: Context, run: string): Written {
  if (before === '' && after === '') return WRITTEN.foreign;
  const near = before.slice(-NEAR);
  if (OTHER_NUMBER.test(near)) return WRITTEN.clear;
  const [, follows = ''] = /^[_-]?(\p{L}+)/u.exec(after.slice(0, NEAR)) ?? [];
  if (follows !== '' && !/[\s)]$/.test(run) && !PHONE_WORD.test(follows)) return WRITTEN.full;
  const unsigned = near.replace(NUMBER_SIGN, '');
  const [, word = '', marks = ''] = WORD_BEFORE.exec(unsigned) ?? [];
  if (PHONE_WORD.test(word)) return WRITTEN.foreign;
  if (word === '') return unsigned === near ? WRITTEN.foreign : WRITTEN.short;
  if (/^[_#=–—-]*$/.test(marks)) return WRITTEN.full;
  const isLongerThanIds = /^(?:tg|telegram)$/i.test(word) && digitsOf(run).length > LONGEST_ID;
  return isLongerThanIds ? WRITTEN.foreign : WRITTEN.short;
}

/** Maximum number of digits of a Telegram user id. */
const LONGEST_ID = 10;

/** Reads the numbers of a run that are as certain as the words next to it require. */
function readRun(run: string, context: Context, region: PhoneRegion): Readings {
  const least = needed(context, run);
  const { readings, isWhole } = readDigits(run, context, region, least);
  const certain = least === WRITTEN.foreign ? readings : readings.filter(({ written }) => written >= least);
  return { readings: certain, isWhole: isWhole && certain.length === readings.length };
}

/** Digits after a comma, a semicolon, a slash or an asterisk: an extension of a landline, a note beside a mobile number. */
const AFTER_COMMA = /^\s*[,;]\s*(\d{1,5})\s*(?=[,;\n)]|$)/u;
const AFTER_SLASH = /^(.*\d)\s*[/*]\s*(\d{1,5})\s*$/u;

function withLooseExtension(run: string, after: string, region: PhoneRegion): Reading | null {
  if (after === '' && !/[/*]/.test(run)) return null;
  const [, slashed, behind] = /^[:.]\d/.test(after) ? [] : (AFTER_SLASH.exec(run) ?? []);
  const main = slashed ?? run;
  const extension = behind ?? AFTER_COMMA.exec(after)?.[1];
  if (extension === undefined || main.includes(EXT) || (behind !== undefined && readOne(run, region) !== null)) return null;
  const reading = readOne(main, region);
  return reading && !isMobile(reading.number) ? readOne(`${main}${EXT}${extension}`, region) : null;
}

const isMobile = (number: string): boolean => parse(number)?.getType() === 'MOBILE';

/** Reads the numbers of a run. The text before and after it decides whether its first and last digits belong to a note. */
function readDigits(run: string, { before, after }: Context, region: PhoneRegion, least: Written): Readings {
  if (SHORT_DATE.test(run.trim())) return NONE;
  const extended = withLooseExtension(run, after, region);
  if (extended) return { readings: [extended], isWhole: false };
  const several = separated(run, region);
  if (several) return several;
  const whole = readOne(run, region);
  if (whole) return { readings: [whole], isWhole: true };
  const spaced = run.trim().split(/[ \t]+/);
  if (spaced.length === 1) return NONE;
  const each = spaced.map((piece) => readOne(piece, region)).filter((reading) => reading !== null);
  if (each.length > 1 && each.length === spaced.length) return { readings: each, isWhole: true };
  const isNote = (piece = '') => /^\D*\d{1,2}\D*$/.test(piece);
  const isDate = (piece = '') => !piece.includes('-') && SHORT_DATE.test(piece);
  const from = isDate(spaced[0]) || (/\p{L}[.,]?\s*$/u.test(before) && isNote(spaced[0])) ? 1 : 0;
  const to = isDate(spaced.at(-1)) || (/^(?:\p{L}|:\d)/u.test(after) && isNote(spaced.at(-1))) ? -1 : undefined;
  const inner = from > 0 || to !== undefined ? readOne(spaced.slice(from, to).join(' '), region) : null;
  if (!inner) return NONE;
  const isApart = from > 0 && least < WRITTEN.clear; // the word stands before the note
  return { readings: [isApart ? { ...inner, written: WRITTEN.clear } : inner], isWhole: false };
}

const SEPARATOR = /[/|\\]|(?<=\d[\d\s().-]{5,})(?=\+)/;
const SEPARATOR_OR_ASTERISK = /[/|\\*]|(?<=\d[\d\s().-]{5,})(?=\+)/;
/** Several asterisks are decorations. */
const ONE_ASTERISK = /^[^*]*\d\s*\*\s*\d[^*]*$/;

/** Reads the parts of a run that has separators. Null: it is one number, and they are only marks in it. */
function separated(run: string, region: PhoneRegion): Readings | null {
  const pieces = run.split(ONE_ASTERISK.test(run) ? SEPARATOR_OR_ASTERISK : SEPARATOR).filter((piece) => /\d/.test(piece));
  if (pieces.length < 2) return null;
  const readings = pieces.map((piece) => readOne(piece, region)).filter((reading) => reading !== null);
  if (readings.length === pieces.length) return { readings, isWhole: true };
  return readOne(run, region) === null && readings.length > 0 ? { readings, isWhole: false } : null;
}

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');

/** Reads one number with its extension. */
function readOne(text: string, region: PhoneRegion): Reading | null {
  const [main = '', extension] = text.split(EXT);
  const reading = readNumber(main, region);
  if (!reading || extension === undefined) return reading;
  const extended = (number: string) => `${number};ext=${extension}`;
  return { ...reading, number: extended(reading.number), other: reading.other && extended(reading.other) };
}

/** Bare digits are read as a foreign number only if there are at least as many as no local number has, and at most as many as messengers use. */
const BARE = { least: 10, most: 13 };

function readNumber(text: string, region: PhoneRegion): Reading | null {
  const digits = digitsOf(text);
  if (digits.length < 5 || digits.length > 20) return null;
  const sure = (number: string | null, written: Written = WRITTEN.clear): Reading | null => (number === null ? null : { number, other: null, written });
  const abroadWithZero = ZERO_IN_BRACKETS.test(text) ? withZeroInBrackets(text) : null;
  if (abroadWithZero !== null) return sure(abroadWithZero);
  const isTrunkEight = isSeven(region) && /^[^\d]*\+[^\d]*8/.test(text); // `+8 (900)…`: no country has the code 8
  if (isTrunkEight && /^\D*8\D/.test(text)) return sure(national(digits, region)?.number ?? international(digits, true));
  const plus = text.lastIndexOf('+');
  if (plus >= 0) {
    const written = digitsOf(text.slice(plus));
    const found = international(written.replace(/^0+/, ''), true);
    if (found !== null) return sure(found);
    if (isTrunkEight) return sure(national(digits, region)?.number ?? null);
    return sure(isSeven(region) || written.startsWith('7') ? doubled(written) : null);
  }
  if (digits.startsWith('00')) return sure(valid(digits.slice(2)), digits === text.trim() ? WRITTEN.foreign : WRITTEN.clear); // other numbers are padded with zeros
  const here = national(digits, region);
  const abroad = digits.length >= BARE.least && digits.length <= BARE.most ? international(digits, false) : null;
  if (here === null) return abroad === null ? sure(isSeven(region) ? doubled(digits) : null, WRITTEN.full) : sure(abroad, WRITTEN.foreign);
  const isBare = digits === text.replaceAll(/[ \t]/g, '');
  const isMarked = digits !== text.trim();
  const written = digits.length === here.length ? WRITTEN.short : isMarked ? WRITTEN.clear : WRITTEN.full;
  return { number: here.number, other: isBare && abroad !== null && abroad !== here.number ? abroad : null, written };
}

/** What stands before a zero in brackets is a country code, also without a plus. Belarus dials 8 (0). */
const ZERO_IN_BRACKETS = /^\D*[1-79]\d{0,2}\s*\(0\)/;

/** `+49 (0) 30…`: the zero counts where the country has one, and nowhere else. */
function withZeroInBrackets(text: string): string | null {
  const [code = '', rest = ''] = text.split('(0)', 2).map(digitsOf);
  return valid(`${code}0${rest}`) ?? valid(code + rest);
}

/** The prefix written twice: `8 8 900…`, `+7 8 900…`. */
function doubled(digits: string): string | null {
  const rest = /^[78][78](\d{10})$/.exec(digits)?.[1];
  return rest === undefined ? null : valid(`7${rest}`);
}

/** Prefixes that a country has given up and people still write: `80 50 123-45-67` in Ukraine, `044 55 1234 5678` in Mexico. */
const FORMER_PREFIX: { readonly [region in PhoneRegion]?: RegExp } = {
  UA: /^8(?=0\d{9}$)/,
  UZ: /^8(?=\d{9}$)/,
  TJ: /^8(?=\d{9}$)/,
  MX: /^0(?:1|4[45])(?=\d{10}$)/,
};

/** The number, and how many digits of it a region's people need. */
function national(digits: string, region: PhoneRegion): { number: string; length: number } | null {
  const given = parsePhoneNumberFromString(digits, { defaultCountry: region, extract: false });
  const number = given && isValid(given) ? given : given && parse(settled(given.number));
  if (number && isValid(number)) return { number: settled(number.number), length: number.nationalNumber.length };
  const short = digits.replace(FORMER_PREFIX[region] ?? /^$/, '');
  return short === digits ? null : national(short, region);
}

/** Whether a number is valid, and somebody's: seven digits are a service in North America (`310-xxxx`), or rather the beginning of a number. */
const isValid = (number: PhoneNumber): boolean => number.isValid() && (number.countryCallingCode !== '1' || number.nationalNumber.length > 7);

const ORDINARY = new Set<string | undefined>(['MOBILE', 'FIXED_LINE', 'FIXED_LINE_OR_MOBILE', 'VOIP']);

function valid(digits: string): string | null {
  const number = parse(settled(`+${digits}`));
  return number && isValid(number) ? number.number : null;
}

/** @param hasPlus whether the country code was written as one; bare digits must be an ordinary number */
function international(digits: string, hasPlus: boolean): string | null {
  const number = parse(settled(`+${digits}`));
  if (!number) return null;
  if (isValid(number)) return hasPlus || ORDINARY.has(number.getType()) ? number.number : null;
  return hasPlus && mayBeNew(number) ? number.number : null;
}

const parse = (number: string): PhoneNumber | undefined => parsePhoneNumberFromString(number, { extract: false });

/** Digits typical of invented numbers: five equal ones, or five in sequence. */
const INVENTED = /(\d)\1{4}|01234|12345|23456|34567|45678|56789|67890|98765|87654|76543|65432|54321|43210/;

/**
 * Whether a number may be of a range that is newer than the metadata: its country was written, the plan's general pattern, which has the known
 * prefixes, fits, and only the type of number is unknown. Invented numbers, and the North American area code of films, are excluded.
 */
function mayBeNew(number: PhoneNumber): boolean {
  if (!number.isPossible() || number.isValid() || INVENTED.test(number.nationalNumber)) return false;
  if (number.countryCallingCode === '1' && number.nationalNumber.startsWith('555')) return false;
  const pattern = generalPattern(number.countryCallingCode);
  return pattern !== undefined && new RegExp(`^(?:${pattern})$`).test(number.nationalNumber);
}

/** The pattern of all numbers of a plan. The package selects a plan by calling code, too, but declares neither that nor the pattern. */
function generalPattern(callingCode: string): string | undefined {
  const plans = new Metadata();
  plans.selectNumberingPlan(callingCode as CountryCode);
  return (plans.numberingPlan as { nationalNumberPattern?(): string | undefined } | undefined)?.nationalNumberPattern?.();
}

// ---- numbers with two forms ---------------------------------------------------------------------------------------

/** Digits that a country added to or removed from its numbers, while messengers keep the earlier form. The present form is used if the earlier one is not a valid number itself. */
const CHANGED: readonly { readonly was: RegExp; readonly now: string }[] = [
  { was: /^\+521(\d{10})$/, now: '+52$1' }, // Mexico, 2019
  { was: /^\+55(\d\d)([6-9]\d{7})$/, now: '+55$19$2' }, // Brazil, 2012 to 2016
  { was: /^\+229(\d{8})$/, now: '+22901$1' }, // Benin, 2024
];

function settled(number: string): string {
  const change = CHANGED.find(({ was }) => was.test(number));
  return change && !parse(number)?.isValid() ? number.replace(change.was, change.now) : number;
}

/** Earlier and parallel forms of the same number, under which it may be stored. */
export function otherForms(number: string): string[] {
  const [, mexican] = /^\+52(\d{10})$/.exec(number) ?? [];
  if (mexican !== undefined) return [`+521${mexican}`];
  const [, area, brazilian] = /^\+55(\d\d)9([6-9]\d{7})$/.exec(number) ?? [];
  if (brazilian !== undefined) return [`+55${area}${brazilian}`].filter((form) => !parse(form)?.isValid());
  const [, beninese] = /^\+22901(\d{8})$/.exec(number) ?? [];
  if (beninese !== undefined) return [`+229${beninese}`];
  const [, mobile, argentine] = /^\+54(9?)(\d{10})$/.exec(number) ?? []; // with 9 from abroad to mobiles, without it in Argentina: a subscriber has one of the two
  return argentine === undefined ? [] : [mobile === '' ? `+549${argentine}` : `+54${argentine}`];
}
