import type { Asks } from '#shared/board.ts';
import type { Reading, Writing } from '#store/sqlite/open.ts';

/**
 * What decides beside the source who may take a contact, and when it is next: contacts of one source and class wait for the same people, in the order in which
 * they came. A class is fixed when the contact comes.
 */
export interface ContactClass {
  /** values of the attributes that its rule named, by which it asks for tags */
  readonly needs?: Readonly<Record<string, string>>;
  /** the lead's own operator */
  readonly owner_id?: number;
  /** a target of its own, in seconds */
  readonly target_seconds?: number;
  /** how much of an operator's limit a contact takes; absent: 1 */
  readonly cost?: number;
}

export const ORDINARY: ContactClass = {};

/** @throws Error when it does not exist, which a foreign key rules out */
export function classById(db: Reading, id: number | null): ContactClass {
  if (id === null) return ORDINARY;
  const row = db.get<{ content: string }>('SELECT content FROM contact_classes WHERE id = ?', id);
  if (!row) throw new Error(`class ${id} is missing`);
  return JSON.parse(row.content) as ContactClass; // classFor wrote it
}

/** What the board shows of a class beside its cost. */
export const asksOf = ({ needs, owner_id }: ContactClass): { readonly asks?: Asks } =>
  needs === undefined && owner_id === undefined ? {} : { asks: { ...(needs && { needs }), ...(owner_id !== undefined && { owner_id }) } };

const contentOf = ({ needs, owner_id, target_seconds, cost }: ContactClass): string =>
  JSON.stringify({
    needs: needs && Object.fromEntries(Object.entries(needs).sort(([a], [b]) => (a < b ? -1 : 1))),
    owner_id,
    target_seconds,
    cost,
  });

/** The id of a class of the source; null: of the ordinary contacts. Undefined: there is none. */
export function idOfClass(db: Reading, source_id: number, its: ContactClass): number | null | undefined {
  const content = contentOf(its);
  if (content === '{}') return null;
  return db.get<{ id: number }>('SELECT id FROM contact_classes WHERE source_id = ? AND content = ?', source_id, content)?.id;
}

/** As `idOfClass`; makes the class if there is none. */
export function classFor(tx: Writing, source_id: number, its: ContactClass): number | null {
  const known = idOfClass(tx, source_id, its);
  if (known !== undefined) return known;
  return Number(tx.run('INSERT INTO contact_classes (source_id, content) VALUES (?, ?)', source_id, contentOf(its)).lastInsertRowid);
}

/** Gives a contact another class, and deletes the former one if no contact has it any more: it may hold values of attributes. */
export function reclassify(tx: Writing, contact: { readonly id: number; readonly class_id: number | null }, class_id: number | null): void {
  tx.run('UPDATE contacts SET class_id = ? WHERE id = ?', class_id, contact.id);
  if (contact.class_id === null || tx.get('SELECT 1 FROM contacts WHERE class_id = ? LIMIT 1', contact.class_id)) return;
  tx.run('DELETE FROM contact_classes WHERE id = ?', contact.class_id);
}

/** Takes the values of attributes out of the classes of a lead's contacts. */
export function forgetNeeds(tx: Writing, lead_id: number): void {
  const contacts = tx.all<{ id: number; source_id: number; class_id: number; content: string }>(
    'SELECT c.id, c.source_id, c.class_id, k.content FROM contacts c JOIN contact_classes k ON k.id = c.class_id WHERE c.lead_id = ?',
    lead_id,
  );
  for (const contact of contacts) {
    const { needs, ...others } = JSON.parse(contact.content) as ContactClass; // classFor wrote it
    if (needs) reclassify(tx, contact, classFor(tx, contact.source_id, others));
  }
}

/** The classes that have waiting contacts of a source, without the ordinary ones. One look-up for each: what waits is not scanned. */
export function waitingClasses(db: Reading, source_id: number): number[] {
  const classes: number[] = [];
  for (let after = 0; ; ) {
    const next = db.get<{ class_id: number }>(
      "SELECT class_id FROM contacts INDEXED BY contacts_waiting_source WHERE source_id = ? AND status = 'waiting' AND class_id > ? ORDER BY class_id LIMIT 1",
      source_id,
      after,
    );
    if (!next) return classes;
    classes.push(next.class_id);
    after = next.class_id;
  }
}
