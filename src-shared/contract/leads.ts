/** Console calls for a lead, its merges, and its personal data. */
import { byId, command, query } from './call.ts';
import type { LeadDetail, Merge } from './entities.ts';
import type { LeadErasure, LeadExport } from './personal-data.ts';
import type { Result } from './problems.ts';

export const leadCalls = {
  lead: query('admin', byId).answers<Result<LeadDetail>>(),
  undoMerge: command('admin', byId).answers<Result<Merge>>(),
  exportLead: query('admin', byId).answers<Result<LeadExport>>(),
  /** Cannot be undone. */
  eraseLead: command('admin', byId).answers<Result<LeadErasure>>(),
};
