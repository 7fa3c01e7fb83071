import type { Reading } from '#store/sqlite/open.ts';
import { waitingClasses } from '#store/tables/contact-classes.ts';
import { firstWaiting } from '#store/tables/contacts.ts';
import type { Waits } from './contact-table.ts';

interface OfSource {
  /** the first by class; null: of the ordinary ones */
  readonly heads: Map<number | null, Waits>;
  /** classes whose first has left, with its id */
  readonly left: Map<number | null, number>;
}

/**
 * The first waiting contact of each source and class, without those that were put back into the queue. Who drains the queue asks only these,
 * and there may be thousands of classes: they are read once, and afterwards each only when its first has left.
 */
export class WaitingHeads {
  readonly #sources = new Map<number, OfSource>();
  readonly #byContact = new Map<number, Waits>();

  /** The first of each class of the source. Valid until the next change. */
  of(db: Reading, source_id: number): ReadonlyMap<number | null, Waits> {
    const { heads, left } = this.#sources.get(source_id) ?? this.#read(db, source_id);
    for (const [class_id, id] of left) this.#add(heads, firstWaiting(db, source_id, class_id, id));
    left.clear();
    return heads;
  }

  /** Notes a new contact that waits. */
  arrived(contact: Waits): void {
    const known = this.#sources.get(contact.source_id);
    if (known && !known.heads.has(contact.class_id) && !known.left.has(contact.class_id)) this.#add(known.heads, contact);
  }

  /** Notes that a contact does not wait any more, or not in its former place. */
  left(contact_id: number): void {
    const head = this.#byContact.get(contact_id);
    if (!head) return;
    this.#byContact.delete(contact_id);
    const known = this.#sources.get(head.source_id);
    known?.heads.delete(head.class_id);
    known?.left.set(head.class_id, contact_id);
  }

  forget(): void {
    this.#sources.clear();
    this.#byContact.clear();
  }

  #read(db: Reading, source_id: number): OfSource {
    const known: OfSource = { heads: new Map(), left: new Map() };
    for (const class_id of [null, ...waitingClasses(db, source_id)]) this.#add(known.heads, firstWaiting(db, source_id, class_id, 0));
    this.#sources.set(source_id, known);
    return known;
  }

  #add(heads: OfSource['heads'], contact: Waits | undefined): void {
    if (!contact) return;
    heads.set(contact.class_id, contact);
    this.#byContact.set(contact.id, contact);
  }
}
