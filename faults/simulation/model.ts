/**
 * A second, plain implementation of the rules in the contract: lists that are searched from the start, and nothing stored that can be
 * computed. It shares no code with the engine. Given the random numbers drawn, it predicts every answer and every row.
 */
import type { InactiveReason } from '#shared/contract/entities.ts';
import { type Command, inWords, type OperatorState, operatorInWords, type Person, shown } from './command.ts';

interface ModelOperator {
  readonly id: number;
  is_active: boolean;
  reason: InactiveReason | null;
  max_load: number;
  is_archived: boolean;
}

/** The configuration by item: `operator 3`, `source 1`, `weights 1`. */
type Configuration = Record<string, Record<string, unknown>>;

/** What a step changed in one item. */
interface Difference {
  readonly thing: string;
  readonly before: Record<string, unknown>;
  readonly after: Record<string, unknown>;
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
  /** its latest assignment: its number among all assignments, and the operator */
  last: { readonly at: number; readonly operator: number } | null;
  /** operators it was assigned to, and those of them from whom it was returned to the queue */
  readonly had: Set<number>;
  readonly letGo: Set<number>;
}

interface ModelMerge {
  readonly survivor: number;
  readonly merged: number;
  readonly identifiers: readonly string[];
  readonly contacts: readonly ModelContact[];
  readonly gaveName: boolean;
  /** suggestions that named `merged` */
  readonly suggestions: readonly ModelSuggestion[];
  isUndone: boolean;
}

interface ModelSuggestion {
  survivor: number;
  merged: number;
  /** a number: the merge that settled it, from 1 */
  state: 'open' | 'dismissed' | number;
}

/** How many suggestions may name one lead. */
const MOST_SUGGESTIONS = 20;

/** A draw: one of `sum` values. */
export interface Fall {
  readonly sum: number;
  readonly r: number;
}

export class Model {
  readonly operators: ModelOperator[] = [];
  readonly contacts: ModelContact[] = [];
  readonly merges: ModelMerge[] = [];
  readonly suggestions: ModelSuggestion[] = [];
  /** the source that gave an identifier first; 0: no source */
  readonly #givers = new Map<string, number>();
  #isAsked = false;
  /** weights[source - 1]: by operator */
  readonly weights: Map<number, number>[];
  /** owner by identifier, `phone +7…` */
  readonly owners = new Map<string, number>();
  /** by lead: its identifiers in the order in which they were added, and its name */
  readonly #has: string[][] = [];
  readonly names: (string | null)[] = [];
  readonly #archivedSources: boolean[];
  /** what each configuration change did, from the first */
  readonly steps: Difference[][] = [];
  /** mergedInto[lead - 1] */
  readonly mergedInto: (number | null)[] = [];
  /** slots are left for the next transaction, which precedes everything else */
  isDrainOwed = false;
  readonly #drainStep: number;
  #assignments = 0;
  #falls: Fall[] = [];

  /** @param drainStep how many waiting contacts are assigned in one transaction */
  constructor(sources: number, drainStep = Number.POSITIVE_INFINITY) {
    this.#drainStep = drainStep;
    this.weights = Array.from({ length: sources }, () => new Map<number, number>());
    this.#archivedSources = this.weights.map(() => false);
    for (let id = 1; id <= sources; id++) this.steps.push([{ thing: `source ${id}`, before: { is_archived: true }, after: { is_archived: false } }]);
  }

  load(operator: number): number {
    return this.contacts.filter((one) => one.status === 'assigned' && one.operator === operator).length;
  }

  /** Waiting contacts, oldest first. */
  waiting(): ModelContact[] {
    return this.contacts.filter(({ status }) => status === 'waiting');
  }

  operatorOfLead(lead: number): number | null {
    const lasts = this.contacts.filter((one) => one.lead === lead).flatMap(({ last }) => last ?? []);
    return lasts.toSorted((a, b) => b.at - a.at)[0]?.operator ?? null;
  }

