/** Merges based only on another source's data, held until a person accepts them: `merges_across_sources: ask`. */
import { z } from 'zod';
import { byId, command, query } from './call.ts';
import { id, identifierKind, type Merge, type Page, pageQuery } from './entities.ts';
import type { Result } from './problems.ts';

const time = z.iso.datetime({ precision: 3 });

const side = z.object({ id, name: z.string().nullable(), handle: z.string().meta({ description: 'Its first phone, otherwise external id, otherwise email' }) });

export const suggestedMerge = z.object({
  id,
  survivor: side.meta({ description: 'The lead that the contact was attributed to: the owner of its identifier of the highest priority' }),
  merged: side.meta({ description: 'The lead that owns the other identifiers of the contact' }),
  contact_id: id,
  source_id: id.meta({ description: 'The source of that contact' }),
  identifiers: z.array(z.object({ kind: identifierKind, value: z.string() })).meta({ description: 'Those identifiers' }),
  created_at: time,
  settled_at: time.nullable(),
});
export type SuggestedMerge = z.infer<typeof suggestedMerge>;

export const suggestedMergeQuery = pageQuery.extend({ lead_id: z.coerce.number().int().min(1).optional() });
export type SuggestedMergeQuery = z.infer<typeof suggestedMergeQuery>;

export const suggestedMergeCalls = {
  suggestedMerges: query('viewer', suggestedMergeQuery).answers<Result<Page<SuggestedMerge>>>(),
  /** An ordinary merge, which `undoMerge` can undo. */
  acceptSuggestedMerge: command('supervisor', byId).answers<Result<Merge>>(),
  /** The pair is not suggested again; `undoChange` reverses that. */
  dismissSuggestedMerge: command('supervisor', byId).answers<Result<SuggestedMerge>>(),
};
