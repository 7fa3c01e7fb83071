import type { HostParts } from '#console/parts.ts';
import { audit } from '#engine/configuration/audit.ts';
import { undoChange } from '#engine/configuration/undo-change.ts';
import type { auditCalls } from '#shared/contract/audit.ts';
import type { HostOf } from '#shared/contract/call.ts';

export const auditHost = ({ engine, write, info }: HostParts): HostOf<typeof auditCalls> => ({
  audit: (principal, query) => audit(engine.read, query, info().time_zone, principal),
  undoChange: (principal, { revision }) => write(principal, (w) => undoChange(w, revision, principal)),
});
