import type { OwnPart } from '../../../src-main/engine/views/source-view.ts';
import type { Reading } from '../../../src-main/store/sqlite/open.ts';
import { identifiersOfLead, type LeadRow } from '../../../src-main/store/tables/leads.ts';

export * from '../../../src-main/engine/views/source-view.ts';

export const ownPart = (db: Reading, lead: LeadRow): OwnPart => ({ identifiers: identifiersOfLead(db, lead, 50), name: lead.name });
