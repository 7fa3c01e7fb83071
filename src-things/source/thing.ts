import type { Fields } from '#engine/configuration/field-rules.ts';
import { betweenOrMade, nameTaken, type Thing } from '#engine/configuration/things/thing.ts';
import type { Write } from '#engine/core/write.ts';
import { notInUse } from '#shared/contract/problems.ts';
import { moveExternalIds } from '#store/tables/external-ids.ts';
import { liveKeys, revokeKey, type SourceRow, sourceById, sourceNamed, updateSourceRow } from '#store/tables/sources.ts';

const fieldsOfRow = (row: SourceRow) => ({
  name: row.name,
  settings: row.settings,
  is_archived: row.archived_at !== null,
  external_ids: row.external_ids,
});

/** Journals and announces the source's present row. */
export function announceSource(write: Write, before: SourceRow | null, id: number, note: object = {}): SourceRow {
  const row = sourceById(write.tx, id);
  if (!row) throw new Error(`source ${id} was written but is missing`);
  const after = fieldsOfRow(row);
  const source = { id, name: after.name, is_archived: after.is_archived, ...(after.external_ids === 'own' && { has_own_ids: true as const }) };
  write.emit({ kind: 'source_saved', source }, { before: before && fieldsOfRow(before), after, ...note });
  return row;
}

export const sourceThing = {
  fields({ tx }, id) {
    const row = sourceById(tx, id);
    return row ? fieldsOfRow(row) : null;
  },
  problem({ tx, isGone }, { id, fields, present }) {
    if (!present || (isGone('source', id) && fields.is_archived === undefined)) return notInUse('source', id, present);
    const name = String(fields.name ?? present.name);
    const other = !isGone('source', id) && (fields.name !== undefined || fields.is_archived === false) ? sourceNamed(tx, name) : undefined;
    return other !== undefined && other !== id ? nameTaken(name) : null;
  },
  /** Archiving a source revokes its keys permanently. */
  put(write, { id, next, note }) {
    const row = sourceById(write.tx, id);
    if (!row) throw new Error(`source ${id} was looked up but is missing`);
    const { name, settings, is_archived, external_ids } = next as Fields & ReturnType<typeof fieldsOfRow>; // all of its fields
    const withdrawn = is_archived ? liveKeys(write.tx, id) : [];
    updateSourceRow(write.tx, {
      id,
      name,
      settings,
      archived_at: is_archived ? (row.archived_at ?? write.now) : null,
      external_ids,
    });
    if (external_ids !== row.external_ids) moveExternalIds(write.tx, id, external_ids);
    announceSource(write, row, id, note);
    for (const key of withdrawn) {
      revokeKey(write.tx, id, key.id, write.now);
      write.emit({ kind: 'source_keys_changed', source_id: id }, { revoked: key.id, ...note });
    }
  },
  differences: {
    source_saved: ({ source_id }, { before, after }) => (source_id === null ? null : betweenOrMade({ kind: 'source', id: source_id }, before, after)),
  },
} satisfies Thing<'source'>;
