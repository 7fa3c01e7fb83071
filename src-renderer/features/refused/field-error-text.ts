/** Translates field errors of refused contacts for the reader: the API reports them in English, for the bot's author. */
import type { TFunction } from 'i18next';
import type { FieldError } from '#shared/contract/problems.ts';

const kinds = {
  text: 'text',
  'a number': 'number',
  'a whole number': 'whole',
  'true or false': 'boolean',
  'a list': 'list',
  'an object': 'object',
} as const;
const isKind = (word: string): word is keyof typeof kinds => Object.hasOwn(kinds, word);

const sentences = [
  [/^is needed$/, 'needed'],
  [/^and (?<n>[\d,]+) more$/, 'more'],
  [/^is needed with the admin token$/, 'needed'],
  [/^at least one of external_id, phone, email is needed$/, 'identifier'],
  [/^is not a phone number$/, 'phone'],
  [/^is not an email address$/, 'email'],
  [/^must have at most (?<n>\d+) characters$/, 'long'],
  [/^must be at least (?<n>\d+)$/, 'least'],
  [/^must be at most (?<n>\d+)$/, 'most'],
  [/^at most (?<n>\d+) attributes$/, 'attributes'],
  [/^must not contain control characters$/, 'control'],
  [/^must be well-formed Unicode$/, 'unicode'],
  [/^must be 1 to 255 visible ASCII characters$/, 'key'],
] as const;

/** Whether this entry only counts omitted errors. */
export const countsOthers = ({ path, message }: FieldError): boolean => path === '' && /^and [\d,]+ more$/.test(message);

/** Unknown errors are shown as they are. */
export function fieldErrorText(message: string, t: TFunction): string {
  for (const [pattern, name] of sentences) {
    const found = pattern.exec(message);
    if (found) return t(`refused.errors.${name}`, { n: (found.groups?.n ?? '').replaceAll(',', '\u00a0') });
  }
  const words = /^must be (.+)$/.exec(message)?.[1]?.split(', ');
  if (!words?.some(isKind)) return message;
  return t('refused.errors.kind', { kinds: words.map((word) => (isKind(word) ? t(`refused.errors.kinds.${kinds[word]}`) : word)).join(', ') });
}
