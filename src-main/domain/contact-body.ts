/**
 * Reads the body of a contact that does not fit the schema: no lead is lost because of extra text. Identifiers are read strictly, or not at all;
 * everything else is adapted or kept as given in the attributes, and named in a warning. Plain bodies never come here.
 */
import { CONTROL, type ContactInput, contactInput, type IdentifierKind, identifierKinds } from '#shared/contract/entities.ts';
import { ATTRIBUTES_MAX, CONTACT_MAX } from '#shared/contract/limits.ts';
import { misfit, wordsOf } from '#shared/contract/misfit.ts';
import type { Problem } from '#shared/contract/problems.ts';
import { type Member, membersOf, readJson, withEscapedControls, withoutTrailingCommas } from './json.ts';

/** The body of a contact that is not unambiguous JSON: its text, and what is wrong with it. It is kept as this text. */
export class UnclearBody {
  readonly text: string;
  readonly problem: Problem;
  /** encoding assumed for the text, because it is not UTF-8 */
  readonly guess: string | null;

  constructor(text: string, problem: Problem, guess: string | null = null) {
    this.text = text;
    this.problem = problem;
    this.guess = guess;
  }
}

export type ContactReading =
  | { readonly ok: true; readonly input: ContactInput; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly problem: Problem };

/** Reads a body that was kept: the value of its JSON or, if it is a text, the body as it was sent. */
export function readKept(kept: unknown): ContactReading {
  const body = typeof kept === 'string' ? bodyOf(kept) : kept;
  const strict = contactInput.safeParse(body, { error: wordsOf });
  return strict.success ? { ok: true, input: strict.data, warnings: [] } : readOddContact(body, misfit('body', strict.error));
}

function bodyOf(text: string): unknown {
  const reading = readJson(text);
  return reading.ok ? reading.value : new UnclearBody(text, { code: 'malformed_json', detail: reading.why });
}

/** Reads a body that the schema refused. @param refusal the schema's; returned if no identifier can be read */
export function readOddContact(body: unknown, refusal: Problem): ContactReading {
  const problem = body instanceof UnclearBody ? body.problem : refusal;
  const unclear = body instanceof UnclearBody ? jsonOf(body.text) : null;
  const given = body instanceof UnclearBody ? unclear && fieldsIn(unclear.text) : fieldsOf(body);
  if (given === null) return { ok: false, problem };
  const kept = new Kept(body instanceof UnclearBody ? body.guess : null);
  for (const fault of unclear?.faults ?? []) kept.warnings.push(`The body is no JSON, for it has ${fault}. It was read nevertheless`);
  const fields = {
    source_id: sourceOf(given.get('source_id'), kept),
    ...Object.fromEntries(identifierKinds.map((kind) => [kind, identifierOf(kind, given.get(kind), kept)])),
    name: nameOf(given.get('name'), kept),
    message: messageOf(given.get('message'), kept),
    target_seconds: targetOf(given.get('target_seconds'), kept),
  };
  const attributes = kept.joinedWith(attributesOf(given.get('attributes'), kept));
  const input = contactInput.safeParse({ ...defined(fields), ...(Object.keys(attributes).length > 0 && { attributes }) }, { error: wordsOf });
  if (input.success) return { ok: true, input: input.data, warnings: kept.warnings };
  const isClear =
    body instanceof UnclearBody && body.guess === null && !unclear?.faults.length && ![...given.values()].some((value) => value instanceof Unclear);
  return { ok: false, problem: isClear ? misfit('body', input.error) : problem };
}

const FIELDS: readonly string[] = Object.keys(contactInput.shape);

/** A value that can be read in more than one way: a number too large to be exact, a name given twice, too deep nesting. */
class Unclear {
  /** as it was sent; several values as a list */
  readonly text: string;
  readonly isTwice: boolean;

  constructor(text: string, isTwice: boolean) {
    this.text = text;
    this.isTwice = isTwice;
  }
}

/** The fields of a contact that a body gives. Null: it is no object. */
function fieldsOf(body: unknown): Map<string, unknown> | null {
  return isObject(body) ? new Map(FIELDS.flatMap((name) => (Object.hasOwn(body, name) ? [[name, body[name]]] : []))) : null;
}

/** The same of a valid JSON text. */
function fieldsIn(text: string): Map<string, unknown> | null {
  const members = membersOf(text);
  return members && valuesOf(members.filter(({ name }) => FIELDS.includes(name)));
}

