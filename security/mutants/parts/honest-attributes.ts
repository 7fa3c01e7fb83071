import type { LeadOf } from '../../../src-main/engine/present.ts';
import { seenBySource as seen } from '../../../src-main/engine/source-view.ts';
import type { ContactRow } from '../../../src-main/store/contacts.ts';
import type { Reading } from '../../../src-main/store/open.ts';

export * from '../../../src-main/engine/source-view.ts';

export function seenBySource(db: Reading, row: ContactRow, lead: LeadOf): ReturnType<typeof seen> {
  return { ...seen(db, row, lead), attributes: row.attributes === null ? {} : JSON.parse(row.attributes) };
}
