/**
 * Reads JSON that every reader understands in the same way (I-JSON, RFC 7493). JSON.parse is more lenient: it takes the last of duplicate names,
 * rounds large integers and keeps `__proto__`. Stored data could then differ from what was sent.
 */
import { pointer } from '#shared/contract/pointer.ts';

const MAX_DEPTH = 16;

/** `isJson`: it is valid JSON, but its meaning depends on the reader. */
export type JsonReading = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: string; readonly isJson: boolean };

/** Parses unambiguous JSON; otherwise says in English what is wrong, without quoting values. */
export function readJson(text: string): JsonReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // the message of JSON.parse quotes the text
    return { ok: false, why: text === '' ? 'The body is empty.' : 'The body is not valid JSON.', isJson: false };
  }
  const tally = { names: 0 };
  const fault = faultIn(value, 1, tally);
  if (fault) return { ok: false, why: `${fault.what} at ${pointer(fault.path.reverse()) || 'the top'}.`, isJson: true };
  if (tally.names !== namesIn(text)) return { ok: false, why: 'An object has the same name twice.', isJson: true };
  return { ok: true, value };
}

interface Fault {
  readonly what: string;
  /** innermost key first */
  readonly path: (string | number)[];
}

/** Checks every value and counts the names of all objects. Null when there is no fault. */
function faultIn(value: unknown, depth: number, tally: { names: number }): Fault | null {
  if (typeof value === 'number') {
    if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return null;
    return { what: 'A number is too large to be exact (beyond 2^53 - 1), send it as a string,', path: [] };
  }
  if (typeof value !== 'object' || value === null) return null;
  if (depth > MAX_DEPTH) return { what: `Nesting is deeper than ${MAX_DEPTH} levels`, path: [] };
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const fault = faultIn(value[i], depth + 1, tally);
      if (fault) return within(i, fault);
    }
    return null;
  }
  for (const [name, item] of Object.entries(value)) {
    tally.names++;
    if (name === '__proto__') return { what: 'The name __proto__ is not allowed,', path: [] };
    const fault = faultIn(item, depth + 1, tally);
    if (fault) return within(name, fault);
  }
  return null;
}

function within(step: string | number, fault: Fault): Fault {
  fault.path.push(step);
  return fault;
}

const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENING = [0x7b, 0x5b]; // { [
const CLOSING = [0x7d, 0x5d]; // } ]

/** Number of object names in a valid JSON text: outside of strings, every colon follows a name. */
function namesIn(text: string): number {
  let names = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === COLON) names++;
    else if (unit === QUOTE) i = endOfString(text, i);
  }
  return names;
}

/** Position of the closing quote of the string that begins at `at`. */
function endOfString(text: string, at: number): number {
  let end = text.indexOf('"', at + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first - 1) === BACKSLASH) first--;
  return (at - first) % 2 === 1;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to escape
const RAW_CONTROL = /[\u0000-\u001f]/g;

/**
 * The text with the control characters in its strings escaped: templates insert line breaks unescaped. JSON does not allow that, but such a text has
 * only one meaning.
 */
export function withEscapedControls(text: string): string {
  let escaped = '';
  for (let at = 0; ; ) {
    const begin = text.indexOf('"', at);
    const end = begin < 0 ? -1 : endOfString(text, begin);
    if (end < 0) return escaped + text.slice(at);
    const string = text.slice(begin, end + 1).replaceAll(RAW_CONTROL, (sign) => JSON.stringify(sign).slice(1, -1));
    escaped += text.slice(at, begin) + string;
    at = end + 1;
  }
}

/** The text without commas between the last value of an object or list and its end, which JSON does not allow. They can mean nothing else. */
export function withoutTrailingCommas(text: string): string {
  let kept = '';
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === QUOTE) {
      i = endOfString(text, i);
      if (i < 0) break;
    } else if (unit === COMMA && isTrailing(text, i)) {
      kept += text.slice(from, i);
      from = i + 1;
    }
  }
  return kept + text.slice(from);
}

/** Whether a comma has a value before it and the end of an object or list after it. */
function isTrailing(text: string, at: number): boolean {
  const [before, after] = [nextSign(text, at, -1), nextSign(text, at, 1)];
  return CLOSING.includes(after) && before !== COMMA && !OPENING.includes(before) && before !== COLON;
}

/** The next character that is no blank, as a code unit. */
function nextSign(text: string, from: number, step: 1 | -1): number {
  let at = from + step;
  while (BLANK.includes(text.charCodeAt(at))) at += step;
  return text.charCodeAt(at);
}

const BLANK = [0x20, 0x09, 0x0a, 0x0d];

/** A member of an object, with its value as it was written. */
export interface Member {
  readonly name: string;
  readonly text: string;
}

/** All members of the object in a valid JSON text, in order, however often a name occurs. Null: the text is not an object. */
export function membersOf(text: string): Member[] | null {
  let at = text.search(/\S/);
  if (text[at] !== '{') return null;
  const members: Member[] = [];
  for (;;) {
    const name = text.indexOf('"', at + 1);
    if (name < 0) return members; // an empty object
    const end = endOfString(text, name);
    const begin = text.indexOf(':', end) + 1;
    at = endOfValue(text, begin);
    members.push({ name: JSON.parse(text.slice(name, end + 1)), text: text.slice(begin, at).trim() });
    if (text.charCodeAt(at) !== COMMA) return members;
  }
}

/** Position of the comma or bracket after the value that begins at `begin`. */
function endOfValue(text: string, begin: number): number {
  for (let i = begin, depth = 0; ; i++) {
    const unit = text.charCodeAt(i);
    if (unit === QUOTE) i = endOfString(text, i);
    else if (OPENING.includes(unit)) depth++;
    else if (CLOSING.includes(unit) && depth-- === 0) return i;
    else if (unit === COMMA && depth === 0) return i;
  }
}