/** What JSON does not allow and templates write, if the text has only one meaning all the same. */
const MENDS = [
  { fault: 'control characters in its texts, which should be escaped', mended: withEscapedControls },
  { fault: 'a comma after a last value, which should be left out', mended: withoutTrailingCommas },
];

/** A text that is JSON, or would be without these faults. Null: it is neither. */
function jsonOf(text: string): { text: string; faults: string[] } | null {
  const faults: string[] = [];
  let mended = text;
  for (const mend of MENDS) {
    if (isValid(mended)) break;
    const next = mend.mended(mended);
    if (next !== mended) faults.push(mend.fault);
    mended = next;
  }
  return isValid(mended) ? { text: mended, faults } : null;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unclear);

function isValid(text: string): boolean {
  const reading = readJson(text);
  return reading.ok || reading.isJson;
}

/** Values by name. The same value given twice is unambiguous. */
function valuesOf(members: readonly Member[]): Map<string, unknown> {
  const texts = new Map<string, string[]>();
  for (const { name, text } of members) {
    const known = texts.get(name);
    if (!known) texts.set(name, [text]);
    else if (!known.includes(text)) known.push(text);
  }
  return new Map([...texts].map(([name, all]) => [name, all.length > 1 ? new Unclear(`[${all.join(',')}]`, true) : clearValue(all[0] ?? 'null')]));
}

function clearValue(text: string): unknown {
  const reading = readJson(text);
  return reading.ok ? reading.value : new Unclear(text, false);
}

type Attribute = string | number | boolean | null;

/** Collects what does not fit the schema: warnings, and attributes that keep the values. */
class Kept {
  readonly warnings: string[];
  readonly isGuess: boolean;
  readonly #attributes = new Map<string, Attribute>();

  constructor(guess: string | null) {
    this.isGuess = guess !== null;
    this.warnings = guess === null ? [] : [`The body is not UTF-8 and was read as ${guess}`];
  }

  warn(field: string, what: string): void {
    this.warnings.push(`${field} ${what}`);
  }

  /** Keeps a field's value as an attribute. */
  keep(field: string, value: unknown, why: string): void {
    const whole = asAttribute(value);
    const attribute = shortened(whole);
    this.#attributes.set(field, attribute);
    this.warn(field, `${why}: it is kept in attributes${attribute === whole ? '' : ', shortened'}`);
  }

  /** Number of attributes that are kept so far. */
  get count(): number {
    return this.#attributes.size;
  }

