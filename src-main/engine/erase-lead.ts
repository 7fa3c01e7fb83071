import type { LeadErasure } from '#shared/contract/personal-data.ts';
import { fail, notFound, ok, type Result } from '#shared/contract/problems.ts';
import { eraseLeadRows, eraseRefusal } from '#store/erase.ts';
import { refusedContactById } from '#store/refused-contacts.ts';
import type { Actor, Engine } from './engine.ts';
import { isErased, leadIfThere } from './leads.ts';
import { refusalsOfLead } from './personal-data.ts';
import { settle } from './refused-contacts.ts';
import type { Write } from './write.ts';

/**
 * Takes out of the database, and out of its log, all that says who a lead was or what it wrote. What stays is that there was
 * somebody: contacts without words, decisions, operators' loads. Backups that were made before keep it until their time has come.
 */
export async function eraseLead(engine: Engine, actor: Actor, id: number): Promise<Result<LeadErasure>> {
  const result = await engine.write(actor, (write) => erase(write, id));
  if (result.ok) engine.emptyLog();
  return result;
}

/** What happens in the database; the log still has it. */
export function erase(write: Write, id: number): Result<LeadErasure> {
  const { tx } = write;
  const lead = leadIfThere(tx, id);
  if (!lead) return notFound('lead', id);
  if (lead.merged_into !== null)
    return fail(
      'lead_merged',
      `Lead ${id} was merged into lead ${lead.merged_into}, which has all that it had. Erase that one, or take the merge back first.`,
      {
        params: { survivor_id: lead.merged_into },
      },
    );
  if (isErased(lead)) return ok({ lead_id: id, identifiers: 0, contacts: 0, refused_contacts: 0 });
  const refused = refusalsOfLead(tx, lead, write.board.settings.phone_region);
  for (const refused_contact_id of refused) {
    if (refusedContactById(tx, refused_contact_id)?.settled_at === null) settle(write, refused_contact_id, null); // there is nothing left to hand in
    eraseRefusal(tx, refused_contact_id);
  }
  const counts = eraseLeadRows(tx, id);
  write.emit({ kind: 'lead_erased', lead_id: id }, { lead_id: id });
  return ok({ lead_id: id, ...counts, refused_contacts: refused.length });
}
