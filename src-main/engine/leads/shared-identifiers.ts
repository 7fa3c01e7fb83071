/** Values that many people share: marking one, so that it identifies nobody, and removing the mark. */

import type { Write } from '#engine/core/write.ts';
import { iso, leadBrief, leadOf, presentLead } from '#engine/views/present.ts';
import type { IdentifierDetail, LeadDetail } from '#shared/contract/entities.ts';
import { notFound, ok, type Result } from '#shared/contract/problems.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { namesOfLead } from '#store/tables/contacts.ts';
import { THE_DESK } from '#store/tables/givers.ts';
import { identifierById, identifiersOfLead, insertIdentifier, type LeadRow, leadById, leadsWithValue, partsOfLead, show } from '#store/tables/leads.ts';
import { type MergeRow, mergeById, mergesOfLead } from '#store/tables/merges.ts';
import { detailOf, dropDetails, markOf, markShared, unmarkShared, type Value } from '#store/tables/shared-identifiers.ts';
import { mergeLeads, undoMerge } from './leads.ts';

/** From this many different names on, the desk suggests that people share a value. */
const MANY_NAMES = 4;
/** Number of a lead's newest contacts whose names are counted. */
const NAMES_WITHIN = 200;
const MOST_LEADS = 100;

/** The identifiers of a lead. The only identifying value of its kind on a lead with many names may be shared. */
export function presentIdentifiers(db: Reading, lead: LeadRow): LeadDetail['identifiers'] {
  const rows = identifiersOfLead(db, lead);
  const alone = (kind: string) => rows.filter((row) => row.kind === kind).length === 1;
  const names = rows.some(({ kind }) => alone(kind)) ? namesOfLead(db, partsOfLead(db, lead.id), lead.name, NAMES_WITHIN) : 0;
  return rows.map(({ id, kind, value, created_at, space, is_shared }) => ({
    id,
    kind,
    value,
    created_at: iso(created_at),
    source_id: space === 0 ? null : space,
    is_shared,
    shared_by: !is_shared && names >= MANY_NAMES && alone(kind) ? names : null,
  }));
}

/** The open merges that brought the identifier to its lead, latest first: without it, the leads would be apart. */
function mergesBy(db: Reading, lead_id: number, id: number): MergeRow[] {
  return mergesOfLead(db, lead_id).filter(
    ({ survivor_id, undone_at, moved }) => survivor_id === lead_id && undone_at === null && moved.identifier_ids.includes(id),
  );
}

/** An identifier with the leads that have it, and those that marking it would set apart. */
export function identifier(db: Reading, id: number): Result<IdentifierDetail> {
  const row = identifierById(db, id);
  if (!row) return notFound('identifier', id);
  const { kind, value, lead_id, space, is_shared } = row;
  const present = (ids: readonly number[]) => ids.map((one) => presentLead(leadOf(db, one)));
  return ok({
    id,
    kind,
    value,
    lead_id,
    source_id: space === 0 ? null : space,
    is_shared,
    leads: present(leadsWithValue(db, kind, value, { space, limit: MOST_LEADS })),
    separates: is_shared ? [] : present(mergesBy(db, lead_id, id).map(({ merged_id }) => merged_id)),
  });
}

/** Marks the identifier's value as shared: it identifies nobody, and the merges that it made are undone. Its leads keep it as a contact detail. */
export function shareIdentifier(write: Write, id: number): Result<IdentifierDetail> {
  const { tx, now } = write;
  const row = identifierById(tx, id);
  if (!row) return notFound('identifier', id);
  if (!row.is_shared) {
    const merges = mergesBy(tx, row.lead_id, id);
    for (const merge of merges) {
      const undone = undoMerge(write, merge.id);
      if (!undone.ok) return undone;
    }
    markShared(tx, row, { merge_ids: merges.map((merge) => merge.id), lead_id: row.lead_id, now });
    write.noteSharing();
    for (const { survivor_id } of merges) keepWith(write, survivor_id, row); // a contact of the survivor also brought the value
    announce(write, identifierById(tx, id)?.lead_id ?? row.lead_id, { identifier_id: id, is_shared: true });
  }
  return identifier(tx, id);
}

/** Gives the lead the value as a contact detail. */
function keepWith({ tx, now }: Write, lead_id: number, { kind, value, space }: Value): void {
  if (detailOf(tx, lead_id, { kind, value, space }) !== undefined) return;
  insertIdentifier(tx, { kind, value, space, is_shared: true, lead_id, giver: THE_DESK, now });
  const lead = leadOf(tx, lead_id);
  if (lead[kind] === null) show(tx, lead_id, { ...lead, [kind]: value });
}

/** Removes the mark: the value identifies again, and the merges that the mark undid are repeated. Other leads that got it meanwhile keep it as a contact detail. */
export function unshareIdentifier(write: Write, id: number): Result<IdentifierDetail> {
  const { tx } = write;
  const row = identifierById(tx, id);
  if (!row) return notFound('identifier', id);
  const mark = markOf(tx, row);
  if (row.is_shared && mark) {
    const merges = mark.merge_ids.map((merge_id) => mergeById(tx, merge_id)).filter((merge) => merge !== undefined);
    const first = merges[0] ? merges[0].merged_id : mark.lead_id;
    unmarkShared(tx, row, detailOf(tx, first, row) ?? id);
    write.noteSharing();
    for (const { survivor_id, merged_id } of merges.toReversed()) {
      if (!isWhole(tx, survivor_id) || !isWhole(tx, merged_id)) continue;
      mergeLeads(write, survivor_id, merged_id);
      dropDetails(tx, survivor_id, row);
    }
    announce(write, identifierById(tx, id)?.lead_id ?? row.lead_id, { identifier_id: id, is_shared: false });
  }
  return identifier(tx, id);
}

const isWhole = (db: Reading, lead_id: number): boolean => leadById(db, lead_id)?.merged_into === null;

function announce(write: Write, lead_id: number, note: object): void {
  write.emit({ kind: 'lead_saved', lead: leadBrief(leadOf(write.tx, lead_id)) }, { lead_id, ...note });
}
