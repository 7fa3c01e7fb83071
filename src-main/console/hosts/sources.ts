import type { HostParts } from '#console/parts.ts';
import { addSourceKey, archiveSource, chooseExternalIds, createSource, restoreSource, revokeSourceKey, updateSource } from '#engine/configuration/sources.ts';
import { sources } from '#engine/views/queries.ts';
import { insistent } from '#reports/reader.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { sourceCalls } from '#shared/contract/sources.ts';

export const sourceHost = ({ engine, reader, write }: HostParts): HostOf<typeof sourceCalls> => ({
  sources: () => sources(engine.read),
  createSource: (principal, input) => write(principal, (w) => createSource(w, input)),
  updateSource: (principal, { id, patch }) => write(principal, (w) => updateSource(w, id, patch)),
  externalIdCounts: () => insistent(reader)('externalIdCounts', null),
  chooseExternalIds: (principal, { external_ids }) => write(principal, (w) => chooseExternalIds(w, external_ids)),
  archiveSource: (principal, { id }) => write(principal, (w) => archiveSource(w, id)),
  restoreSource: (principal, { id }) => write(principal, (w) => restoreSource(w, id)),
  addSourceKey: (principal, { id }) => write(principal, (w) => addSourceKey(w, id)),
  revokeSourceKey: (principal, { source_id, key_id }) => write(principal, (w) => revokeSourceKey(w, source_id, key_id)),
});
