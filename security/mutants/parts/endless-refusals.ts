import type { Reading } from '../../../src-main/store/sqlite/open.ts';

export * from '../../../src-main/store/tables/refused-contacts.ts';

export function openRefusalsOf(_db: Reading, _source_id: number): { contacts: number; bytes: number } {
  return { contacts: 0, bytes: 0 };
}
