import { hashKey } from '#engine/access/source-keys.ts';
import type { Write } from '#engine/core/write.ts';
import { presentKey, presentSource } from '#engine/views/present.ts';
import type { CreatedKey, CreatedSource, ExternalIds, Source, SourceInput, SourcePatch } from '#shared/contract/entities.ts';
import { fail, notFound, notInUse, ok, type Result } from '#shared/contract/problems.ts';
import { insertKey, insertSource, liveKeys, revokeKey, type SourceRow, sourceById, sourceNamed } from '#store/tables/sources.ts';
import { announceSource } from '#things/source/thing.ts';
import { configure } from './configuration.ts';
import { nameTaken } from './things/thing.ts';

/** Two, so that a bot can change keys without interruption. */
const KEYS_PER_SOURCE = 2;

/** The source as seen within this write. */
function presented(write: Write, id: number): Result<Source> {
  const row = sourceById(write.tx, id);
  return row ? ok(presentSource(row, liveKeys(write.tx, id))) : notFound('source', id);
}

function inUse(write: Write, id: number): Result<SourceRow> {
  const row = sourceById(write.tx, id);
  return row?.archived_at === null ? ok(row) : notInUse('source', id, row);
}

function makeKey(write: Write, source_id: number): CreatedKey {
  const api_key = write.world.newKey();
  const hint = api_key.slice(-4);
  const id = insertKey(write.tx, { source_id, hash: hashKey(api_key), hint, now: write.now });
  write.emit({ kind: 'source_keys_changed', source_id }, { added: id, hint });
  return { ...presentKey({ id, source_id, hint, created_at: write.now, last_used_at: null }), api_key };
}

/** Creates a source. The key is shown in the answer only, never again. */
export function createSource(write: Write, input: SourceInput): Result<CreatedSource> {
  if (sourceNamed(write.tx, input.name) !== undefined) return nameTaken(input.name);
  const id = insertSource(write.tx, {
    name: input.name,
    settings: (input.settings ?? {}) as Source['settings'], // validated by `sourceInput`
    external_ids: input.external_ids ?? 'shared',
    now: write.now,
  });
  const source = presentSource(announceSource(write, null, id), []);
  const { api_key, ...key } = makeKey(write, id);
  return ok({ ...source, keys: [key], api_key });
}

/** Changes the given fields of a source that is not archived. Fails with `name_taken`. */
export function updateSource(write: Write, id: number, patch: SourcePatch): Result<Source> {
  const found = inUse(write, id);
  if (!found.ok) return found;
  const { name, settings, external_ids } = patch;
  const fields = { ...(name !== undefined && { name }), ...(settings !== undefined && { settings }), ...(external_ids !== undefined && { external_ids }) };
  const result = configure(write, [{ kind: 'source', id, fields }]);
  return result.ok ? presented(write, id) : result;
}

/** Sets `external_ids` of all sources in use in one step, which can be undone. The console does not ask again. */
export function chooseExternalIds(write: Write, external_ids: ExternalIds): Result<null> {
  const sources = Object.values(write.board.sources).filter(({ is_archived }) => !is_archived);
  return configure(write, [
    { kind: 'settings', id: 0, fields: { asks_external_ids: false } },
    ...sources.map(({ id }) => ({ kind: 'source' as const, id, fields: { external_ids } })),
  ]);
}

/** Archives a source. Its keys are revoked permanently, its history stays, and its waiting contacts are still distributed. */
export function archiveSource(write: Write, id: number): Result<Source> {
  return setArchived(write, id, true);
}

/** Restores an archived source without a key: its former keys stay revoked. */
export function restoreSource(write: Write, id: number): Result<Source> {
  return setArchived(write, id, false);
}

function setArchived(write: Write, id: number, is_archived: boolean): Result<Source> {
  const row = sourceById(write.tx, id);
  if (!row || (row.archived_at !== null) === is_archived) return notInUse('source', id, is_archived ? row : null);
  const result = configure(write, [{ kind: 'source', id, fields: { is_archived } }]);
  return result.ok ? presented(write, id) : result;
}

/** Adds a key and returns it in plain text, the only time it can be read. */
export function addSourceKey(write: Write, source_id: number): Result<CreatedKey> {
  const found = inUse(write, source_id);
  if (!found.ok) return found;
  if (liveKeys(write.tx, source_id).length >= KEYS_PER_SOURCE)
    return fail('too_many_keys', `Source ${source_id} has ${KEYS_PER_SOURCE} keys. Revoke one first.`, { params: { limit: KEYS_PER_SOURCE } });
  return ok(makeKey(write, source_id));
}

/** Revokes a key permanently. */
export function revokeSourceKey(write: Write, source_id: number, key_id: number): Result<null> {
  const found = inUse(write, source_id);
  if (!found.ok) return found;
  if (!revokeKey(write.tx, source_id, key_id, write.now)) return notFound('key', key_id);
  write.emit({ kind: 'source_keys_changed', source_id }, { revoked: key_id });
  return ok(null);
}
