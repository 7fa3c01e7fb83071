import type { HostParts } from '#console/parts.ts';
import { addSourceKey, archiveSource, createSource, restoreSource, revokeSourceKey, updateSource } from '#engine/configuration/sources.ts';
import { sources } from '#engine/views/queries.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { sourceCalls } from '#shared/contract/sources.ts';

export const sourceHost = ({ engine, write }: HostParts): HostOf<typeof sourceCalls> => ({
  sources: () => sources(engine.read),
  createSource: (principal, input) => write(principal, (w) => createSource(w, input)),
  updateSource: (principal, { id, patch }) => write(principal, (w) => updateSource(w, id, patch)),
  archiveSource: (principal, { id }) => write(principal, (w) => archiveSource(w, id)),
  restoreSource: (principal, { id }) => write(principal, (w) => restoreSource(w, id)),
  addSourceKey: (principal, { id }) => write(principal, (w) => addSourceKey(w, id)),
  revokeSourceKey: (principal, { source_id, key_id }) => write(principal, (w) => revokeSourceKey(w, source_id, key_id)),
});
