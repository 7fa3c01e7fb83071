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
}

export const ORDINARY: ContactClass = {};

/** @throws Error when it does not exist, which a foreign key rules out */
export function classById(db: Reading, id: number | null): ContactClass {
  if (id === null) return ORDINARY;
  const row = db.get<{ content: string }>('SELECT content FROM contact_classes WHERE id = ?', id);
  if (!row) throw new Error(`class ${id} is missing`);
  return JSON.parse(row.content) as ContactClass; // idOfClass wrote it
}

const contentOf = ({ needs, owner_id, target_seconds }: ContactClass): string =>
  JSON.stringify({
    needs: needs && Object.fromEntries(Object.entries(needs).sort(([a], [b]) => (a < b ? -1 : 1))),
    owner_id,
    target_seconds,
  });

/** The id of a class of the source; null: an ordinary contact. @param most null is answered instead of making a class beyond so many */
export function idOfClass(tx: Writing, source_id: number, its: ContactClass, most: number): { readonly id: number | null } | null {
  const content = contentOf(its);
  if (content === '{}') return { id: null };
  const known = tx.get<{ id: number }>('SELECT id FROM contact_classes WHERE source_id = ? AND content = ?', source_id, content);
  if (known) return known;
  const { count } = tx.get<{ count: number }>('SELECT COUNT(*) AS count FROM contact_classes WHERE source_id = ?', source_id) ?? { count: 0 };
  if (count >= most) return null;
  return { id: Number(tx.run('INSERT INTO contact_classes (source_id, content) VALUES (?, ?)', source_id, content).lastInsertRowid) };
}

/** Takes the values of attributes out of the classes of a lead's contacts, and classes that nothing else has out of the database. */
export function forgetNeeds(tx: Writing, lead_id: number): void {
  const classes = tx.all<{ id: number; source_id: number; content: string }>(
    'SELECT DISTINCT k.id, k.source_id, k.content FROM contacts c JOIN contact_classes k ON k.id = c.class_id WHERE c.lead_id = ?',
    lead_id,
  );
  for (const { id, source_id, content } of classes) {
    const { needs, ...others } = JSON.parse(content) as ContactClass; // idOfClass wrote it
    if (!needs) continue;
    const next = idOfClass(tx, source_id, others, Number.POSITIVE_INFINITY)?.id ?? null;
    tx.run('UPDATE contacts SET class_id = ? WHERE lead_id = ? AND class_id = ?', next, lead_id, id);
    if (!tx.get('SELECT 1 FROM contacts WHERE source_id = ? AND class_id = ? LIMIT 1', source_id, id)) tx.run('DELETE FROM contact_classes WHERE id = ?', id);
  }
}

/** Sources with contacts that are not ordinary. */
export const sourcesWithClasses = (db: Reading): number[] =>
  db.all<{ source_id: number }>('SELECT DISTINCT source_id FROM contact_classes').map(({ source_id }) => source_id);

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
