import type { Write } from '#engine/core/write.ts';
import type { Read } from '#engine/views/queries.ts';
import type { Preset } from '#shared/contract/presets.ts';
import { notFound, ok, type Result } from '#shared/contract/problems.ts';
import { changesOfPreset, presetOf } from '#shared/presets.ts';
import { allPresets, freePresetId, type PresetRow, presetById, presetNamed } from '#store/tables/presets.ts';
import { fieldsToRule } from '#things/rule/thing.ts';
import { configure } from './configuration.ts';
import type { Wanted } from './things/thing.ts';

const presentPreset = ({ id, name, content, updated_at }: PresetRow): Preset => ({ id, name, content, updated_at });

/** All presets, by name. */
export function presets(read: Read): Preset[] {
  return allPresets(read.store.reading).map(presentPreset);
}

/** Saves the present weights, and optionally limits and rules, as a preset. Overwrites a preset of the same name. */
export function savePreset(write: Write, name: string, with_limits: boolean, with_rules = false): Result<Preset> {
  const id = presetNamed(write.tx, name) ?? freePresetId(write.tx);
  const result = configure(write, [{ kind: 'preset', id, fields: { name, content: presetOf(write.board, { with_limits, with_rules }) } }]);
  if (!result.ok) return result;
  const row = presetById(write.tx, id);
  return row ? ok(presentPreset(row)) : notFound('preset', id);
}

/** Deletes a preset; `undoChange` restores it under its id. */
export function removePreset(write: Write, id: number): Result<null> {
  if (!presetById(write.tx, id)) return notFound('preset', id);
  return configure(write, [{ kind: 'preset', id, fields: { name: null, content: null } }]);
}

/** Applies all weights, limits and rules of a preset in one step. */
export function applyPreset(write: Write, id: number): Result<null> {
  const row = presetById(write.tx, id);
  if (!row) return notFound('preset', id);
  const { weights, limits, rules } = changesOfPreset(write.board, presentPreset(row).content);
  const wanted: Wanted[] = [
    ...weights.map(({ source_id, operator_id, after }) => ({ kind: 'weights' as const, id: source_id, fields: { [operator_id]: after } })),
    ...limits.map(({ operator_id, after }) => ({ kind: 'operator' as const, id: operator_id, fields: { max_load: after } })),
    ...rules.map(({ source_id, before, after }) => ({ kind: 'rule' as const, id: source_id, fields: fieldsToRule(before, after) })),
  ];
  return configure(write, wanted, { preset: row.name });
}
