import { expectably } from '#console/commands.ts';
import type { HostParts } from '#console/parts.ts';
import { eraseLead } from '#engine/leads/erase-lead.ts';
import { undoMerge } from '#engine/leads/leads.ts';
import { leadExport } from '#engine/leads/personal-data.ts';
import { updateLead } from '#engine/leads/pin.ts';
import { identifier, shareIdentifier, unshareIdentifier } from '#engine/leads/shared-identifiers.ts';
import { lead } from '#engine/views/queries.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { leadCalls } from '#shared/contract/leads.ts';

export const leadHost = ({ engine, write }: HostParts): HostOf<typeof leadCalls> => ({
  lead: (_principal, { id }) => lead(engine.read, id),
  updateLead: (principal, { id, patch }) => write(principal, (w) => updateLead(w, id, patch)),
  undoMerge: (principal, { id }) => write(principal, (w) => undoMerge(w, id)),
  identifier: (_principal, { id }) => identifier(engine.read.store.reading, id),
  shareIdentifier: (principal, { id }) => write(principal, (w) => shareIdentifier(w, id)),
  unshareIdentifier: (principal, { id }) => write(principal, (w) => unshareIdentifier(w, id)),
  exportLead: (_principal, { id }) => leadExport(engine.read, id),
  eraseLead: ({ actor }, { id }) => expectably(eraseLead(engine, actor, id)),
});
