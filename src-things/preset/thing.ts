import type { Fields } from '#engine/configuration/field-rules.ts';
import { between, nameTaken, type Thing } from '#engine/configuration/things/thing.ts';
import type { PresetContent } from '#shared/contract/presets.ts';
import { deletePreset, presetById, presetNamed, putPreset } from '#store/tables/presets.ts';

/** Without a name there is no preset. */
export const presetThing = {
  fields({ tx }, id) {
    const row = presetById(tx, id);
    return row ? { name: row.name, content: row.content } : {};
  },
  problem({ tx }, { id, fields }) {
    if (typeof fields.name !== 'string') return null;
    const other = presetNamed(tx, fields.name);
    return other !== undefined && other !== id ? nameTaken(fields.name) : null;
  },
  put(write, { id, before, next, note }) {
    const { name, content } = next as { name: string | null; content: PresetContent }; // all of its fields
    if (name === null) deletePreset(write.tx, id);
    else putPreset(write.tx, { id, name, content, now: write.now });
    const kept = (all: Fields) => (all.name ? { name: all.name, content: all.content } : null);
    write.emit({ kind: 'preset_saved', preset_id: id }, { preset_id: id, before: kept(before), after: kept(next), ...note });
  },
  differences: {
    preset_saved: (_row, { preset_id, before, after }) => (preset_id === undefined ? null : between({ kind: 'preset', id: preset_id }, before, after)),
  },
  shown: { preset_saved: ({ before, after, ...data }) => ({ ...data, before: nameOnly(before), after: nameOnly(after) }) },
} satisfies Thing<'preset'>;

const nameOnly = (state: unknown) => (state ? { name: (state as { name: string }).name } : null); // as `put` journals it
