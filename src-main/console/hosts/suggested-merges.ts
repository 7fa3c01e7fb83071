import type { HostParts } from '#console/parts.ts';
import { acceptSuggestedMerge, dismissSuggestedMerge, suggestedMerges } from '#engine/leads/suggested-merges.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { suggestedMergeCalls } from '#shared/contract/suggested-merges.ts';

export const suggestedMergeHost = ({ engine, write }: HostParts): HostOf<typeof suggestedMergeCalls> => ({
  suggestedMerges: (_principal, query) => suggestedMerges(engine.read, query),
  acceptSuggestedMerge: (principal, { id }) => write(principal, (w) => acceptSuggestedMerge(w, id)),
  dismissSuggestedMerge: (principal, { id }) => write(principal, (w) => dismissSuggestedMerge(w, id)),
});