  /** The bot's attributes and the kept ones. Neither replaces the other. */
  joinedWith(own: ReadonlyMap<string, Attribute>): Record<string, Attribute> {
    const all = new Map(own);
    for (const [name, value] of this.#attributes) all.set(freeName(name, all), value);
    return Object.fromEntries(all);
  }
}

/** The name, or one with a number after it if an attribute has it already. */
export function freeName(name: string, taken: { has(name: string): boolean }): string {
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name}_${n}`;
  return free;
}

/** A value as an attribute: lists, objects and unclear values as their JSON. */
function asAttribute(value: unknown): Attribute {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  return clean(typeof value === 'string' ? value : value instanceof Unclear ? value.text : JSON.stringify(value));
}

const shortened = (attribute: Attribute): Attribute => (typeof attribute === 'string' ? cut(attribute, CONTACT_MAX.attribute) : attribute);

/** Values that programs send for "nothing". */
const isEmpty = (value: unknown): boolean =>
  value === false || (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);

function countsAsNothing(field: string, value: unknown, kept: Kept): boolean {
  if (!isEmpty(value)) return false;
  kept.warn(field, `was ${JSON.stringify(value)} and counts as not given`);
  return true;
}

const whyUnclear = ({ isTwice }: Unclear): string => (isTwice ? 'was given twice with different values' : 'has no certain meaning');
const WRONG_TYPE = 'is not text';

function identifierOf(kind: IdentifierKind, given: unknown, kept: Kept): string | undefined {
  const value = textOf(kind, given, kept);
  if (value == null || countsAsNothing(kind, value, kept)) return undefined;
  if (typeof value !== 'string') {
    kept.keep(kind, value, value instanceof Unclear ? whyUnclear(value) : WRONG_TYPE);
    return undefined;
  }
  // two external ids may differ only in this
  const text = kind === 'external_id' ? value.trim() : withoutMarredEnds(value.replaceAll(BREAKS, '\n'));
  if (kept.isGuess && NOT_ASCII.test(text)) kept.keep(kind, value, 'is not UTF-8 and was not used');
  else if (isMarred(text)) kept.keep(kind, value, 'has control characters or broken ones and was not used');
  else if (isLonger(text, CONTACT_MAX[kind])) kept.keep(kind, value, `has more than ${CONTACT_MAX[kind]} characters and was not used`);
  else {
    if (text !== value.trim()) kept.warn(kind, 'had control characters, which were left out');
    return text;
  }
  return undefined;
}

const NOT_ASCII = /[^\p{ASCII}]/u;
const WHOLE = /^-?\d{1,255}$/;

/**
 * The text of an identifier: whole numbers as their digits, the `value` of an object as CRMs write it, a list of one as its element, several phones or
 * addresses side by side. A list with other parts, or with more than fits, is also kept as an attribute.
 */
function textOf(kind: IdentifierKind, given: unknown, kept: Kept): unknown {
  if (!Array.isArray(given)) return partOf(kind, given);
  if (given.length === 1 && !Array.isArray(given[0])) return partOf(kind, given[0]);
  const parts = kind === 'external_id' ? [] : given.map((one) => partOf(kind, one)).filter((part) => typeof part === 'string');
  let text = '';
  let taken = 0;
  for (const part of parts) {
    const longer = text === '' ? part : `${text}, ${part}`;
    if (isLonger(longer, CONTACT_MAX[kind])) break;
    text = longer;
    taken++;
  }
  if (taken === 0) return given;
  if (taken < given.length) kept.keep(kind, given, 'is a list with parts that were not used');
  return text;
}

function partOf(kind: IdentifierKind, given: unknown): unknown {
  if (typeof given === 'number') return Number.isSafeInteger(given) ? String(given) : given;
  if (given instanceof Unclear) return !given.isTwice && WHOLE.test(given.text) ? given.text : given;
  const [[, value] = [], ...others] = kind !== 'external_id' && isObject(given) ? Object.entries(given).filter(([name]) => /^value$/i.test(name)) : [];
  return others.length === 0 && (typeof value === 'string' || typeof value === 'number') ? partOf(kind, value) : given;
}

function sourceOf(given: unknown, kept: Kept): number | undefined {
  if (given == null) return undefined;
  const id = typeof given === 'string' && /^\d{1,15}$/.test(given.trim()) ? Number(given) : given;
  if (contactInput.shape.source_id.safeParse(id).success) return id as number; // as in its schema
  kept.keep('source_id', given, 'is not the id of a source and was not used');
  return undefined;
}

function targetOf(given: unknown, kept: Kept): number | undefined {
  if (given == null) return undefined;
  const target = typeof given === 'string' && /^\d{1,9}$/.test(given.trim()) ? Number(given) : given;
  if (contactInput.shape.target_seconds.safeParse(target).success) return target as number; // as its schema says
  kept.keep('target_seconds', given, 'is not a whole number of seconds within a day and was not used');
  return undefined;
}

function nameOf(given: unknown, kept: Kept): string | undefined {
  const name = wordsOfField('name', given, kept);
  if (name === undefined || !isLonger(name, CONTACT_MAX.name)) return name;
  kept.keep('name', name, `has more than ${CONTACT_MAX.name} characters and was shortened`);
  return cut(name, CONTACT_MAX.name);
}

function messageOf(given: unknown, kept: Kept): string | undefined {
  const message = wordsOfField('message', given, kept);
  if (message === undefined || !isLonger(message, CONTACT_MAX.message)) return message;
  kept.warn('message', `has ${lengthOf(message).toLocaleString('en-US')} characters and was shortened to ${CONTACT_MAX.message.toLocaleString('en-US')}`);
  return cut(message, CONTACT_MAX.message);
}

function wordsOfField(field: string, given: unknown, kept: Kept): string | undefined {
  if (given == null || countsAsNothing(field, given, kept)) return undefined;
  if (typeof given === 'number') return String(given);
  if (typeof given !== 'string') {
    kept.keep(field, given, given instanceof Unclear ? whyUnclear(given) : WRONG_TYPE);
    return undefined;
  }
  return cleanWithWarning(field, given, kept);
}

/** Holds the attributes that do not fit, as JSON. */
const REST = 'more_attributes';

function attributesOf(given: unknown, kept: Kept): Map<string, Attribute> {
  const attributes = new Map<string, Attribute>();
  if (given == null || (!isObject(given) && countsAsNothing('attributes', given, kept))) return attributes;
  const entries = entriesOf(given);
  if (entries === null) {
    kept.keep('attributes', given, given instanceof Unclear ? whyUnclear(given) : 'is not an object');
    return attributes;
  }
  const rest: [string, unknown][] = [];
  const free = ATTRIBUTES_MAX - kept.count;
  const room = entries.length > free ? free - 1 : free; // one is reserved for the rest
  for (const [n, [name, value]] of entries.entries()) {
    const key = name.normalize('NFC');
    const isUsable = !isLonger(key, CONTACT_MAX.attribute_name) && !isMarred(key) && key !== '__proto__' && key !== REST && !attributes.has(key);
    if (n < room && isUsable) attributes.set(key, attributeOf(`attributes/${name}`, value, kept));
    else rest.push([name, value]);
  }
  if (rest.length > 0) {
    const texts = rest.map(([name, value]) => `${JSON.stringify(name)}:${value instanceof Unclear ? value.text : JSON.stringify(value)}`);
    const text = clean(`{${texts.join(',')}}`);
    attributes.set(REST, cut(text, CONTACT_MAX.attribute));
    const many = `${rest.length.toLocaleString('en-US')} of ${entries.length.toLocaleString('en-US')} do not fit`;
    kept.warn('attributes', `${many}: they are kept in ${REST}${isLonger(text, CONTACT_MAX.attribute) ? ', shortened' : ''}`);
  }
  return attributes;
}

function entriesOf(given: unknown): [string, unknown][] | null {
  if (given instanceof Unclear) {
    const members = given.isTwice ? null : membersOf(given.text);
    return members && [...valuesOf(members)];
  }
  return isObject(given) ? Object.entries(given) : null;
}

function attributeOf(path: string, value: unknown, kept: Kept): Attribute {
  if (typeof value === 'string') cleanWithWarning(path, value, kept);
  else if (value instanceof Unclear) kept.warn(path, `${whyUnclear(value)} and is kept as text`);
  else if (typeof value === 'object' && value !== null) kept.warn(path, `is ${Array.isArray(value) ? 'a list' : 'an object'} and is kept as its JSON`);
  const whole = asAttribute(value);
  const attribute = shortened(whole);
  if (attribute !== whole) kept.warn(path, `has more than ${CONTACT_MAX.attribute} characters and was shortened`);
  return attribute;
}

/** Line and page breaks that are control characters: Word and Excel write them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to replace
const BREAKS = /\r?[\u000b\u000c]/g;
const MARRED = new RegExp(`${CONTROL.source}|\\p{Surrogate}|\ufffd`, 'gu');
const MARRED_END = new RegExp(`^(?:\\s|${MARRED.source})$`, 'u');
const isMarred = (text: string): boolean => text.search(MARRED) >= 0;

/** Removes blanks and damaged characters at both ends. Not by one regular expression, which would take quadratic time for many blanks. */
function withoutMarredEnds(text: string): string {
  const characters = Array.from(text);
  const from = characters.findIndex((one) => !MARRED_END.test(one));
  const to = characters.findLastIndex((one) => !MARRED_END.test(one));
  return from === -1 ? '' : characters.slice(from, to + 1).join('');
}

/** Text that every store and screen can represent: unusual line breaks become usual ones, other control characters and half characters U+FFFD. */
const clean = (text: string): string => text.replaceAll(BREAKS, '\n').replaceAll(MARRED, '\ufffd');

function cleanWithWarning(field: string, given: string, kept: Kept): string {
  const text = clean(given);
  if (text !== given) kept.warn(field, 'has control characters or broken ones, which were replaced');
  return text;
}

/** Number of characters (code points), as the schema counts them. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

const isLonger = (text: string, max: number): boolean => text.length > max && lengthOf(text) > max;

/** At most `max` characters, with an ellipsis at the end if it was longer. */
function cut(text: string, max: number): string {
  if (!isLonger(text, max)) return text;
  let end = 0;
  for (let n = 1; n < max; n++) end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  return `${text.slice(0, end)}…`;
}

const defined = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
