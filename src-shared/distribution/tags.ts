/** Tags of operators, and the tags that a contact asks for. */
import { NAME_MAX } from '../contract/limits.ts';
import { cleanName, nameKey } from '../plain-text.ts';

/** The tag that an attribute of a contact asks for. */
export const tagOf = (attribute: string, value: string): string => `${attribute}:${value}`;

/** The values of the attributes by which a contact asks for tags, shortened to the length of a tag. */
export function neededValues(needs: readonly string[], attributes: Readonly<Record<string, unknown>> | null | undefined): Record<string, string> {
  return Object.fromEntries(
    needs.flatMap((attribute) => {
      const value = attributes != null && Object.hasOwn(attributes, attribute) ? attributes[attribute] : null;
      const text = value == null ? '' : cleanName(typeof value === 'object' ? JSON.stringify(value) : String(value as string | number)).slice(0, NAME_MAX);
      return text === '' ? [] : [[attribute, text]];
    }),
  );
}

/** The tags that a contact with these attributes asks for. */
export const neededTags = (needs: readonly string[], attributes: Readonly<Record<string, unknown>> | null | undefined): string[] =>
  Object.entries(neededValues(needs, attributes)).map(([attribute, value]) => tagOf(attribute, value));

const keysOf = new WeakMap<readonly string[], ReadonlySet<string>>();

/** The keys under which the tags of an operator are compared. Lists of tags are never changed, so their keys are kept. */
function keysOfTags(tags: readonly string[]): ReadonlySet<string> {
  const known = keysOf.get(tags);
  if (known) return known;
  const keys = new Set(tags.map(nameKey));
  keysOf.set(tags, keys);
  return keys;
}

/** Tells whether an operator with certain tags has all that are asked for; letter case and look-alike blanks make no difference. */
export function hasAll(asked: readonly string[]): (tags: readonly string[]) => boolean {
  const keys = asked.map(nameKey);
  return (tags) => {
    const has = keysOfTags(tags);
    return keys.every((key) => has.has(key));
  };
}
