import type { seenBySource as seen } from '../../../src-main/engine/views/source-view.ts';
import type { Reading } from '../../../src-main/store/sqlite/open.ts';
import type { ContactRow } from '../../../src-main/store/tables/contacts.ts';
import type { LeadRow } from '../../../src-main/store/tables/leads.ts';

export * from '../../../src-main/engine/views/source-view.ts';

export function seenBySource(_db: Reading, row: ContactRow, lead: LeadRow): ReturnType<typeof seen> {
  return {
    attributes: row.attributes ?? {},
    lead: {
      id: lead.id,
      external_id: lead.external_id,
      phone: lead.phone,
      email: lead.email,
      name: lead.name,
      operator_id: lead.operator_id,
      created: row.made_lead,
    },
  };
}
