/** Console calls for a lead, its merges, and its personal data. */
import { byId, command, query } from './call.ts';
import { type IdentifierDetail, type Lead, type LeadDetail, leadPatch, type Merge } from './entities.ts';
import type { LeadErasure, LeadExport } from './personal-data.ts';
import type { Result } from './problems.ts';

export const leadCalls = {
  lead: query('viewer', byId).answers<Result<LeadDetail>>(),
  /** Changes the name, or the operator whom the lead is pinned to. */
  updateLead: command('supervisor', byId.extend({ patch: leadPatch })).answers<Result<Lead>>(),
  undoMerge: command('supervisor', byId).answers<Result<Merge>>(),
  identifier: query('viewer', byId).answers<Result<IdentifierDetail>>(),
  shareIdentifier: command('supervisor', byId).answers<Result<IdentifierDetail>>(),
  unshareIdentifier: command('supervisor', byId).answers<Result<IdentifierDetail>>(),
  exportLead: query('viewer', byId).answers<Result<LeadExport>>(),
  /** Cannot be undone. */
  eraseLead: command('admin', byId).answers<Result<LeadErasure>>(),
};
