import type { Identifier } from '#domain/identify.ts';
import { normaliseEmail, normalisePhone } from '#domain/normalise.ts';
import type { Settings } from '#shared/contract/settings.ts';

type Used = Pick<Settings, 'shared_values' | 'phone_region'>;

/** Cached by the list, which is a new object after each change. */
const known = new WeakMap<readonly string[], { readonly region: string; readonly values: ReadonlySet<string> }>();

/** A field of a template that a bot or form builder sent instead of its value: `{{contact.id}}`, `${id}`, `*|ID|*`, `{user_id}`, `%ID%`. GUIDs in braces are none. */
const UNFILLED = /\{\{[^{}]*\}\}|\$\{[^{}]*\}|\[\[[^[\]]*\]\]|<%.*%>|\*\|.*\|\*|^\{[\p{L}_. ]+\}$|^%[\p{L}_. ]+%$/u;

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
