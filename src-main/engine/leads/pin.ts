import { configure } from '#engine/configuration/configuration.ts';
import type { Answer, Write } from '#engine/core/write.ts';
import { leadBrief, leadOf, presentLead } from '#engine/views/present.ts';
import type { Lead, LeadPatch } from '#shared/contract/entities.ts';
import { fail, notFound, ok } from '#shared/contract/problems.ts';
import { cleanName } from '#shared/plain-text.ts';
import { THE_DESK } from '#store/tables/givers.ts';
import { leadById, nameLead } from '#store/tables/leads.ts';
import { isErased } from './leads.ts';

/** Changes the name of a lead, or the operator whom it is pinned to. */
export function updateLead(write: Write, id: number, { name, pinned_operator_id }: LeadPatch): Answer<Lead> {
  const lead = leadById(write.tx, id);
  if (!lead) return notFound('lead', id);
  if (lead.merged_into !== null)
    return fail('lead_merged', `Lead ${id} was merged into lead ${lead.merged_into}. Change that one.`, { params: { survivor_id: lead.merged_into } });
  if (isErased(lead)) return fail('lead_erased', `Lead ${id} was erased. Nothing can be added to it.`);
  if (pinned_operator_id !== undefined) {
    const result = configure(write, [{ kind: 'lead', id, fields: { pinned_operator_id } }]);
    if (!result.ok) return result;
  }
  const next = name === undefined ? lead.name : cleanName(name ?? '') || null;
  if (next !== lead.name) {
    nameLead(write.tx, id, next, next === null ? null : THE_DESK);
    write.emit({ kind: 'lead_saved', lead: leadBrief({ ...lead, name: next }) }, { lead_id: id });
  }
  return () => ok(presentLead(leadOf(write.tx, id)));
}
