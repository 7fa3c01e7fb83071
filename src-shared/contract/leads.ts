/** Console calls for a lead, its merges, and its personal data. */
import { byId, command, query } from './call.ts';
import { type IdentifierDetail, type Lead, type LeadDetail, leadPatch, type Merge } from './entities.ts';
import type { LeadErasure, LeadExport } from './personal-data.ts';
import type { Result } from './problems.ts';

export const leadCalls = {
  lead: query('admin', byId).answers<Result<LeadDetail>>(),
  /** Changes the name, or the operator whom the lead is pinned to. */
  updateLead: command('admin', byId.extend({ patch: leadPatch })).answers<Result<Lead>>(),
  undoMerge: command('admin', byId).answers<Result<Merge>>(),
  identifier: query('admin', byId).answers<Result<IdentifierDetail>>(),
  shareIdentifier: command('admin', byId).answers<Result<IdentifierDetail>>(),
  unshareIdentifier: command('admin', byId).answers<Result<IdentifierDetail>>(),
  exportLead: query('admin', byId).answers<Result<LeadExport>>(),
  /** Cannot be undone. */
  eraseLead: command('admin', byId).answers<Result<LeadErasure>>(),
};