  /**
   * The answer that the engine must give. What it leaves to later transactions is done by `drainOn`.
   * @param falls the draws, those of this command first; used ones are removed
   */
  apply(command: Command, falls: Fall[]): string {
    this.#falls = falls;
    const before = this.#configuration();
    const answer = this.#answer(command);
    const step = differencesBetween(before, this.#configuration());
    if (step.length > 0) this.steps.push(step);
    return answer;
  }

  isArchived(source: number): boolean {
    return this.#archivedSources[source - 1] ?? true;
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
      case 'activity': {
        const operator = this.#employed(command.operator);
        if (!operator) return 'not_found';
        const is_active = command.is_active ?? operator.is_active;
        if (is_active && command.reason) return 'validation_failed';
        operator.is_active = is_active;
        if (is_active) operator.reason = null;
        else if (command.reason !== undefined) operator.reason = command.reason;
        this.#drain();
        return this.#toldOperator(operator);
      }
      case 'capacity': {
        const operator = this.#employed(command.operator);
        if (!operator) return 'not_found';
        operator.max_load = command.max_load;
        this.#drain();
        return this.#toldOperator(operator);
      }
      case 'shelve':
        if (this.#archivedSources[command.source - 1] !== !command.is_archived) return 'not_found';
        this.#archivedSources[command.source - 1] = command.is_archived;
        return 'shelved';
      case 'take back':
        return this.#takeBack(command.step);
      case 'hire': {
        const { is_active, max_load } = command;
        const operator = { id: this.operators.length + 1, is_active, reason: null, max_load, is_archived: false };
        this.operators.push(operator);
        return this.#toldOperator(operator);
      }
      case 'dismiss': {
        const operator = this.#employed(command.operator);
        if (!operator) return 'not_found';
        if (this.load(operator.id) > 0) return 'operator_holds_contacts';
        this.#dismiss(operator);
        return this.#toldOperator(operator);
      }
      case 'weigh': {
        const weights = this.weights[command.source - 1];
        if (!weights || this.isArchived(command.source) || !this.#employed(command.operator)) return 'not_found';
        if (command.weight === null) return weights.delete(command.operator) ? 'weighed' : 'not_found';
        weights.set(command.operator, command.weight);
        this.#drain();
        return 'weighed';
      }
      case 'lead': {
        const { lead, isNew } = this.#recognise(command.person, 0);
        return `lead ${lead}${isNew ? ' new' : ''} ${this.#shown(lead)}`;
      }
      case 'ask first':
        this.#isAsked = command.isAsked;
        return 'set';
      case 'accept':
      case 'keep apart':
        return this.#decide(command.suggestion, command.do === 'accept');
      case 'undo':
        return this.#undo(command.merge);
    }
  }

  #submit({ source, person, key, message }: Command & { do: 'submit' }): string {
    const weights = this.weights[source - 1];
    if (!weights || this.isArchived(source)) return 'not_found';
    const body = JSON.stringify([person, message]);
    const first = key === null ? undefined : this.contacts.find((one) => one.source === source && one.key === key);
    if (first) return first.body === body ? `${this.#told(first)}${first.made_lead ? ' new lead' : ''} replayed` : 'idempotency_key_reused';
    if (weights.size === 0) return 'source_has_no_competences';
    const { lead, isNew, held } = this.#recognise(person, source);
    const contact: ModelContact = {
      id: this.contacts.length + 1,
      source,
      made_lead: isNew,
      key,
      body,
      lead,
      status: 'waiting',
      operator: null,
      last: null,
      had: new Set(),
      letGo: new Set(),
    };
    this.contacts.push(contact);
    if (this.#sum(contact) > 0) this.#draw(contact);
    for (const other of held) this.#suggest(lead, other);
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
      if (contact.operator !== null) contact.letGo.add(contact.operator);
      contact.status = 'waiting';
      contact.operator = null;
    } else this.#give(contact, to);
    this.#drain();
    return this.#told(contact);
  }

  #recognise(person: Person, giver: number): { lead: number; isNew: boolean; held: number[] } {
    const identifiers = (['external_id', 'phone', 'email'] as const).flatMap((kind) => (person[kind] === null ? [] : `${kind} ${person[kind]}`));
    const found = identifiers.map((one) => this.owners.get(one)).filter((lead) => lead !== undefined);
    let survivor = found[0];
    const isNew = survivor === undefined;
    if (survivor === undefined) {
      survivor = this.mergedInto.push(null);
      this.#has.push([]);
      this.names.push(null);
    }
    const own = new Set(identifiers.filter((one) => this.#givers.get(one) === giver).map((one) => this.owners.get(one)));
    const others = [...new Set(found)].filter((lead) => lead !== survivor);
    const held = this.#isAsked && giver > 0 ? others.filter((lead) => !own.has(survivor) || !own.has(lead)) : [];
    for (const lead of others) if (!held.includes(lead)) this.#merge(survivor, lead);
    for (const one of identifiers) {
      if (held.includes(this.owners.get(one) ?? 0)) continue;
      if (!this.owners.has(one)) {
        this.#hasOf(survivor).push(one);
        this.#givers.set(one, giver);
      }
      this.owners.set(one, survivor);
    }
    this.names[survivor - 1] ??= person.name;
    return { lead: survivor, isNew, held };
  }

  #suggestionsOf(lead: number): ModelSuggestion[] {
    return this.suggestions.filter((one) => one.survivor === lead || one.merged === lead);
  }

  #suggest(survivor: number, merged: number): void {
    const known = this.#suggestionsOf(survivor);
    if (known.some((one) => typeof one.state === 'string' && (one.survivor === merged || one.merged === merged))) return;
    if (known.length >= MOST_SUGGESTIONS || this.#suggestionsOf(merged).length >= MOST_SUGGESTIONS) return;
    this.suggestions.push({ survivor, merged, state: 'open' });
  }

  #decide(id: number, isSame: boolean): string {
    const suggestion = this.suggestions[id - 1];
    if (!suggestion) return 'not_found';
    if (suggestion.state !== 'open') return 'already_settled';
    const { survivor, merged } = suggestion;
    if (isSame) {
      this.#merge(survivor, merged);
      return `merge ${this.merges.length}`;
    }
    for (const one of this.#suggestionsOf(survivor)) if (one.state === 'open' && (one.survivor === merged || one.merged === merged)) one.state = 'dismissed';
    return 'kept apart';
  }

  /** Whether no merge has settled the suggestion and both of its leads are still separate. */
  #isUndecided(id: number): boolean {
    const { survivor, merged, state } = this.suggestions[id - 1] ?? { survivor: 0, merged: 0, state: 0 };
    return typeof state === 'string' && this.mergedInto[survivor - 1] === null && this.mergedInto[merged - 1] === null;
  }

