/** The fields of a kept body as a person edits them, and the body with what was edited. */
import { mendableFieldNames as FIELDS, type MendableFields } from '#shared/contract/refused-contacts.ts';
import { membersOf, readJson } from './json.ts';

/** The fields of a kept body as text, as far as they can be found in it. @param kept the value of its JSON, or the body as text */
export function fieldsOfKept(kept: unknown): MendableFields {
  const given = typeof kept === 'string' ? foundIn(kept) : isObject(kept) ? kept : {};
  return Object.fromEntries(FIELDS.map((field) => [field, asText(given[field])])) as MendableFields; // one entry for each field
}

/** A kept body with these fields instead of its own. Everything else in it stays. */
export function mended(kept: unknown, fields: Partial<MendableFields>): unknown {
  const edited = Object.fromEntries(Object.entries(fields).map(([field, text]) => [field, text.trim() === '' ? null : text]));
  if (isObject(kept)) return { ...kept, ...edited };
  const text = typeof kept === 'string' ? kept : JSON.stringify(kept);
  const members = isValid(text) ? membersOf(text) : null;
  if (members === null) return { ...withoutBlank(fieldsOfKept(kept)), ...edited, attributes: { body: text } };
  const others = members.filter(({ name }) => !Object.hasOwn(edited, name)).map((member) => `${JSON.stringify(member.name)}:${member.text}`);
  const own = Object.entries(edited).map(([field, value]) => `${JSON.stringify(field)}:${JSON.stringify(value)}`);
  return `{${[...others, ...own].join(',')}}`;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const asText = (value: unknown): string => (value == null ? '' : typeof value === 'string' ? value : JSON.stringify(value));
const withoutBlank = (fields: MendableFields) => Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ''));

function isValid(text: string): boolean {
  const reading = readJson(text);
  return reading.ok || reading.isJson;
}

/** Fields found in a text: the members of ambiguous JSON, the fields of a form, or anything that looks like one. */
function foundIn(text: string): Record<string, unknown> {
  if (isValid(text)) return Object.fromEntries((membersOf(text) ?? []).toReversed().map(({ name, text: value }) => [name, plain(value)]));
  if (/^[\w.%+-]+=/.test(text)) return Object.fromEntries(text.split('&').map((pair) => pair.split('=', 2).map(decoded)));
  return Object.fromEntries(FIELDS.map((field) => [field, labelled(field, text)]));
}

/** A name or value of a form, decoded if it can be. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** The value of a text in JSON; other values as they were written. */
const plain = (value: string): unknown => (value.startsWith('"') ? JSON.parse(value) : value === 'null' ? null : value);

/** A value behind the name of its field, in quotes or without: as in JSON that is broken, or in Python. */
function labelled(field: string, text: string): string | undefined {
  const found = new RegExp(`["'<]?\\b${field}\\b["'>]?\\s*[:=]?\\s*(?:"([^"]*)(?:"|$)|'([^']*)(?:'|$)|([^\\s"',;:={}<>][^"',;{}<>\\n]*))`, 'u').exec(text);
  return found?.slice(1).find((value) => value !== undefined);
}
