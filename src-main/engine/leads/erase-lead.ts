import { settle } from '#engine/contacts/refused-contacts.ts';
import type { Engine } from '#engine/core/engine.ts';
import type { Write } from '#engine/core/write.ts';
import type { LeadErasure } from '#shared/contract/personal-data.ts';
import type { Actor } from '#shared/contract/principal.ts';
import { fail, notFound, ok, type Result } from '#shared/contract/problems.ts';
import { waitingOfLead } from '#store/tables/contacts.ts';
import { type ErasedLead, eraseLeadRows, eraseRefusal, leadsMergedInto, rememberErased } from '#store/tables/erase.ts';
import { leadById } from '#store/tables/leads.ts';
import { openMergeOf } from '#store/tables/merges.ts';
import { refusedContactById } from '#store/tables/refused-contacts.ts';
import { isErased, undoMerge } from './leads.ts';
import { refusalsOfLead } from './personal-data.ts';
import { forgetSuggestions } from './suggestions.ts';

/**
 * Erases from the database and its log everything that identifies a lead or that it wrote. What stays is that it
 * existed: contacts without text, decisions, operators' loads. Earlier backups keep the data until they expire;
 * when one is restored, the lead is erased again.
 */
export async function eraseLead(engine: Engine, actor: Actor, id: number): Promise<Result<LeadErasure>> {
  const result = await engine.write(actor, (write) => erase(write, id));
  if (result.ok) engine.emptyLog();
  return result;
}

/** Erases the lead in the database; the write-ahead log still has the data. */
export function erase(write: Write, id: number): Result<LeadErasure> {
  const { tx } = write;
  const lead = leadById(tx, id);
  if (!lead) return notFound('lead', id);
  if (lead.merged_into !== null)
    return fail('lead_merged', `Lead ${id} was merged into lead ${lead.merged_into}, which has all of its data. Erase that one, or undo the merge first.`, {
      params: { survivor_id: lead.merged_into },
    });
  if (isErased(lead)) return ok({ lead_id: id, identifiers: 0, contacts: 0, refused_contacts: 0 });
  const refused = refusalsOfLead(tx, lead, write.board);
  for (const refused_contact_id of refused) {
    if (refusedContactById(tx, refused_contact_id)?.settled_at === null) settle(write, refused_contact_id, null); // no body is left to submit again
    eraseRefusal(tx, refused_contact_id);
  }
  for (const lead_id of [id, ...leadsMergedInto(tx, id)])
    rememberErased(tx, { lead_id, lead_created_at: leadById(tx, lead_id)?.created_at ?? 0, erased_at: write.now });
  const forgotten = forgetSuggestions(write, id);
  // what waits asks for no tags any more
  for (const { source_id, class_id } of waitingOfLead(tx, id))
    if (write.classOf(class_id).needs) for (const operator_id in write.board.weights[source_id]) write.opened.add(Number(operator_id));
  const counts = eraseLeadRows(tx, id);
  write.forgetClasses();
  write.emit({ kind: 'lead_erased', lead_id: id, ...(forgotten > 0 && { forgotten }) }, { lead_id: id });
  return ok({ lead_id: id, ...counts, refused_contacts: refused.length });
}

/**
 * Erases in a restored backup the leads that were erased after it was made. Returns their ids.
 * @param erased the erased leads of the database that the backup replaces
 */
export function eraseAgain(write: Write, erased: readonly ErasedLead[]): number[] {
  const { tx } = write;
  for (const one of erased) rememberErased(tx, one);
  const present = new Set(erased.filter((one) => leadById(tx, one.lead_id)?.created_at === one.lead_created_at).map(({ lead_id }) => lead_id));
  const again = [...present].filter((lead_id) => {
    const root = survivorOf(write, lead_id);
    if (root !== lead_id && present.has(root)) return false; // erased together with its root
    setApart(write, lead_id);
    const lead = leadById(tx, lead_id);
    return lead !== undefined && !isErased(lead);
  });
  for (const lead_id of again) {
    const result = erase(write, lead_id);
    if (!result.ok) throw new Error(`lead ${lead_id} could not be erased again: ${result.problem.detail}`);
  }
  return again;
}

function survivorOf({ tx }: Write, lead_id: number): number {
  for (let id = lead_id; ; ) {
    const into = leadById(tx, id)?.merged_into ?? null;
    if (into === null) return id;
    id = into;
  }
}

/** Undoes the merges that made a lead part of another, outermost first. */
function setApart(write: Write, lead_id: number): void {
  const into = leadById(write.tx, lead_id)?.merged_into ?? null;
  if (into === null) return;
  setApart(write, into);
  const merge = openMergeOf(write.tx, lead_id);
  if (merge !== undefined) undoMerge(write, merge);
}
