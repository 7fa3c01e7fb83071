/**
 * The only way to set many fields of configured things in one step. Presets, the weights grid, archiving and undo all
 * use it. The things that can be set are in `things/`.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Write } from '#engine/core/write.ts';
import { fail, ok, type Result } from '#shared/contract/problems.ts';
import { type Contradiction, contradictionIn, type Fields, withFollowing } from './field-rules.ts';
import type { Kind, Look, Plan, Refused, Subject, Wanted } from './things/thing.ts';
import { things } from './things/things.ts';

/** The subject's fields within this write; null when it never existed. */
export const fieldsOf = (look: Look, { kind, id }: Subject): Fields | null => things[kind].fields(look, id);

/**
 * Sets all fields or none. Fields that already have their value are not written.
 * @param note added to the data of each journal row
 */
export function configure(write: Write, given: readonly Wanted[], note: object = {}): Result<null> {
  const wanted = changing(write, withConsequences(write, given));
  const problem = problemWith(write, wanted);
  if (problem) return problem;
  for (const one of wanted.toSorted((a, b) => turnOf(a) - turnOf(b))) {
    const before = fieldsOf(write, one) ?? {};
    things[one.kind].put(write, { id: one.id, fields: one.fields, before, next: { ...before, ...one.fields }, note });
  }
  return ok(null);
}

/** Archiving comes last, when everything that an archived thing was part of has been updated. */
const turnOf = ({ kind, fields }: Wanted): number => (fields.is_archived === true ? 2 : things[kind].isLate ? 1 : 0);

/** Adds dependent fields: those that follow within each subject, and the removal of an archived subject's weights. */
function withConsequences(write: Write, given: readonly Wanted[]): Wanted[] {
  const consequencesOf = ({ kind, id, fields }: Wanted): Wanted[] =>
    (things[kind].consequences?.(write, id, fields) ?? []).flatMap((one) => [one, ...consequencesOf(one)]);
  const wanted = [...given, ...given.flatMap(consequencesOf)];
  const merged = new Map<string, Subject & { readonly fields: Record<string, unknown> }>();
  for (const { kind, id, fields } of wanted) {
    const key = `${kind} ${id}`;
    const known = merged.get(key);
    if (known) Object.assign(known.fields, fields);
    else merged.set(key, { kind, id, fields: { ...fields } });
  }
  return [...merged.values()].map((one) => following(write, one));
}

/** The wanted fields, with those that follow from them within the subject. */
export function following(look: Look, one: Wanted): Wanted {
  const { rules } = things[one.kind];
  return rules ? { ...one, fields: withFollowing(rules, fieldsOf(look, one) ?? {}, one.fields) } : one;
}

/** The first subject that would contradict itself after the change; null when there is none. */
export function contradicting(look: Look, wanted: readonly Wanted[]): (Subject & Contradiction & { readonly name: unknown }) | null {
  for (const one of wanted) {
    const { rules } = things[one.kind];
    if (!rules) continue;
    const next = { ...fieldsOf(look, one), ...one.fields };
    const found = contradictionIn(rules, next);
    if (found) return { kind: one.kind, id: one.id, name: next.name, ...found };
  }
  return null;
}

/** Drops fields that already have their value, and subjects without remaining fields. A subject that never existed keeps all its fields, and is refused later. */
export function changing(write: Look, wanted: readonly Wanted[]): Wanted[] {
  return wanted.flatMap((one) => {
    const present = fieldsOf(write, one) ?? {};
    const fields = Object.fromEntries(Object.entries(one.fields).filter(([key, value]) => !isDeepStrictEqual(present[key] ?? null, value ?? null)));
    return Object.keys(fields).length > 0 ? [{ ...one, fields }] : [];
  });
}

function problemWith(write: Write, wanted: readonly Wanted[]): Refused | null {
  const { tx, board } = write;
  const fieldOf = (kind: Kind, id: number, field: string) => wanted.find((one) => one.kind === kind && one.id === id)?.fields[field];
  const willBeArchived = (kind: 'operator' | 'source', id: number): boolean => {
    const known = kind === 'operator' ? board.operators[id] : board.sources[id];
    return known === undefined || ((fieldOf(kind, id, 'is_archived') as boolean | undefined) ?? known.is_archived);
  };
  const gone = new Map<string, boolean>();
  const isGone = (kind: 'operator' | 'source', id: number): boolean => {
    const key = `${kind} ${id}`;
    const known = gone.get(key) ?? willBeArchived(kind, id);
    gone.set(key, known);
    return known;
  };
  const plan: Plan = { tx, board, fieldOf, isGone };
  for (const one of wanted) {
    const problem = things[one.kind].problem?.(plan, { id: one.id, fields: one.fields, present: fieldsOf(write, one) });
    if (problem) return problem;
  }
  const broken = contradicting(write, wanted);
  if (!broken) return null;
  const { kind, id, name, field, message, advice } = broken;
  const what = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  return fail('validation_failed', `${what} ${id} (${String(name)}) ${advice}`, { errors: [{ path: `/${field}`, message }] });
}
