/**
 * The rules of the contract once more, as plainly as they can be said: lists that are searched from the start, and nothing kept that can be
 * counted. It shares no code with the engine. Told how the dice fell, it predicts every answer and every row.
 */
import { type Command, inWords, operatorInWords, type Person } from './command.ts';

interface ModelOperator {
  readonly id: number;
  is_active: boolean;
  max_load: number;
  is_archived: boolean;
}

interface ModelContact {
  readonly id: number;
  readonly source: number;
  readonly made_lead: boolean;
  readonly key: string | null;
  readonly body: string;
  lead: number;
  status: 'assigned' | 'waiting' | 'closed';
  operator: number | null;
  /** its latest assignment: when, counted over all, and to whom */
  last: { readonly at: number; readonly operator: number } | null;
}

interface ModelMerge {
  readonly survivor: number;
  readonly merged: number;
  readonly identifiers: readonly string[];
  readonly contacts: readonly ModelContact[];
  isUndone: boolean;
}

/** How the die fell: one of `sum` faces. */
export interface Fall {
  readonly sum: number;
  readonly r: number;
}

export class Model {
  readonly operators: ModelOperator[] = [];
  readonly contacts: ModelContact[] = [];
  readonly merges: ModelMerge[] = [];
  /** weights[source - 1]: by operator */
  readonly weights: Map<number, number>[];
  /** owner by identifier, `phone +7…` */
  readonly owners = new Map<string, number>();
  /** mergedInto[lead - 1] */
  readonly mergedInto: (number | null)[] = [];
  /** there are slots left for the next transaction, which comes before anything else */
  isDrainOwed = false;
  readonly #drainStep: number;
  #assignments = 0;
  #falls: Fall[] = [];

  /** @param drainStep how many of those who wait are given away in one transaction */
  constructor(sources: number, drainStep = Number.POSITIVE_INFINITY) {
    this.#drainStep = drainStep;
    this.weights = Array.from({ length: sources }, () => new Map<number, number>());
  }

  load(operator: number): number {
    return this.contacts.filter((one) => one.status === 'assigned' && one.operator === operator).length;
  }

  /** Who waits, oldest first. */
  waiting(): ModelContact[] {
    return this.contacts.filter(({ status }) => status === 'waiting');
  }

  operatorOfLead(lead: number): number | null {
    const lasts = this.contacts.filter((one) => one.lead === lead).flatMap(({ last }) => last ?? []);
    return lasts.toSorted((a, b) => b.at - a.at)[0]?.operator ?? null;
  }

  /**
   * The engine's answer, as it must be. What it leaves to later transactions is to be done by `drainOn`.
   * @param falls of the dice, those of this command first: what it uses is taken away
   */
  apply(command: Command, falls: Fall[]): string {
    this.#falls = falls;
    return this.#answer(command);
  }

  drainOn(falls: Fall[]): void {
    this.#falls = falls;
    while (this.isDrainOwed) this.#drain();
  }

  #answer(command: Command): string {
    switch (command.do) {
      case 'submit':
        return this.#submit(command);
      case 'close': {
        const contact = this.contacts[command.contact - 1];
        if (!contact) return 'not_found';
        if (contact.status !== 'closed') {
          contact.status = 'closed';
          this.#drain();
        }
        return this.#told(contact);
      }
      case 'reassign':
        return this.#reassign(command.contact, command.operator);
      case 'activity':
      case 'capacity': {
        const operator = this.#employed(command.operator);
        if (!operator) return 'not_found';
        if (command.do === 'activity') operator.is_active = command.is_active;
        else operator.max_load = command.max_load;
        this.#drain();
        return this.#toldOperator(operator);
      }
      case 'hire': {
        const { is_active, max_load } = command;
        const operator = { id: this.operators.length + 1, is_active, max_load, is_archived: false };
        this.operators.push(operator);
        return this.#toldOperator(operator);
      }
      case 'dismiss': {
        const operator = this.#employed(command.operator);
        if (!operator) return 'not_found';
        if (this.load(operator.id) > 0) return 'operator_holds_contacts';
        for (const weights of this.weights) weights.delete(operator.id);
        operator.is_archived = true;
        operator.is_active = false;
        return this.#toldOperator(operator);
      }
      case 'weigh': {
        const weights = this.weights[command.source - 1];
        if (!weights || !this.#employed(command.operator)) return 'not_found';
        if (command.weight === null) return weights.delete(command.operator) ? 'weighed' : 'not_found';
        weights.set(command.operator, command.weight);
        this.#drain();
        return 'weighed';
      }
      case 'lead': {
        const { lead, isNew } = this.#recognise(command.person);
        return `lead ${lead}${isNew ? ' new' : ''}`;
      }
      case 'undo':
        return this.#undo(command.merge);
    }
  }

  #submit({ source, person, key, message }: Command & { do: 'submit' }): string {
    const weights = this.weights[source - 1];
    if (!weights) return 'not_found';
    const body = JSON.stringify([person, message]);
    const first = key === null ? undefined : this.contacts.find((one) => one.source === source && one.key === key);
    if (first) return first.body === body ? `${this.#told(first)}${first.made_lead ? ' new lead' : ''} replayed` : 'idempotency_key_reused';
    if (weights.size === 0) return 'source_has_no_competences';
    const { lead, isNew } = this.#recognise(person);
    const contact: ModelContact = { id: this.contacts.length + 1, source, made_lead: isNew, key, body, lead, status: 'waiting', operator: null, last: null };
    this.contacts.push(contact);
    if (this.#sum(source) > 0) this.#draw(contact);
    return `${this.#told(contact)}${isNew ? ' new lead' : ''}`;
  }

