/** Updates suggested merges when contacts arrive and when leads are merged, unmerged or erased. */

import type { Write } from '#engine/core/write.ts';
import { contactById } from '#store/tables/contacts.ts';
import { addGiver } from '#store/tables/givers.ts';
import {
  deleteSuggestedMerge,
  deleteSuggestedMergesOf,
  identifiersById,
  insertSuggestedMerge,
  moveSuggestedMerges,
  type SuggestedMergeRow,
  settleSuggestedMerge,
  suggestedMergesOfLead,
  suggestedMergesSettledBy,
} from '#store/tables/suggested-merges.ts';

/** Maximum number of suggestions that name one lead. A lead that resembles more has a shared number; the limit bounds the cost of every contact. */
const MOST_OF_A_LEAD = 20;

interface Pair {
  readonly survivor_id: number;
  readonly merged_id: number;
}

export const isOpen = ({ settled_at }: SuggestedMergeRow): boolean => settled_at === null;
const isOfPair = (row: Pair, { survivor_id: one, merged_id: other }: Pair): boolean =>
  (row.survivor_id === one && row.merged_id === other) || (row.survivor_id === other && row.merged_id === one);

/** Open suggestions for the pair. */
export const openOfPair = (write: Write, pair: Pair): SuggestedMergeRow[] =>
  suggestedMergesOfLead(write.tx, pair.merged_id).filter((row) => isOpen(row) && isOfPair(row, pair));

/** Stores a suggested merge for a person to decide on, unless it is already open or was dismissed. */
export function suggestMerge(write: Write, hint: Pair & { readonly contact_id: number; readonly identifier_ids: readonly number[] }): void {
  const { tx, now } = write;
  const { survivor_id, merged_id, contact_id } = hint;
  const known = suggestedMergesOfLead(tx, survivor_id);
  const isKnown = known.some((row) => row.merge_id === null && isOfPair(row, hint));
  if (isKnown || known.length >= MOST_OF_A_LEAD || suggestedMergesOfLead(tx, merged_id).length >= MOST_OF_A_LEAD) return;
  const suggested_merge_id = insertSuggestedMerge(tx, { ...hint, now });
  write.emit({ kind: 'merge_suggested', suggested_merge_id }, { suggested_merge_id, survivor_id, merged_id, contact_id });
}

/** Effects of a merge on the suggestions that name the merged lead. */
interface Followed {
  /** suggested this very merge */
  readonly fulfilled: readonly SuggestedMergeRow[];
  /** will name the survivor instead */
  readonly others: number[];
  /** open, but would exceed a lead's maximum: they are removed and may be suggested again */
  readonly beyond: readonly SuggestedMergeRow[];
}

/** Call before the merge, so that neither the merge nor its undo data grows with the number of a lead's suggestions. */
export function suggestionsBefore(write: Write, pair: Pair): Followed {
  const rows = suggestedMergesOfLead(write.tx, pair.merged_id).filter((row) => row.merge_id === null);
  const [ofPair, others] = [rows.filter((row) => isOfPair(row, pair)), rows.filter((row) => !isOfPair(row, pair))];
  const room = others.length > 0 ? Math.max(0, MOST_OF_A_LEAD - suggestedMergesOfLead(write.tx, pair.survivor_id).length) : 0;
  return { fulfilled: ofPair.filter(isOpen), others: others.slice(0, room).map(({ id }) => id), beyond: others.slice(room).filter(isOpen) };
}

/** Call after the merge. Identifiers of the contacts behind fulfilled suggestions count as given by their sources from now on. */
export function followMerge(write: Write, merge: Pair & { readonly id: number }, before: Followed): void {
  const { tx, now } = write;
  for (const { id } of before.beyond) deleteSuggestedMerge(tx, id);
  for (const row of before.fulfilled) {
    settleSuggestedMerge(tx, row.id, now, merge.id);
    const source_id = contactById(tx, row.contact_id)?.source_id;
    for (const one of identifiersById(tx, row.identifier_ids)) if (source_id !== undefined && one.given_by !== source_id) addGiver(tx, one.id, source_id);
  }
  moveSuggestedMerges(tx, before.others, merge.merged_id, merge.survivor_id);
}

/** Reopens the suggestions that an undone merge had settled. Returns their number. */
export function followUndo(write: Write, merge: Pair & { readonly id: number }, moved: readonly number[]): number {
  moveSuggestedMerges(write.tx, moved, merge.survivor_id, merge.merged_id);
  const rows = suggestedMergesSettledBy(write.tx, merge.id);
  for (const row of rows) settleSuggestedMerge(write.tx, row.id, null, null);
  return rows.length;
}

/** Removes the suggestions of an erased lead. Returns how many were open. */
export function forgetSuggestions(write: Write, lead_id: number): number {
  const open = suggestedMergesOfLead(write.tx, lead_id).filter(isOpen).length;
  deleteSuggestedMergesOf(write.tx, lead_id);
  return open;
}
