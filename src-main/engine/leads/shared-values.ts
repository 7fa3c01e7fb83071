import type { Identifier } from '#domain/identify.ts';
import { normaliseEmail, normalisePhone } from '#domain/normalise.ts';
import type { Settings } from '#shared/contract/settings.ts';

type Used = Pick<Settings, 'shared_values' | 'phone_region'>;

/** Cached by the list, which is a new object after each change. */
const known = new WeakMap<readonly string[], { readonly region: string; readonly values: ReadonlySet<string> }>();

/**
 * A field of a template that a bot or form builder sent instead of its value, closed (`{{contact.id}}`, `*|ID|*`, `%ID%`) or not (`{{contact.id`,
 * `%service.Id`, `$Title`). GUIDs in braces, amounts and Matrix's ids (`$Rqnc…`, with digits) are none.
 */
const UNFILLED = new RegExp(
  [
    String.raw`\{\{[^{}]*(?:\}|$)|[$#%]\{[^{}]*(?:\}|$)|[$#%]\([\p{L}_. ]*(?:\)|$)|\[\[[^[\]]*(?:\]|$)|<%.*(?:%>|$)|\*\|.*(?:\|\*|$)`,
    String.raw`^\{[\p{L}_. ]+\}?$|^%[\p{L}_. ]+%$`,
    String.raw`(?:^|[-_:/])[$%][\p{L}_]{1,40}(?:(?:\.|->|::)[\p{L}_]{1,40})*$|^%\d+\$[ds]$`,
  ].join('|'),
  'u',
);

/** Whether many people give the value: the settings list it, in any letter case, or it is an unfilled field of a template. */
export function isSharedValue({ kind, value }: Identifier, { shared_values, phone_region }: Used): boolean {
  if (kind === 'external_id' && UNFILLED.test(value)) return true;
  let list = known.get(shared_values);
  if (list?.region !== phone_region) {
    const phones = shared_values.map((text) => normalisePhone(text, phone_region)).filter((phone) => phone !== null);
    const emails = shared_values.map(normaliseEmail).filter((email) => email !== null);
    list = { region: phone_region, values: new Set([...shared_values.map((text) => text.toLowerCase()), ...phones, ...emails]) };
    known.set(shared_values, list);
  }
  return list.values.has(kind === 'external_id' ? value.toLowerCase() : value);
}
