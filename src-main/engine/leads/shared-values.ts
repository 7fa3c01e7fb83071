import type { Identifier } from '#domain/identify.ts';
import { normaliseEmail, normalisePhone } from '#domain/normalise.ts';
import type { Settings } from '#shared/contract/settings.ts';

type Used = Pick<Settings, 'shared_values' | 'phone_region'>;

/** Cached by the list, which is a new object after each change. */
const known = new WeakMap<readonly string[], { readonly region: string; readonly values: ReadonlySet<string> }>();

/** Whether the settings list the value among those that many people give. Letter case makes no difference. */
export function isSharedValue({ kind, value }: Identifier, { shared_values, phone_region }: Used): boolean {
  let list = known.get(shared_values);
  if (list?.region !== phone_region) {
    const phones = shared_values.map((text) => normalisePhone(text, phone_region)).filter((phone) => phone !== null);
    const emails = shared_values.map(normaliseEmail).filter((email) => email !== null);
    list = { region: phone_region, values: new Set([...shared_values.map((text) => text.toLowerCase()), ...phones, ...emails]) };
    known.set(shared_values, list);
  }
  return list.values.has(kind === 'external_id' ? value.toLowerCase() : value);
}
