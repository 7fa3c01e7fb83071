/** Finds what may name a person anywhere in a body, whatever its fields are called. */
import { CONTACT_MAX } from '#shared/contract/limits.ts';
import type { Identifier } from './identify.ts';
import { normalise } from './normalise.ts';
import type { PhoneRegion } from './phone.ts';

/** Maximum number of texts searched; even the largest body has fewer. */
const MOST_PARTS = 100_000;
const ID_FIELD = /(?:^|[^a-z])(?:id|uid|user|username|chat|client|contact|lead|customer)$/i;
const CAMEL_CASE_ID = /[a-z]I[Dd]$/;
/** Fields with ids of other things than people. Erasing a lead must not affect bodies that contain none of its identifiers. */
const OTHER_ID = /(?:source|order|message|update|event|request|session|product|campaign|form|page|utm)[_-]?id$/i;
const isIdField = (name: string): boolean => (ID_FIELD.test(name) || CAMEL_CASE_ID.test(name)) && !OTHER_ID.test(name);
// each expression has a bound for what it looks at from one place: a body may be one long run of letters
const EMAIL = /[^\s"'<>,;:=&()[\]{}]{1,64}@[^\s"'<>,;:=&()[\]{}]{1,255}/gu;
const PHONE = /[+\d(](?:[\s().\-–·•_*|/]?[\s().\-–]?\d){6,19}(?:[\s,;(]{0,3}(?:доб|вн|внутр|доп|ext|x|#|;ext=)[\p{L}]*[\s.=:№]{0,3}\d{1,7})?/giu;
/** Fewer digits are not a telephone number. */
const SOME_DIGITS = /(?:\p{Nd}[^\p{Nd}]*){7}/u;
/** `chat_id=77`, `"external_id": "tg-77"` in a text that is not JSON. */
const NAMED_ID = /(?<!\w)(\w{0,64}id)["']?\s{0,9}[:=]\s{0,9}["']?([^"',&}\s]{1,255})/giu;

/** The identifiers that a body mentions: telephone numbers and addresses in any text, and the values of fields with names of ids. */
export function mentionsIn(body: unknown, region: PhoneRegion): Identifier[] {
  const found: Identifier[] = [];
  const read = (given: Parameters<typeof normalise>[0]) => {
    for (const { kind, value } of normalise(given, region).identifiers) found.push({ kind, value });
  };
  const stack: { name: string; value: unknown }[] = [{ name: '', value: body }];
  for (let parts = 0; stack.length > 0 && parts < MOST_PARTS; parts++) {
    const { name, value } = stack.pop() ?? { name: '', value: null };
    if (typeof value === 'object' && value !== null) {
      for (const [key, part] of Object.entries(value)) {
        stack.push({ name: Array.isArray(value) ? name : key, value: part });
        if (!Array.isArray(value)) stack.push({ name: '', value: key });
      }
      continue;
    }
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const text = String(value);
    if (isIdField(name)) read({ external_id: text.slice(0, 255) });
    if (text.length <= CONTACT_MAX.phone && (text.includes('@') || SOME_DIGITS.test(text))) read({ phone: text, email: text });
    for (const [email] of text.matchAll(EMAIL)) read({ email: email.slice(0, 256) });
    for (const [phone] of text.matchAll(PHONE)) read({ phone });
    if (name === '') for (const [, field = '', id] of text.matchAll(NAMED_ID)) if (isIdField(field)) read({ external_id: id });
  }
  return found;
}
