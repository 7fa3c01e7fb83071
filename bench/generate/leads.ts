import type { Random } from '#demo/random.ts';

/** A returning lead is one of this many latest leads. */
const REMEMBERED = 20_000;

/** The state of millions of leads, in arrays. */
export class Leads {
  count = 0;
  contacts = 0;
  readonly #operator: Int32Array;
  readonly #decided: Int32Array;
  readonly #firstIdentifier: Int32Array;
  readonly #identifiers: Uint8Array;
  readonly #named: Uint8Array;
  readonly #merged: Uint8Array;
  readonly #latest: Int32Array;
  readonly #previous: Int32Array;
  #identifierIds = 0;
  #decisions = 0;

  /** @param most maximum number of leads and contacts */
  constructor(most: number) {
    const size = most + 1; // ids begin at 1
    this.#operator = new Int32Array(size);
    this.#decided = new Int32Array(size);
    this.#firstIdentifier = new Int32Array(size);
    this.#identifiers = new Uint8Array(size);
    this.#named = new Uint8Array(size);
    this.#merged = new Uint8Array(size);
    this.#latest = new Int32Array(size);
    this.#previous = new Int32Array(size);
  }

  add(lead_id: number, identifiers: number, hasName: boolean): void {
    this.count = lead_id;
    this.#firstIdentifier[lead_id] = this.#identifierIds + 1;
    this.#identifiers[lead_id] = identifiers;
    this.#identifierIds += identifiers;
    this.#named[lead_id] = Number(hasName);
  }

  /** One of the latest leads that was not merged into another. */
  recent(random: Random): number {
    for (;;) {
      const lead_id = Math.max(1, this.count - Math.floor(random() * Math.min(REMEMBERED, this.count)));
      if (this.#merged[lead_id] !== 2) return lead_id;
    }
  }

  took(lead_id: number, contact_id: number): void {
    this.contacts = contact_id;
    this.#previous[contact_id] = this.#latest[lead_id] ?? 0;
    this.#latest[lead_id] = contact_id;
  }

  assigned(lead_id: number, operator_id: number): void {
    // its lead may have been merged since it arrived
    const owner = this.#merged[lead_id] === 2 ? (this.#latest[lead_id] ?? lead_id) : lead_id;
    this.#operator[owner] = operator_id;
    this.#decided[owner] = ++this.#decisions;
  }

  operatorOf(lead_id: number): number {
    return this.#operator[lead_id] ?? 0;
  }

  hasName(lead_id: number): boolean {
    return this.#named[lead_id] === 1;
  }

  isMerged(lead_id: number): boolean {
    return this.#merged[lead_id] !== 0;
  }

  identifiersOf(lead_id: number): number[] {
    return Array.from({ length: this.#identifiers[lead_id] ?? 0 }, (_, i) => (this.#firstIdentifier[lead_id] ?? 0) + i);
  }

  contactsOf(lead_id: number): number[] {
    const ids: number[] = [];
    for (let id = this.#latest[lead_id] ?? 0; id > 0; id = this.#previous[id] ?? 0) ids.push(id);
    return ids.reverse();
  }

  merge(survivor_id: number, merged_id: number): void {
    if ((this.#decided[merged_id] ?? 0) > (this.#decided[survivor_id] ?? 0)) {
      this.#operator[survivor_id] = this.#operator[merged_id] ?? 0;
      this.#decided[survivor_id] = this.#decided[merged_id] ?? 0;
    }
    this.#named[survivor_id] = Number(this.hasName(survivor_id) || this.hasName(merged_id));
    this.#merged[survivor_id] = 1;
    this.#merged[merged_id] = 2;
    this.#latest[merged_id] = survivor_id; // its contacts now belong to the survivor
  }
}
