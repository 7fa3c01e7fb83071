import type { LeadOf } from '../../../src-main/engine/present.ts';
import type { seenBySource as seen } from '../../../src-main/engine/source-view.ts';
import type { ContactRow } from '../../../src-main/store/contacts.ts';
import type { Reading } from '../../../src-main/store/open.ts';

export * from '../../../src-main/engine/source-view.ts';

export function seenBySource(_db: Reading, row: ContactRow, lead: LeadOf): ReturnType<typeof seen> {
  const first = (kind: string) => lead.identifiers.find((one) => one.kind === kind)?.value ?? null;
  return {
    attributes: row.attributes === null ? {} : JSON.parse(row.attributes),
    lead: {
      id: lead.id,
      external_id: first('external_id'),
      phone: first('phone'),
      email: first('email'),
      name: lead.name,
      operator_id: lead.operator_id,
      created: row.made_lead === 1,
    },
  };
}
