/**
 * The configuration as subjects with fields, and the only way to set many fields in one step. Presets, the weights
 * grid, archiving and undo all use it. A missing field is null.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Write } from '#engine/core/write.ts';
import type { Board } from '#shared/board.ts';
import { fail, notFound, notInUse, ok, type Result } from '#shared/contract/problems.ts';
import { defaultSettings, type Settings } from '#shared/contract/settings.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { deleteCompetence, putCompetence } from '#store/tables/competences.ts';
import { moveExternalIds } from '#store/tables/external-ids.ts';
import { leadById } from '#store/tables/leads.ts';
import { type OperatorRow, operatorById, operatorNamed, updateOperatorRow } from '#store/tables/operators.ts';
import { deletePreset, presetById, presetNamed, putPreset } from '#store/tables/presets.ts';
import { putSetting } from '#store/tables/settings.ts';
import { liveKeys, revokeKey, type SourceRow, sourceById, sourceNamed, updateSourceRow } from '#store/tables/sources.ts';
import { type SuggestedMergeRow, settleSuggestedMerge, suggestedMergeById } from '#store/tables/suggested-merges.ts';
import { type Contradiction, contradictionIn, type Fields, hasRules, withFollowing } from './field-rules.ts';

export interface Subject {
  /** `weights` of a source, whose fields are operator ids; `settings` use id 0 */
  readonly kind: 'operator' | 'source' | 'weights' | 'settings' | 'preset' | 'suggested_merge';
  readonly id: number;
}

/** The fields of a subject to set, with their new values; other fields are kept. */
export interface Wanted extends Subject {
  readonly fields: Fields;
}

/** Read access to the configuration: within a write, or as of the last commit. */
export interface Look {
  readonly tx: Reading;
  readonly board: Board;
}

const operatorFields = (row: OperatorRow) => ({
  name: row.name,
  is_active: row.is_active === 1,
  inactive_reason: row.inactive_reason,
  max_load: row.max_load,
  is_archived: row.archived_at !== null,
});
const sourceFields = (row: SourceRow) => ({
  name: row.name,
  settings: JSON.parse(row.settings) as unknown,
  is_archived: row.archived_at !== null,
  external_ids: row.external_ids,
});

/** The subject's fields within this write; null when it never existed. */
export function fieldsOf(write: Look, { kind, id }: Subject): Fields | null {
  switch (kind) {
    case 'operator': {
      const row = operatorById(write.tx, id);
      return row ? operatorFields(row) : null;
    }
    case 'source': {
      const row = sourceById(write.tx, id);
      return row ? sourceFields(row) : null;
    }
    case 'weights':
      return write.board.sources[id] ? (write.board.weights[id] ?? {}) : null;
    case 'settings':
      return { ...write.board.settings };
    case 'preset': {
      const row = presetById(write.tx, id);
      return row ? { name: row.name, content: JSON.parse(row.content) } : {};
    }
    case 'suggested_merge': {
      const row = suggestedMergeById(write.tx, id);
      return row && isUndecided(write.tx, row) ? { is_dismissed: row.settled_at !== null } : null;
    }
  }
}

/** Whether the suggestion is undecided: neither lead was merged, by it or otherwise. */
function isUndecided(tx: Reading, { merge_id, survivor_id, merged_id }: SuggestedMergeRow): boolean {
  return merge_id === null && [survivor_id, merged_id].every((lead_id) => leadById(tx, lead_id)?.merged_into === null);
}

/** Journals and announces the operator's present row. */
export function announceOperator(write: Write, before: OperatorRow | null, id: number, note: object = {}): OperatorRow {
  const row = operatorById(write.tx, id);
  if (!row) throw new Error(`operator ${id} was written and is not there`);
  const after = operatorFields(row);
  const operator = { id, ...after, active_changed_at: row.active_changed_at };
  write.emit({ kind: 'operator_saved', operator }, { before: before && operatorFields(before), after, ...note });
  return row;
}

/** Journals and announces the source's present row. */
export function announceSource(write: Write, before: SourceRow | null, id: number, note: object = {}): SourceRow {
  const row = sourceById(write.tx, id);
  if (!row) throw new Error(`source ${id} was written and is not there`);
  const after = sourceFields(row);
  const source = { id, name: after.name, is_archived: after.is_archived, ...(after.external_ids === 'own' && { has_own_ids: true as const }) };
  write.emit({ kind: 'source_saved', source }, { before: before && sourceFields(before), after, ...note });
  return row;
}

