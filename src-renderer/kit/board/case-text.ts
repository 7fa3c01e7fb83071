/** A kept case in the reader's words. */
import type { TFunction } from 'i18next';
import type { Expected, KeptCase, Situation } from '#shared/distribution/kept-case.ts';
import { secondsText } from './rule-text.ts';

type NameOf = (operator_id: number) => string;

/** Operators named; the others are counted. */
const NAMED = 4;

/** `language: en; own operator Anna; on line: Boris, Vera (no free slots)`. */
function situationText({ attributes, owner_id, waited_seconds, on_line, full }: Situation, nameOf: NameOf, t: TFunction): string {
  const named = on_line.slice(0, NAMED).map((id) => (full.includes(id) ? t('cases.full', { name: nameOf(id) }) : nameOf(id)));
  const more = on_line.length - named.length;
  if (more > 0) named.push(t('cases.more', { count: more }));
  return [
    ...Object.entries(attributes).map(([attribute, value]) => `${attribute}: ${value}`),
    ...(owner_id === null ? [] : [t('cases.own', { name: nameOf(owner_id) })]),
    ...(waited_seconds === 0 ? [] : [t('cases.waited', { time: secondsText(waited_seconds, t) })]),
    on_line.length === 0 ? t('cases.nobody_on_line') : t('cases.on_line', { names: named.join(', ') }),
  ].join('; ');
}

export function expectedText(expected: Expected, nameOf: NameOf, t: TFunction): string {
  if ('operator_id' in expected) return nameOf(expected.operator_id);
  if ('line' in expected) return t('cases.to_line', { line: expected.line });
  return t('cases.waits', { reason: t(`reasons.${expected.waiting_reason}`) });
}

/** The case with what it expects: `language: en; on line: Vera → Vera`. */
export const caseText = (kept: KeptCase, nameOf: NameOf, t: TFunction): string =>
  `${situationText(kept, nameOf, t)} → ${expectedText(kept.expected, nameOf, t)}`;
