/** Rules between two fields of one configured thing. `configure` applies them, so they hold for a change, an import, a preset and an undo alike. */

export type Fields = Readonly<Record<string, unknown>>;

/** Where the field `when` has its value, the field `demands` names has its own. Fields that are not there count as null. */
interface FieldRule {
  readonly when: readonly [field: string, value: unknown];
  readonly demands: readonly [field: string, value: unknown];
  /** of the field that breaks it */
  readonly message: string;
  /** of the thing: what it is, and what to do */
  readonly advice: string;
}

/** By kind of thing. A rule whose `when` is what another one demands stands after that one. */
const RULES: Readonly<Record<string, readonly FieldRule[]>> = {
  operator: [
    {
      when: ['is_archived', true],
      demands: ['is_active', false],
      message: 'must be false for an operator in the archive',
      advice: 'is in the archive. Bring it back before it becomes active.',
    },
    {
      when: ['is_archived', true],
      demands: ['inactive_reason', null],
      message: 'is only for an operator in use',
      advice: 'is in the archive. Bring it back before you give a reason.',
    },
    {
      when: ['is_active', true],
      demands: ['inactive_reason', null],
      message: 'is only for an operator who is not active',
      advice: 'is active. Give a reason together with is_active: false.',
    },
  ],
};

const has = (fields: Fields, [field, value]: FieldRule['when']): boolean => (fields[field] ?? null) === value;
const breaks = (fields: Fields, { when, demands }: FieldRule): boolean => has(fields, when) && !has(fields, demands);

/** Whether there are rules for this kind of thing at all. */
export const hasRules = (kind: string): boolean => kind in RULES;

/** The fields of a step, and those of the same thing that follow from them: what the step does not name gives way. */
export function withFollowing(kind: string, present: Fields, given: Fields): Fields {
  let fields = given;
  for (const rule of RULES[kind] ?? []) {
    const [field, value] = rule.demands;
    if (!(field in given) && breaks({ ...present, ...fields }, rule)) fields = { ...fields, [field]: value };
  }
  return fields;
}

/** A field that contradicts another one of the same thing. */
export interface Contradiction {
  readonly field: string;
  readonly message: string;
  readonly advice: string;
}

/** The first contradiction; null when all fields fit together. */
export function contradictionIn(kind: string, fields: Fields): Contradiction | null {
  const broken = RULES[kind]?.find((rule) => breaks(fields, rule));
  return broken ? { field: broken.demands[0], message: broken.message, advice: broken.advice } : null;
}
