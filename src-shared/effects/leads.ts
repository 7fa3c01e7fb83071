/** Leads, their merges, and suggested merges. Three tables, so that the events of `effects.ts` are in the order of a lead's life. */
import type { Draft, LeadBrief } from '../board.ts';
import { type Data, effect } from './effect.ts';

/** Changes the number of open suggested merges. */
export const addSuggested = (draft: Draft, count: number): void => draft.put('suggested_merges', draft.board.suggested_merges + count);

const leadId = ({ lead_id }: Data) => ({ lead_id });
const merged = ({ merge_id, survivor_id, merged_id }: Data) => ({ merge_id, survivor_id, merged_id });
/** The details of a suggested merge. */
export const suggested = ({ suggested_merge_id, survivor_id, merged_id, contact_id }: Data) => ({ suggested_merge_id, survivor_id, merged_id, contact_id });

export const leadEffects = {
  lead_saved: effect<{ readonly lead: LeadBrief }>()({
    event: 'A lead was created or extended without a contact.',
    apply: (draft, { lead }) => draft.relabel((item) => (item.lead.id === lead.id ? lead : null)),
    details: leadId,
  }),
};

export const mergeEffects = {
  leads_merged: effect<{
    readonly survivor: LeadBrief;
    readonly merged_id: number;
    /** suggested merges that it fulfils */
    readonly fulfilled?: number;
  }>()({
    event: 'Lead `merged_id` was merged into lead `survivor_id`.',
    topic: 'leads',
    apply(draft, { survivor, merged_id, fulfilled = 0 }) {
      addSuggested(draft, -fulfilled);
      draft.relabel((item) => (item.lead.id === merged_id || item.lead.id === survivor.id ? survivor : null));
    },
    details: merged,
  }),
  merge_undone: effect<{
    readonly survivor: LeadBrief;
    readonly restored: LeadBrief;
    readonly contact_ids: readonly number[];
    /** suggested merges that are open again */
    readonly reopened?: number;
  }>()({
    event: 'A merge was undone.',
    topic: 'leads',
    apply(draft, { survivor, restored, contact_ids, reopened = 0 }) {
      addSuggested(draft, reopened);
      const back = new Set(contact_ids);
      draft.relabel((item) => (back.has(item.contact_id) ? restored : item.lead.id === survivor.id ? survivor : null));
    },
    details: merged,
  }),
  merge_suggested: effect<{ readonly suggested_merge_id: number }>()({
    event: 'Data of another source suggests that leads `survivor_id` and `merged_id` are the same; a person decides.',
    apply: (draft) => addSuggested(draft, 1),
    details: suggested,
  }),
};

export const erasureEffects = {
  lead_erased: effect<{
    readonly lead_id: number;
    /** suggested merges that named it */
    readonly forgotten?: number;
  }>()({
    event: 'The personal data of a lead was erased; its contacts stay, without messages and attributes.',
    topic: 'leads',
    apply(draft, { lead_id, forgotten = 0 }) {
      addSuggested(draft, -forgotten);
      draft.relabel((item) => (item.lead.id === lead_id ? { id: lead_id, name: null, handle: '' } : null));
      draft.reask(({ lead, asks }) => {
        if (lead.id !== lead_id || asks?.needs === undefined) return undefined;
        const { needs: _, ...others } = asks;
        return others;
      });
    },
    details: leadId,
  }),
};
