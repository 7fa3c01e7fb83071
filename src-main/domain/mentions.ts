/** Finds what may name a person anywhere in a body, whatever its fields are called. */
import type { Identifier } from './identify.ts';
import { normalise } from './normalise.ts';
import type { PhoneRegion } from './phone.ts';

/** Texts beyond this are not searched further: the largest body has room for fewer. */
const MOST_PARTS = 100_000;
const ID_FIELD = /(?:^|[^a-z])(?:id|uid|user|username|chat|client|contact|lead|customer)$|id$/i;
const EMAIL = /[^\s"'<>,;:=&()[\]{}]+@[^\s"'<>,;:=&()[\]{}]+/gu;
const PHONE = /[+\d(](?:[\s().\-–·•_*|/]?[\s().\-–]?\d){6,19}(?:[\s,;(]{0,3}(?:доб|вн|внутр|доп|ext|x|#|;ext=)[\p{L}]*[\s.=:№]{0,3}\d{1,7})?/giu;
/** Fewer digits are no telephone number. */
const SOME_DIGITS = /(?:\p{Nd}[^\p{Nd}]*){7}/u;
/** `chat_id=77`, `"external_id": "tg-77"` in a text that is no JSON. */
const NAMED_ID = /\w*id["']?\s*[:=]\s*["']?([^"',&}\s]{1,255})/giu;

/** The identifiers that a body mentions: telephone numbers and addresses in any text, and the values of fields that are called like ids. */
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
    if (ID_FIELD.test(name)) read({ external_id: text.slice(0, 255) });
    if (text.length <= 256 && (text.includes('@') || SOME_DIGITS.test(text))) read({ phone: text, email: text });
    for (const [email] of text.matchAll(EMAIL)) read({ email: email.slice(0, 256) });
    for (const [phone] of text.matchAll(PHONE)) read({ phone });
    if (name === '') for (const [, id] of text.matchAll(NAMED_ID)) read({ external_id: id });
  }
  return found;
}