  #merge(survivor: number, merged: number): void {
    const named = this.#suggestionsOf(merged).filter(({ state }) => typeof state === 'string');
    const suggestions = named.filter((one) => one.survivor !== survivor && one.merged !== survivor);
    for (const one of named) if (!suggestions.includes(one) && one.state === 'open') one.state = this.merges.length + 1;
    for (const one of suggestions) {
      if (one.survivor === merged) one.survivor = survivor;
      else one.merged = survivor;
    }

    const identifiers = this.#hasOf(merged).splice(0);
    this.#hasOf(survivor).push(...identifiers);
    const gaveName = this.names[survivor - 1] === null && this.names[merged - 1] !== null;
    if (gaveName) this.names[survivor - 1] = this.names[merged - 1] ?? null;
    const contacts = this.contacts.filter(({ lead }) => lead === merged);
    for (const identifier of identifiers) this.owners.set(identifier, survivor);
    for (const contact of contacts) contact.lead = survivor;
    this.mergedInto[merged - 1] = survivor;
    this.merges.push({ survivor, merged, identifiers, contacts, gaveName, suggestions, isUndone: false });
  }

  #undo(id: number): string {
    const merge = this.merges[id - 1];
    if (!merge) return 'not_found';
    const { survivor, merged } = merge;
    if (merge.isUndone || this.mergedInto[survivor - 1] !== null) return 'merge_not_undoable';
    for (const identifier of merge.identifiers) {
      const has = this.#hasOf(survivor);
      has.splice(has.indexOf(identifier), 1);
      this.#hasOf(merged).push(identifier);
      this.owners.set(identifier, merged);
    }
    if (merge.gaveName) this.names[survivor - 1] = null;
    for (const contact of merge.contacts) if (contact.lead === survivor) contact.lead = merged;
    this.mergedInto[merged - 1] = null;
    merge.isUndone = true;
    for (const one of merge.suggestions) {
      if (one.survivor === survivor) one.survivor = merged;
      if (one.merged === survivor) one.merged = merged;
    }
    for (const one of this.suggestions) if (one.state === id) one.state = 'open';
    return `merge ${id} undone`;
  }

  #hasOf(lead: number): string[] {
    const has = this.#has[lead - 1];
    if (!has) throw new Error(`the model has no lead ${lead}`);
    return has;
  }

  /** The first of each kind. */
  #shown(lead: number): string {
    const first = (kind: string) =>
      this.#hasOf(lead)
        .find((one) => one.startsWith(`${kind} `))
        ?.slice(kind.length + 1) ?? null;
    return shown({ external_id: first('external_id'), phone: first('phone'), email: first('email'), name: this.names[lead - 1] ?? null });
  }

  #dismiss(operator: ModelOperator): void {
    for (const weights of this.weights) weights.delete(operator.id);
    Object.assign(operator, { is_archived: true, is_active: false, reason: null });
  }

  #configuration(): Configuration {
    const all: Configuration = {};
    for (const { id, ...fields } of this.operators) all[`operator ${id}`] = fields;
    for (const [i, is_archived] of this.#archivedSources.entries()) all[`source ${i + 1}`] = { is_archived };
    for (const [i, weights] of this.weights.entries()) all[`weights ${i + 1}`] = Object.fromEntries(weights);
    for (const [i, { state }] of this.suggestions.entries()) all[`suggestion ${i + 1}`] = { is_dismissed: state === 'dismissed' };
    return all;
  }

  /** Undoes the whole step if everything is still as the step left it, otherwise nothing. */
  #takeBack(n: number): string {
    const step = this.steps[n - 1];
    if (!step) return 'not_found';
    const present = this.#configuration();
    const has = (thing: string, fields: Record<string, unknown>) => Object.keys(fields).every((key) => (present[thing]?.[key] ?? null) === fields[key]);
    if (!step.every(({ thing, after }) => has(thing, after))) return 'changed_since';
    if (step.some(({ thing }) => thing.startsWith('suggestion') && !this.#isUndecided(Number(thing.split(' ')[1])))) return 'changed_since';
    const operatorOf = (id: string) => step.find(({ thing }) => thing === `operator ${id}`);
    for (const { thing, before } of step) {
      const next = { ...present[thing], ...before } as Partial<OperatorState>; // used for operators only
      if ((next.is_active || next.is_archived) && before.reason) return 'changed_since';
      if (next.is_archived && before.is_active) return 'changed_since';
    }
    for (const { thing, before } of step) {
      const [kind, id = ''] = thing.split(' ');
      if (kind === 'weights') {
        const isGone = (operator: string) => (operatorOf(operator)?.before.is_archived ?? present[`operator ${operator}`]?.is_archived) === true;
        if (Object.keys(before).some((operator) => before[operator] !== null && isGone(operator))) return 'not_found';
        const isApart = (operator: string) => operatorOf(operator)?.before.is_archived === undefined;
        if (this.isArchived(Number(id)) && Object.keys(before).some(isApart)) return 'not_found';
      } else {
        if (present[thing]?.is_archived === true && before.is_archived === undefined) return 'not_found';
        if (kind === 'operator' && before.is_archived === true && this.load(Number(id)) > 0) return 'operator_holds_contacts';
      }
    }
    for (const { thing, before } of step) this.#put(thing, before);
    this.#drain();
    return 'taken back';
  }

  #put(thing: string, fields: Record<string, unknown>): void {
    const [kind, text] = thing.split(' ');
    const id = Number(text);
    const operator = this.operators[id - 1];
    const weights = this.weights[id - 1];
    const suggestion = this.suggestions[id - 1];
    if (kind === 'suggestion' && suggestion) suggestion.state = fields.is_dismissed === true ? 'dismissed' : 'open';
    else if (kind === 'source') this.#archivedSources[id - 1] = fields.is_archived === true;
    else if (kind === 'weights') {
      for (const [key, weight] of Object.entries(fields))
        if (weight === null) weights?.delete(Number(key));
        else weights?.set(Number(key), Number(weight));
    } else if (operator) {
      Object.assign(operator, fields);
      if (operator.is_active) operator.reason = null;
      if (fields.is_archived === true) this.#dismiss(operator);
    }
  }

  /** Assigns the oldest waiting contact that can be taken, repeatedly, up to the limit of one transaction. */
  #drain(): void {
    const next = () => this.waiting().find((one) => this.#sum(one) > 0);
    let given = 0;
    for (let one = next(); one && given < this.#drainStep; one = next()) {
      this.#draw(one);
      given += 1;
    }
    this.isDrainOwed = next() !== undefined;
  }

  /** Operators with a weight above 0 who are active, full or not. */
  #onLine(source: number): [operator: number, weight: number][] {
    return [...(this.weights[source - 1] ?? [])].filter(([id, weight]) => weight > 0 && this.operators[id - 1]?.is_active).toSorted(([a], [b]) => a - b);
  }

  #withRoom(source: number): [operator: number, weight: number][] {
    return this.#onLine(source).filter(([id]) => this.load(id) < (this.operators[id - 1]?.max_load ?? 0));
  }

  /** An operator who let a contact go does not get it again while another operator on line has not had it. */
  #eligible({ source, had, letGo }: ModelContact): [operator: number, weight: number][] {
    const isNewToSomebody = this.#onLine(source).some(([id]) => !had.has(id));
    return this.#withRoom(source).filter(([id]) => !(isNewToSomebody && letGo.has(id)));
  }

  #sum(contact: ModelContact): number {
    return this.#eligible(contact).reduce((sum, [, weight]) => sum + weight, 0);
  }

  #draw(contact: ModelContact): void {
    const fall = this.#falls.shift();
    const sum = this.#sum(contact);
    if (fall?.sum !== sum) throw new Error(`contact ${contact.id} should be drawn from ${sum} values, and the draw was from ${fall?.sum}`);
    // each operator's values, listed one by one
    const faces = this.#eligible(contact).flatMap(([id, weight]) => Array.from({ length: weight }, () => id));
    this.#give(contact, faces[fall.r] ?? 0);
  }

  #give(contact: ModelContact, operator: number): void {
    contact.status = 'assigned';
    contact.operator = operator;
    contact.had.add(operator);
    this.#assignments += 1;
    contact.last = { at: this.#assignments, operator };
  }

  #employed(id: number): ModelOperator | undefined {
    const operator = this.operators[id - 1];
    return operator?.is_archived ? undefined : operator;
  }

  #told(contact: ModelContact): string {
    return inWords({ ...contact, why: contact.status === 'waiting' ? this.#why(contact) : null, shown: this.#shown(contact.lead) });
  }

  /** No violation (null) while the next transaction is due to assign it. */
  #why(contact: ModelContact): string | null {
    const { source } = contact;
    if (this.#sum(contact) > 0) return null;
    if (this.#withRoom(source).length > 0) return 'let_go';
    if (this.#onLine(source).length > 0) return 'all_full';
    return [...(this.weights[source - 1] ?? [])].some(([, weight]) => weight > 0) ? 'nobody_active' : 'no_positive_weight';
  }

  #toldOperator(operator: ModelOperator): string {
    return operatorInWords(operator.id, operator, this.load(operator.id));
  }
}

/** Undoing a creation archives the item, and only if it is unchanged. */
function differencesBetween(before: Configuration, after: Configuration): Difference[] {
  return Object.entries(after).flatMap(([thing, now]): Difference[] => {
    const was = before[thing];
    if (!was && thing.startsWith('suggestion')) return []; // done by the desk itself
    if (!was) return [{ thing, before: { is_archived: true }, after: now }];
    const keys = [...new Set([...Object.keys(was), ...Object.keys(now)])].filter((key) => (was[key] ?? null) !== (now[key] ?? null));
    const only = (fields: Record<string, unknown>) => Object.fromEntries(keys.map((key) => [key, fields[key] ?? null]));
    return keys.length > 0 ? [{ thing, before: only(was), after: only(now) }] : [];
  });
}
