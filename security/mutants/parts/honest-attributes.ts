import { seenBySource as seen } from '../../../src-main/engine/views/source-view.ts';
import type { Reading } from '../../../src-main/store/sqlite/open.ts';
import type { ContactRow } from '../../../src-main/store/tables/contacts.ts';
import type { LeadRow } from '../../../src-main/store/tables/leads.ts';

export * from '../../../src-main/engine/views/source-view.ts';

export function seenBySource(db: Reading, row: ContactRow, lead: LeadRow): ReturnType<typeof seen> {
  return { ...seen(db, row, lead), attributes: row.attributes ?? {} };
}
