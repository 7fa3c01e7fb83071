/** What people may request by law (152-FZ, GDPR): all data stored about them, and its erasure. */
import { z } from 'zod';
import { contact, contactMessage, decisionKind, id, identifierKind, leadDetail, refusedContact } from './entities.ts';
import { suggestedMerge } from './suggested-merges.ts';

const time = z.iso.datetime({ precision: 3 });

export const leadExport = z.object({
  exported_at: time,
  lead: leadDetail.omit({ identifiers: true, contacts: true, merges: true }).extend({ merged_into: id.nullable() }),
  merged_leads: z
    .array(z.object({ id, name: z.string().nullable(), created_at: time }))
    .meta({ description: 'Leads that were merged into this one; their data is included here' }),
  identifiers: z.array(z.object({ kind: identifierKind, value: z.string(), created_at: time })),
  contacts: z.array(
    contact.extend({
      idempotency_key: z.string().nullable(),
      further_messages: z.array(contactMessage),
      decisions: z.array(z.object({ at: time, kind: decisionKind, operator_id: id.nullable() })),
    }),
  ),
  merges: leadDetail.shape.merges,
  suggested_merges: z.array(suggestedMerge).meta({ description: 'Suggested merges with other leads, to be decided by a person' }),
  refused_contacts: z.array(refusedContact).meta({ description: 'Refused contacts that carry an identifier of the lead or became one of its contacts' }),
});
export type LeadExport = z.infer<typeof leadExport>;

/** How much was erased; all zero if repeated. */
export const leadErasure = z.object({ lead_id: id, identifiers: z.int(), contacts: z.int(), refused_contacts: z.int() });
export type LeadErasure = z.infer<typeof leadErasure>;
