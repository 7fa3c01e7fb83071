/** A case while it is filled in. Pure. */
import { LONGEST_SECONDS } from '#shared/contract/entities.ts';
import { keptCase } from '#shared/contract/kept-cases.ts';
import type { Expected, Situation } from '#shared/distribution/kept-case.ts';

export interface CaseDraft {
  /** as typed: `language=en, vip=yes` */
  readonly attributes: string;
  /** as typed */
  readonly waited: string;
  readonly owner_id: number | null;
  readonly on_line: readonly number[];
  readonly full: readonly number[];
  /** null: what comes out under the rule */
  readonly expected: Expected | null;
}

/** What the form begins with: the desk as it is now. @param operators those of the source */
export const presentDraft = (
  operators: readonly { readonly id: number; readonly is_active: boolean; readonly load: number; readonly max_load: number }[],
): CaseDraft => {
  const on_line = operators.filter(({ is_active }) => is_active);
  return {
    attributes: '',
    waited: '0',
    owner_id: null,
    on_line: on_line.map(({ id }) => id),
    full: on_line.filter(({ load, max_load }) => load >= max_load).map(({ id }) => id),
    expected: null,
  };
};

/** off → on line → full → off */
export function turned({ on_line, full, ...others }: CaseDraft, operator_id: number): CaseDraft {
  const without = (ids: readonly number[]) => ids.filter((id) => id !== operator_id);
  if (!on_line.includes(operator_id)) return { ...others, full, on_line: [...on_line, operator_id].sort((a, b) => a - b) };
  if (!full.includes(operator_id)) return { ...others, on_line, full: [...full, operator_id].sort((a, b) => a - b) };
  return { ...others, on_line: without(on_line), full: without(full) };
}

/** The attributes in a text; null: a part of it is not `name=value`. */
function attributesIn(text: string): Record<string, string> | null {
  const attributes: Record<string, string> = {};
  for (const part of text.split(',')) {
    if (part.trim() === '') continue;
    const [, name, value] = /^([^=:]+)[=:](.+)$/.exec(part.trim()) ?? [];
    if (!name?.trim() || !value?.trim()) return null;
    attributes[name.trim()] = value.trim();
  }
  return attributes;
}

/** The situation that a draft describes, or the field that is not filled in as it must be. */
export function situationIn(source_id: number, { attributes, waited, owner_id, on_line, full }: CaseDraft): Situation | 'attributes' | 'waited' {
  const given = attributesIn(attributes);
  const seconds = /^\d{1,5}$/.test(waited.trim()) ? Number(waited) : Number.POSITIVE_INFINITY;
  if (given === null || !keptCase.shape.attributes.safeParse(given).success) return 'attributes';
  if (seconds > LONGEST_SECONDS) return 'waited';
  return { source_id, attributes: given, owner_id, waited_seconds: seconds, on_line, full };
}

/** Ways to expect something, as values of a list of choices. */
export const choiceOf = (expected: Expected): string => JSON.stringify(expected);
export const expectedIn = (value: string | null): Expected | null => (value === null ? null : (JSON.parse(value) as Expected)); // choiceOf wrote it
