/** Suggested merges, and a person's decision on them. */

import { configure } from '#engine/configuration/configuration.ts';
import type { Write } from '#engine/core/write.ts';
import { presentMerge, presentSuggestedMerge } from '#engine/views/present.ts';
import { idOfCursor, pageOf, type Read } from '#engine/views/queries.ts';
import type { Merge, Page } from '#shared/contract/entities.ts';
import { fail, notFound, ok, type Result } from '#shared/contract/problems.ts';
import type { SuggestedMerge, SuggestedMergeQuery } from '#shared/contract/suggested-merges.ts';
import { mergeById, setContactOfMerge } from '#store/tables/merges.ts';
import { openSuggestedMerges, type SuggestedMergeRow, suggestedMergeById, suggestedMergesOfLead } from '#store/tables/suggested-merges.ts';
import { mergeLeads } from './leads.ts';
import { isOpen, openOfPair } from './suggestions.ts';

/** Open suggested merges, newest first; or those that name a lead. */
export function suggestedMerges(read: Read, query: SuggestedMergeQuery): Result<Page<SuggestedMerge>> {
  const db = read.store.reading;
  const before = idOfCursor(query.cursor);
  if (!before.ok) return before;
  const rows =
    query.lead_id === undefined
      ? openSuggestedMerges(db, before.value ?? null, query.limit + 1)
      : suggestedMergesOfLead(db, query.lead_id)
          .filter((row) => isOpen(row) && row.id < (before.value ?? Number.MAX_SAFE_INTEGER))
          .reverse();
  return ok(
    pageOf(
      rows.map((row) => presentSuggestedMerge(db, row)),
      query.limit,
    ),
  );
}

/** Accepts a suggestion: an ordinary merge, which can be undone. */
export function acceptSuggestedMerge(write: Write, id: number): Result<Merge> {
  const found = openOne(write, id);
  if (!found.ok) return found;
  const { survivor_id, merged_id, contact_id } = found.value;
  const merge_id = mergeLeads(write, survivor_id, merged_id);
  setContactOfMerge(write.tx, merge_id, contact_id);
  const merge = mergeById(write.tx, merge_id);
  if (!merge) throw new Error(`merge ${merge_id} was written but is missing`);
  return ok(presentMerge(merge));
}

/** Dismisses a suggestion. The pair is not suggested again unless the dismissal is undone. */
export function dismissSuggestedMerge(write: Write, id: number): Result<SuggestedMerge> {
  const found = openOne(write, id);
  if (!found.ok) return found;
  const wanted = openOfPair(write, found.value).map((row) => ({ kind: 'suggested_merge' as const, id: row.id, fields: { is_dismissed: true } }));
  const result = configure(write, wanted);
  return result.ok ? ok(presentSuggestedMerge(write.tx, { ...found.value, settled_at: write.now })) : result;
}

function openOne(write: Write, id: number): Result<SuggestedMergeRow> {
  const row = suggestedMergeById(write.tx, id);
  if (!row) return notFound('suggested_merge', id);
  return isOpen(row) ? ok(row) : fail('already_settled', `Suggested merge ${id} is already settled.`);
}
