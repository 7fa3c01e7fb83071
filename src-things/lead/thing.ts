import { between, type Thing } from '#engine/configuration/things/thing.ts';
import { reownOpen } from '#engine/contacts/contact-class.ts';
import { isErased } from '#engine/leads/leads.ts';
import { notFound, notInUse } from '#shared/contract/problems.ts';
import { leadById, pinLead } from '#store/tables/leads.ts';

/** The operator whom a lead is pinned to. */
export const leadThing = {
  fields({ tx }, id) {
    const row = leadById(tx, id);
    return row && row.merged_into === null && !isErased(row) ? { pinned_operator_id: row.pinned_operator_id } : null;
  },
  problem({ board, isGone }, { id, fields, present }) {
    if (!present) return notFound('lead', id);
    const pinned = fields.pinned_operator_id;
    return typeof pinned === 'number' && isGone('operator', pinned) ? notInUse('operator', pinned, board.operators[pinned]) : null;
  },
  put(write, { id: lead_id, before, next, note }) {
    const operator_id = next.pinned_operator_id as number | null; // its only field
    pinLead(write.tx, lead_id, operator_id);
    const reowned = reownOpen(write, lead_id);
    write.emit({ kind: 'lead_pinned', lead_id, operator_id, ...(reowned.length > 0 && { reowned }) }, { lead_id, before, after: next, ...note });
  },
  differences: { lead_pinned: (_row, { lead_id, before, after }) => (lead_id === undefined ? null : between({ kind: 'lead', id: lead_id }, before, after)) },
} satisfies Thing<'lead'>;
