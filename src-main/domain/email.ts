import punycode from 'punycode/punycode.js';
import { withoutInvisible } from '#shared/plain-text.ts';

export interface EmailReading {
  /** in the order of the text, each once */
  readonly addresses: readonly string[];
  /** whether the text has nothing else that a person would want to keep */
  readonly isWhole: boolean;
}

const HOST = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\.(?![0-9]+$)[a-z0-9]([a-z0-9-]*[a-z0-9])$/;
const PLAIN = /^[a-z0-9._+-]{1,64}@[a-z0-9.-]{3,252}[a-z0-9]$/i;
/** What keyboards and word processors make of an apostrophe. */
const APOSTROPHES = /[\u2018\u2019\u02bc]/gu;
/** WhatsApp's chat ids look like addresses. */
const MESSENGER = /^(?:c\.us|g\.us|s\.whatsapp\.net)$/;

/**
 * Folds compatibility forms (NFKC), removes invisible characters, converts to lower case and the domain to ASCII (IDNA ToASCII).
 * Also accepts what surrounds a copied address: `mailto:`, `Name <…>`, a full stop at the end. Null when `given` is not an address.
 */
export function normaliseEmail(given: string): string | null {
  if (PLAIN.test(given) && !given.includes('xn--')) return checked(given.toLowerCase());
  const text = folded(given);
  return (text.startsWith('"') ? checked(text) : null) ?? checked(bare(text));
}

/** All addresses in a text: those that certainly begin and end where they seem to. */
export function readEmails(given: string): EmailReading {
  const one = normaliseEmail(given);
  return one === null ? readText(folded(given)) : { addresses: [one], isWhole: true };
}

/** Addresses read from one text. */
const MOST = 5;

const URL = /(?<![a-z0-9])(?!mailto:)[a-z][a-z0-9+.-]{1,20}:\/\/\S*/gu;
const ADDRESS = /[^\s,;|<>()[\]{}"«»“”]{1,100}@[^\s,;|<>()[\]{}"«»“”]{1,260}/gu;
/** Words next to addresses that carry no information. */
const LABEL = /(?<![\p{L}\p{N}])(?:e-?mail|mail|почта|и|или|либо|and|or)(?![\p{L}\p{N}])/gu;

function readText(text: string): EmailReading {
  const known = text.replaceAll(URL, ' ; ');
  const apart = known.replaceAll(/(@[^\s@/]{1,253})\/(?=[^\s@/]{1,64}@)/gu, '$1, ');
  const found = new Set<string>();
  let rest = '';
  let end = 0;
  for (const match of apart.matchAll(ADDRESS)) {
    const before = apart.slice(end, match.index);
    const after = apart.slice(match.index + match[0].length);
    const address = isApart(before, after) ? normaliseEmail(match[0]) : null;
    if (address !== null) found.add(address);
    rest += address === null ? before + match[0] : `${before} `;
    end = match.index + match[0].length;
  }
  rest += apart.slice(end);
  const isWhole = known === text && found.size <= MOST && !/[\p{L}\p{N}]/u.test(rest.replaceAll(LABEL, ' '));
  return { addresses: [...found].slice(0, MOST), isWhole };
}

/** A label, a conjunction or a telephone number: none of them can begin an address. */
const NO_BEGINNING = /(?:(?<![\p{L}\p{N}])(?:e-?mail|mail|and|or)[\s.]*|(?<!\S)\+?\d[\d()-]{6,20}[ \t]+)$/u;
const GOES_BACK = /[\p{Script=Latin}\p{N}_.+'-](?:[ \t]{0,3}|[,;])$/u;
const DASH_BEFORE = /\s-[ \t]+$/u;
/** The rest of a domain after a blank: `example.co m`, `my .example.com`. */
const GOES_ON = /^[ \t]{1,3}(?!(?:and|or)(?![a-z0-9])|\S*@)(?:[a-z]{1,3}(?![\p{L}\p{N}])|[a-z0-9-]{0,63}\.[a-z])/u;

/** Whether an address cannot continue across a blank or comma: `ivan petrov@example.com` may be meant as `ivan.petrov@example.com`. */
function isApart(before: string, after: string): boolean {
  const near = before.slice(-NEAR);
  const goesBack = GOES_BACK.test(near) && !NO_BEGINNING.test(near) && !DASH_BEFORE.test(near);
  return !goesBack && !GOES_ON.test(after.slice(0, NEAR));
}

/** How many characters beside an address are examined. */
const NEAR = 100;

function folded(given: string): string {
  const text = withoutInvisible(given.normalize('NFKC')).normalize('NFKC').toLowerCase().replaceAll('i\u0307', 'i').trim();
  const signed = text.replaceAll(/\s{0,9}[([]at[)\]]\s{0,9}/gu, '@');
  return signed.indexOf('@') === signed.lastIndexOf('@') ? signed.replace(/\s{0,9}@\s{0,9}/u, '@') : signed;
}

/** The address without what surrounds it. */
function bare(text: string): string {
  const inBrackets = /^[^<>@]*<([^<>]*@[^<>]*)>[\s.,;]*$/u.exec(text)?.[1] ?? text;
  return inBrackets
    .trim()
    .replace(/^(?:(?:e-?mail|почта)\s*:\s*|['"«(]+(?![^@]*["»]@))/u, '')
    .replace(/^mailto:(?:\/\/)?\s*([^?]*)(?:\?.*)?$/u, '$1')
    .replace(/[\s.,;:!'"»)>]+$/u, '')
    .trim();
}

/** A local part that may hold any printable character: `"anna, office"@example.com`. */
const QUOTED = /^"(?:[^"\\\p{Cc}]|\\[^\p{Cc}])+"$/u;

function checked(address: string): string | null {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  if (at < 1 || local.length > 64 || (!QUOTED.test(local) && /[\s@,:;<>()[\]\\]|^[^/]*\.[^/]*\//u.test(local))) return null;
  const domain = toAscii(address.slice(at + 1));
  return domain === null || domain.length > 253 || !HOST.test(domain) || MESSENGER.test(domain) ? null : `${local.replaceAll(APOSTROPHES, "'")}@${domain}`;
}

/** A label that hides invisible characters in its encoding (`xn--net-7m0a`) is the label without them. */
function toAscii(domain: string): string | null {
  try {
    const readable = domain.includes('xn--') ? withoutInvisible(punycode.toUnicode(domain).normalize('NFKC')).toLowerCase() : domain;
    return punycode.toASCII(readable);
  } catch {
    return null; // punycode throws on labels that it cannot encode
  }
}
