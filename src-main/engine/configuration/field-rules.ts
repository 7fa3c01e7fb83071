/** Rules between two fields of one configured subject. `configure` applies them to changes, imports, presets and undo alike. */

export type Fields = Readonly<Record<string, unknown>>;

/**
 * When the field `when` has its value, the field `demands` must have its value. Missing fields count as null.
 * A rule whose `when` is demanded by another rule must follow that rule.
 */
export interface FieldRule {
  readonly when: readonly [field: string, value: unknown];
  readonly demands: readonly [field: string, value: unknown];
  /** error message for the offending field */
  readonly message: string;
  /** for the subject: what is wrong and what to do */
  readonly advice: string;
}

const has = (fields: Fields, [field, value]: FieldRule['when']): boolean => (fields[field] ?? null) === value;
const breaks = (fields: Fields, { when, demands }: FieldRule): boolean => has(fields, when) && !has(fields, demands);

/** The given fields, plus those of the same subject that follow from them. Fields not given are adjusted. */
export function withFollowing(rules: readonly FieldRule[], present: Fields, given: Fields): Fields {
  let fields = given;
  for (const rule of rules) {
    const [field, value] = rule.demands;
    if (!(field in given) && breaks({ ...present, ...fields }, rule)) fields = { ...fields, [field]: value };
  }
  return fields;
}

/** A field that contradicts another field of the same subject. */
export interface Contradiction {
  readonly field: string;
  readonly message: string;
  readonly advice: string;
}

/** The first contradiction; null when all fields are consistent. */
export function contradictionIn(rules: readonly FieldRule[], fields: Fields): Contradiction | null {
  const broken = rules.find((rule) => breaks(fields, rule));
  return broken ? { field: broken.demands[0], message: broken.message, advice: broken.advice } : null;
}
