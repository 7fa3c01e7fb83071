import { between, type DifferenceOf, type Thing } from '#engine/configuration/things/thing.ts';
import { notFound } from '#shared/contract/problems.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { leadById } from '#store/tables/leads.ts';
import { type SuggestedMergeRow, settleSuggestedMerge, suggestedMergeById } from '#store/tables/suggested-merges.ts';

const difference: DifferenceOf = (_row, { suggested_merge_id, before, after }) =>
  suggested_merge_id === undefined ? null : between({ kind: 'suggested_merge', id: suggested_merge_id }, before, after);

/** Whether a suggestion is dismissed. */
export const suggestedMergeThing = {
  fields({ tx }, id) {
    const row = suggestedMergeById(tx, id);
    return row && isUndecided(tx, row) ? { is_dismissed: row.settled_at !== null } : null;
  },
  problem: (_plan, { id, present }) => (present ? null : notFound('suggested_merge', id)),
  put(write, { id, before, next, note }) {
    const row = suggestedMergeById(write.tx, id);
    if (!row) throw new Error(`suggested merge ${id} was looked up but is missing`);
    const { survivor_id, merged_id, contact_id } = row;
    settleSuggestedMerge(write.tx, id, next.is_dismissed === true ? write.now : null, null);
    const kind = next.is_dismissed === true ? 'suggested_merge_dismissed' : 'suggested_merge_reopened';
    write.emit({ kind, suggested_merge_id: id }, { suggested_merge_id: id, survivor_id, merged_id, contact_id, before, after: next, ...note });
  },
  differences: { suggested_merge_dismissed: difference, suggested_merge_reopened: difference },
} satisfies Thing<'suggested_merge'>;

/** Whether the suggestion is undecided: neither lead was merged, by it or otherwise. */
function isUndecided(tx: Reading, { merge_id, survivor_id, merged_id }: SuggestedMergeRow): boolean {
  return merge_id === null && [survivor_id, merged_id].every((lead_id) => leadById(tx, lead_id)?.merged_into === null);
}
