/** Tags of operators, and the tags that a contact asks for. */
import { nameKey } from '../plain-text.ts';

/** The tag that an attribute of a contact asks for. */
export const tagOf = (attribute: string, value: string): string => `${attribute}:${value}`;

/** Whether an operator with these tags has all that are asked for; letter case and look-alike blanks make no difference. */
export function hasTags(tags: readonly string[], asked: readonly string[]): boolean {
  if (asked.length === 0) return true;
  const has = new Set(tags.map(nameKey));
  return asked.every((tag) => has.has(nameKey(tag)));
}