  #reassign(id: number, to: number | null): string {
    const contact = this.contacts[id - 1];
    if (!contact) return 'not_found';
    if (contact.status === 'closed') return 'contact_closed';
    if (contact.operator === to) return this.#told(contact);
    if (to !== null) {
      const operator = this.#employed(to);
      if (!operator) return 'not_found';
      if (this.load(to) >= operator.max_load) return 'operator_full';
    }
    if (to === null) {
      contact.status = 'waiting';
      contact.operator = null;
    } else this.#give(contact, to);
    this.#drain();
    return this.#told(contact);
  }

  #recognise(person: Person): { lead: number; isNew: boolean } {
    const identifiers = (['external_id', 'phone', 'email'] as const).flatMap((kind) => (person[kind] === null ? [] : `${kind} ${person[kind]}`));
    const found = identifiers.map((one) => this.owners.get(one)).filter((lead) => lead !== undefined);
    let survivor = found[0];
    const isNew = survivor === undefined;
    if (survivor === undefined) survivor = this.mergedInto.push(null);
    for (const lead of new Set(found)) if (lead !== survivor) this.#merge(survivor, lead);
    for (const one of identifiers) this.owners.set(one, survivor);
    return { lead: survivor, isNew };
  }

  #merge(survivor: number, merged: number): void {
    const identifiers = [...this.owners].filter(([, lead]) => lead === merged).map(([identifier]) => identifier);
    const contacts = this.contacts.filter(({ lead }) => lead === merged);
    for (const identifier of identifiers) this.owners.set(identifier, survivor);
    for (const contact of contacts) contact.lead = survivor;
    this.mergedInto[merged - 1] = survivor;
    this.merges.push({ survivor, merged, identifiers, contacts, isUndone: false });
  }

  #undo(id: number): string {
    const merge = this.merges[id - 1];
    if (!merge) return 'not_found';
    const { survivor, merged } = merge;
    if (merge.isUndone || this.mergedInto[survivor - 1] !== null) return 'merge_not_undoable';
    for (const identifier of merge.identifiers) if (this.owners.get(identifier) === survivor) this.owners.set(identifier, merged);
    for (const contact of merge.contacts) if (contact.lead === survivor) contact.lead = merged;
    this.mergedInto[merged - 1] = null;
    merge.isUndone = true;
    return `merge ${id} undone`;
  }

  /** The oldest of those who wait and can be taken, again and again, but no more than go into one transaction. */
  #drain(): void {
    const next = () => this.waiting().find(({ source }) => this.#sum(source) > 0);
    let given = 0;
    for (let one = next(); one && given < this.#drainStep; one = next()) {
      this.#draw(one);
      given += 1;
    }
    this.isDrainOwed = next() !== undefined;
  }

  #eligible(source: number): [operator: number, weight: number][] {
    const all = [...(this.weights[source - 1] ?? [])].toSorted(([a], [b]) => a - b);
    return all.filter(([id, weight]) => {
      const operator = this.operators[id - 1];
      return weight > 0 && operator?.is_active && this.load(id) < operator.max_load;
    });
  }

  #sum(source: number): number {
    return this.#eligible(source).reduce((sum, [, weight]) => sum + weight, 0);
  }

  #draw(contact: ModelContact): void {
    const fall = this.#falls.shift();
    const sum = this.#sum(contact.source);
    if (fall?.sum !== sum) throw new Error(`a die of ${sum} faces was to be thrown for contact ${contact.id}, and it was one of ${fall?.sum}`);
    // every operator's faces, laid out one by one
    const faces = this.#eligible(contact.source).flatMap(([id, weight]) => Array.from({ length: weight }, () => id));
    this.#give(contact, faces[fall.r] ?? 0);
  }

  #give(contact: ModelContact, operator: number): void {
    contact.status = 'assigned';
    contact.operator = operator;
    this.#assignments += 1;
    contact.last = { at: this.#assignments, operator };
  }

  #employed(id: number): ModelOperator | undefined {
    const operator = this.operators[id - 1];
    return operator?.is_archived ? undefined : operator;
  }

  #told(contact: ModelContact): string {
    return inWords({ ...contact, why: contact.status === 'waiting' ? this.#why(contact.source) : null });
  }

  /** Nobody's fault (null) while the next transaction is to give it away. */
  #why(source: number): string | null {
    if (this.#sum(source) > 0) return null;
    const weighty = [...(this.weights[source - 1] ?? [])].filter(([, weight]) => weight > 0);
    if (weighty.some(([id]) => this.operators[id - 1]?.is_active)) return 'all_full';
    return weighty.length > 0 ? 'nobody_active' : 'no_positive_weight';
  }

  #toldOperator({ id, is_active, max_load }: ModelOperator): string {
    return operatorInWords(id, is_active, this.load(id), max_load);
  }
}
