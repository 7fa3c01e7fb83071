import type { Reading } from '../../../src-main/store/sqlite/open.ts';
import { openRefusals as cut, type ListedRefusalRow, refusedContactById } from '../../../src-main/store/tables/refused-contacts.ts';

export * from '../../../src-main/store/tables/refused-contacts.ts';

export function openRefusals(db: Reading, before: number | null, limit: number): ListedRefusalRow[] {
  return cut(db, before, limit).flatMap(({ id }) => {
    const row = refusedContactById(db, id);
    return row ? [{ ...row, is_cut: false }] : [];
  });
}
