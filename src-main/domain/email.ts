import punycode from 'punycode/punycode.js';
import { withoutInvisible } from '#shared/plain-text.ts';

const HOST = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\.(?![0-9]+$)[a-z0-9]([a-z0-9-]*[a-z0-9])$/;
const PLAIN = /^[a-z0-9._+-]{1,64}@[a-z0-9.-]{3,252}[a-z0-9]$/i;

/**
 * Folds compatibility forms (NFKC), removes characters that show nothing, converts to lower case and the domain to ASCII (IDNA ToASCII).
 * Also takes what surrounds an address when it is copied: `mailto:`, `Name <…>`, a full stop at the end. Null when `given` is no address.
 */
export function normaliseEmail(given: string): string | null {
  return PLAIN.test(given) && !given.includes('xn--') ? checked(given.toLowerCase()) : checked(bare(given));
}

/** All addresses in a text; none where a part of it is no address. */
export function readEmails(given: string): string[] {
  const one = normaliseEmail(given);
  if (one !== null) return [one];
  const each = given.split(/[,;|\n]|\s\/\s/u).filter((part) => part.trim() !== '');
  const all = each.length > 1 && each.length <= MOST ? each.map(normaliseEmail).filter((address) => address !== null) : [];
  return all.length === each.length ? [...new Set(all)] : [];
}

/** Addresses read from one text. */
const MOST = 5;

/** The address without what surrounds it. */
function bare(given: string): string {
  const folded = withoutInvisible(given.normalize('NFKC')).normalize('NFKC').toLowerCase().replaceAll('i\u0307', 'i').trim();
  const inBrackets = /^[^<>]*<([^<>]*@[^<>]*)>[\s.,;]*$/u.exec(folded)?.[1] ?? folded;
  return inBrackets
    .replaceAll(/\s*(?:@|\(at\)|\[at\])\s*/gu, '@')
    .trim()
    .replace(/^(?:(?:e-?mail|почта)\s*:\s*|['"«(]+(?![^@]*["»]@))/u, '')
    .replace(/^mailto:\s*([^?]*)(?:\?.*)?$/u, '$1')
    .replace(/[\s.,;:!'"»)>]+$/u, '')
    .trim();
}

function checked(address: string): string | null {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  if (at < 1 || local.length > 64 || /[\s@,;<>()[\]\\]/u.test(local)) return null;
  const domain = toAscii(address.slice(at + 1));
  return domain === null || domain.length > 253 || !HOST.test(domain) ? null : `${local}@${domain}`;
}

/** A label that hides invisible characters in its encoding (`xn--net-7m0a`) is the label without them. */
function toAscii(domain: string): string | null {
  try {
    const readable = domain.includes('xn--') ? withoutInvisible(punycode.toUnicode(domain).normalize('NFKC')).toLowerCase() : domain;
    return punycode.toASCII(readable);
  } catch {
    return null; // punycode throws on labels that it cannot code
  }
}
