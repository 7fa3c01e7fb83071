import type { CreatedKey, CreatedSource, Source, SourceInput, SourcePatch } from '#shared/contract/entities.ts';
import { fail, notFound, ok, type Result } from '#shared/contract/problems.ts';
import { insertKey, insertSource, liveKeys, revokeAllKeys, revokeKey, type SourceRow, sourceById, sourceNamed, updateSourceRow } from '#store/sources.ts';
import { nameTaken } from './operators.ts';
import { presentKey, presentSource } from './present.ts';
import { hashKey } from './source-keys.ts';
import type { Write } from './write.ts';

/** Two, so that a bot can be moved from one to the other without a gap. */
const KEYS_PER_SOURCE = 2;

function announce(write: Write, before: SourceRow | null, id: number): Source {
  const after = sourceById(write.tx, id);
  if (!after) throw new Error(`source ${id} was written and is not there`);
  const settings = (row: SourceRow) => ({ name: row.name, settings: JSON.parse(row.settings), is_archived: row.archived_at !== null });
  write.emit(
    { kind: 'source_saved', source: { id, name: after.name, is_archived: after.archived_at !== null } },
    { before: before && settings(before), after: settings(after) },
  );
  return presentSource(after, liveKeys(write.tx, id));
}

function inUse(write: Write, id: number): SourceRow | null {
  const row = sourceById(write.tx, id);
  return row && row.archived_at === null ? row : null;
}

function makeKey(write: Write, source_id: number): CreatedKey {
  const api_key = write.world.newKey();
  const hint = api_key.slice(-4);
  const id = insertKey(write.tx, { source_id, hash: hashKey(api_key), hint, now: write.now });
  write.emit({ kind: 'source_keys_changed', source_id }, { added: id, hint });
  return { ...presentKey({ id, source_id, hint, created_at: write.now, last_used_at: null }), api_key };
}

/** The answer is the only place where the key is ever seen. */
export function createSource(write: Write, input: SourceInput): Result<CreatedSource> {
  if (sourceNamed(write.tx, input.name) !== undefined) return nameTaken(input.name);
  const id = insertSource(write.tx, { name: input.name, settings: JSON.stringify(input.settings), now: write.now });
  const source = announce(write, null, id);
  const { api_key, ...key } = makeKey(write, id);
  return ok({ ...source, keys: [key], api_key });
}

export function updateSource(write: Write, id: number, patch: SourcePatch): Result<Source> {
  const row = inUse(write, id);
  if (!row) return notFound('source', id);
  if (patch.name !== undefined) {
    const other = sourceNamed(write.tx, patch.name);
    if (other !== undefined && other !== id) return nameTaken(patch.name);
  }
  const next = { ...row, name: patch.name ?? row.name, settings: patch.settings === undefined ? row.settings : JSON.stringify(patch.settings) };
  if (next.name === row.name && next.settings === row.settings) return ok(presentSource(row, liveKeys(write.tx, id)));
  updateSourceRow(write.tx, next);
  return ok(announce(write, row, id));
}

/** Its keys stop working, its history stays, and those who wait for it are still distributed. */
export function archiveSource(write: Write, id: number): Result<Source> {
  const row = inUse(write, id);
  if (!row) return notFound('source', id);
  revokeAllKeys(write.tx, id, write.now);
  updateSourceRow(write.tx, { ...row, archived_at: write.now });
  return ok(announce(write, row, id));
}

export function addSourceKey(write: Write, source_id: number): Result<CreatedKey> {
  if (!inUse(write, source_id)) return notFound('source', source_id);
  if (liveKeys(write.tx, source_id).length >= KEYS_PER_SOURCE)
    return fail('too_many_keys', `Source ${source_id} has ${KEYS_PER_SOURCE} keys. Revoke one first.`, { params: { limit: KEYS_PER_SOURCE } });
  return ok(makeKey(write, source_id));
}

export function revokeSourceKey(write: Write, source_id: number, key_id: number): Result<null> {
  if (!inUse(write, source_id)) return notFound('source', source_id);
  if (!revokeKey(write.tx, source_id, key_id, write.now)) return notFound('key', key_id);
  write.emit({ kind: 'source_keys_changed', source_id }, { revoked: key_id });
  return ok(null);
}