/**
 * Sets all fields or none. Fields that already have their value are not written.
 * @param note added to the data of each journal row
 */
export function configure(write: Write, given: readonly Wanted[], note: object = {}): Result<null> {
  const wanted = changing(write, withConsequences(write, given));
  const problem = problemWith(write, wanted);
  if (problem) return problem;
  const isArchiving = ({ fields }: Wanted) => fields.is_archived === true;
  for (const one of wanted) if (one.kind !== 'weights' && !isArchiving(one)) put(write, one, note);
  for (const one of wanted) if (one.kind === 'weights') putWeights(write, one, note);
  for (const one of wanted) if (isArchiving(one)) put(write, one, note);
  return ok(null);
}

/** Adds dependent fields: those that follow within each subject, and the removal of an archived subject's weights. */
function withConsequences(write: Write, given: readonly Wanted[]): Wanted[] {
  const wanted = [...given];
  for (const { kind, id, fields } of given) {
    if (kind !== 'operator' || fields.is_archived !== true) continue;
    for (const key in write.board.weights)
      if (write.board.weights[Number(key)]?.[id] !== undefined) wanted.push({ kind: 'weights', id: Number(key), fields: { [id]: null } });
  }
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
export const following = (look: Look, one: Wanted): Wanted =>
  hasRules(one.kind) ? { ...one, fields: withFollowing(one.kind, fieldsOf(look, one) ?? {}, one.fields) } : one;

/** The first subject that would contradict itself after the change; null when there is none. */
export function contradicting(look: Look, wanted: readonly Wanted[]): (Subject & Contradiction & { readonly name: unknown }) | null {
  for (const one of wanted) {
    if (!hasRules(one.kind)) continue;
    const next = { ...fieldsOf(look, one), ...one.fields };
    const found = contradictionIn(one.kind, next);
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

type Refusal = ReturnType<typeof fail>;

export function nameTaken(name: string): Refusal {
  return fail('name_taken', `The name ${name} is in use.`, { params: { name } });
}

function problemWith(write: Write, wanted: readonly Wanted[]): Refusal | null {
  const fieldOf = (kind: Subject['kind'], id: number, key: string) => wanted.find((one) => one.kind === kind && one.id === id)?.fields[key];
  const isArchived = (kind: 'operator' | 'source', id: number): boolean => {
    const known = kind === 'operator' ? write.board.operators[id] : write.board.sources[id];
    return known === undefined || ((fieldOf(kind, id, 'is_archived') as boolean | undefined) ?? known.is_archived);
  };
  const archived = new Map<string, boolean>();
  const gone = (kind: 'operator' | 'source', id: number): boolean => {
    const key = `${kind} ${id}`;
    const known = archived.get(key) ?? isArchived(kind, id);
    archived.set(key, known);
    return known;
  };
  for (const one of wanted) {
    const { kind, id, fields } = one;
    const present = fieldsOf(write, one);
    switch (kind) {
      case 'operator':
      case 'source': {
        if (!present || (gone(kind, id) && fields.is_archived === undefined)) return notInUse(kind, id, present);
        const name = String(fields.name ?? present.name);
        const named = kind === 'operator' ? operatorNamed : sourceNamed;
        const other = !gone(kind, id) && (fields.name !== undefined || fields.is_archived === false) ? named(write.tx, name) : undefined;
        if (other !== undefined && other !== id) return nameTaken(name);
        const load = kind === 'operator' && fields.is_archived === true ? (write.board.operators[id]?.load ?? 0) : 0;
        if (load > 0)
          return fail('operator_holds_contacts', `Operator ${id} (${name}) holds ${load} contacts. Close or move them first.`, { params: { name, load } });
        break;
      }
      case 'weights':
        if (!present) return notFound('source', id);
        for (const key in fields) if (fields[key] !== null && gone('operator', Number(key))) return notFound('operator', key);
        // the operator's weights there are archived and restored with the operator
        if (gone('source', id) && Object.keys(fields).some((key) => fieldOf('operator', Number(key), 'is_archived') === undefined))
          return notInUse('source', id, present);
        break;
      case 'preset': {
        if (typeof fields.name !== 'string') break;
        const other = presetNamed(write.tx, fields.name);
        if (other !== undefined && other !== id) return nameTaken(fields.name);
        break;
      }
      case 'suggested_merge':
        if (!present) return notFound('suggested_merge', id);
        break;
      case 'settings':
        break;
    }
  }
  const broken = contradicting(write, wanted);
  if (!broken) return null;
  const { kind, id, name, field, message, advice } = broken;
  const what = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  return fail('validation_failed', `${what} ${id} (${String(name)}) ${advice}`, { errors: [{ path: `/${field}`, message }] });
}

function put(write: Write, one: Wanted, note: object): void {
  const { kind, id } = one;
  const before = fieldsOf(write, one) ?? {};
  const next = { ...before, ...one.fields };
  switch (kind) {
    case 'operator': {
      const row = operatorById(write.tx, id);
      if (!row) throw new Error(`operator ${id} was looked up and is not there`);
      const { name, is_active, inactive_reason, max_load, is_archived } = next as ReturnType<typeof operatorFields>;
      const hasTurned = is_active !== before.is_active || inactive_reason !== before.inactive_reason;
      updateOperatorRow(write.tx, {
        id,
        name,
        max_load,
        is_active: Number(is_active),
        inactive_reason,
        active_changed_at: hasTurned ? write.now : row.active_changed_at,
        archived_at: is_archived ? (row.archived_at ?? write.now) : null,
      });
      announceOperator(write, row, id, note);
      return;
    }
    case 'source': {
      const row = sourceById(write.tx, id);
      if (!row) throw new Error(`source ${id} was looked up and is not there`);
      const { name, settings, is_archived, external_ids } = next as ReturnType<typeof sourceFields>;
      const withdrawn = is_archived ? liveKeys(write.tx, id) : [];
      updateSourceRow(write.tx, {
        id,
        name,
        settings: JSON.stringify(settings),
        archived_at: is_archived ? (row.archived_at ?? write.now) : null,
        external_ids,
      });
      if (external_ids !== row.external_ids) moveExternalIds(write.tx, id, external_ids);
      announceSource(write, row, id, note);
      for (const key of withdrawn) {
        revokeKey(write.tx, id, key.id, write.now);
        write.emit({ kind: 'source_keys_changed', source_id: id }, { revoked: key.id, ...note });
      }
      return;
    }
    case 'settings': {
      for (const key in one.fields) putSetting(write.tx, key, one.fields[key]);
      const only = (all: Fields) => Object.fromEntries(Object.keys(one.fields).map((key) => [key, all[key]]));
      write.emit({ kind: 'settings_saved', settings: { ...defaultSettings, ...(next as Settings) } }, { before: only(before), after: only(next), ...note });
      return;
    }
    case 'preset': {
      const { name, content } = next as { name: string | null; content: unknown };
      if (name === null) deletePreset(write.tx, id);
      else putPreset(write.tx, { id, name, content: JSON.stringify(content), now: write.now });
      const kept = (all: Fields) => (all.name ? { name: all.name, content: all.content } : null);
      write.emit({ kind: 'preset_saved', preset_id: id }, { preset_id: id, before: kept(before), after: kept(next), ...note });
      return;
    }
    case 'suggested_merge': {
      const row = suggestedMergeById(write.tx, id);
      if (!row) throw new Error(`suggested merge ${id} was looked up and is not there`);
      const { survivor_id, merged_id, contact_id } = row;
      settleSuggestedMerge(write.tx, id, next.is_dismissed === true ? write.now : null, null);
      const kind = next.is_dismissed === true ? 'suggested_merge_dismissed' : 'suggested_merge_reopened';
      write.emit({ kind, suggested_merge_id: id }, { suggested_merge_id: id, survivor_id, merged_id, contact_id, before, after: next, ...note });
      return;
    }
    case 'weights':
      throw new Error('weights are put by themselves');
  }
}

/** Writes weights: one competence as a single effect, several as the whole source. */
function putWeights(write: Write, { id: source_id, fields }: Wanted, note: object): void {
  const before = write.board.weights[source_id] ?? {};
  const after: Record<number, number> = { ...before };
  for (const key in fields) {
    const operator_id = Number(key);
    const weight = fields[key] as number | null; // fields of `weights` are numbers or null
    if (weight === null) {
      deleteCompetence(write.tx, source_id, operator_id);
      delete after[operator_id];
    } else {
      putCompetence(write.tx, { source_id, operator_id, weight });
      after[operator_id] = weight;
    }
  }
  const [only, ...others] = Object.keys(fields).map(Number);
  if (only !== undefined && others.length === 0) {
    const weight = after[only] ?? null;
    write.emit({ kind: 'competence_saved', source_id, operator_id: only, weight }, { before: before[only] ?? null, after: weight, ...note });
  } else write.emit({ kind: 'competences_replaced', source_id, weights: after }, { before, after, ...note });
}
