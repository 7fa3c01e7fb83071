/**
 * A second, plain implementation of the rules in the contract: lists that are searched from the start, and nothing stored that can be
 * computed. It shares no code with the engine. Given the random numbers drawn, it predicts every answer and every row.
 */
import type { InactiveReason } from '#shared/contract/entities.ts';
import type { RulePatch, SourceRule } from '#shared/contract/rules.ts';
import { type Command, inWords, type OperatorState, operatorInWords, type Person, shown } from './command.ts';

interface ModelOperator {
  readonly id: number;
  is_active: boolean;
  reason: InactiveReason | null;
  max_load: number;
  is_archived: boolean;
  tags: readonly string[];
  /** contacts not accepted in a row */
  misses: number;
}

/** How a source is distributed, with the line of each operator, 1 where none is given. */
type ModelRule = Pick<
  SourceRule,
  | 'strategy'
  | 'cost'
  | 'lines'
  | 'open_early'
  | 'needs'
  | 'needs_seconds'
  | 'owner'
  | 'target_seconds'
  | 'urgency'
  | 'repeat'
  | 'accept_seconds'
  | 'close_after_seconds'
> & {
  lineOf: Record<number, number>;
};

const asToday = (): ModelRule => ({
  strategy: 'weighted',
  cost: 1,
  lines: [],
  open_early: true,
  needs: [],
  needs_seconds: null,
  owner: { mode: 'off', days: 30, wait_seconds: 0 },
  target_seconds: null,
  urgency: 1,
  repeat: { mode: 'new', within_seconds: null },
  accept_seconds: null,
  close_after_seconds: null,
  lineOf: {},
});

/** Within how many seconds a contact is to be assigned where neither it nor its source says so. */
const USUAL_TARGET = 20;
/** A contact in units of credit. */
const UNIT = 1_000_000_000;
const DAY = 86_400_000;
/** The desk notes so often that it is up, and is not believed to be after so much more. */
const UP = 5000 + 2000;
/** By how much the clock may be set back without consequences. */
const SET_BACK = 60_000;
/** How many in a row an operator may not accept. */
const MISSES = 3;
/** Ten thousand years: what has not come until then never does. */
const FOR_EVER = 3_652_500 * DAY;

/** The configuration by item: `operator 3`, `source 1`, `weights 1`, `rule 1`, `lead 5`. */
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
  readonly created: number;
  /** the attributes that it asked for by the rule it came under, and a target of its own */
  readonly asks: Readonly<Record<string, string>>;
  readonly target: number | null;
  /** how much of an operator's limit it takes, by the rule that it came under */
  readonly cost: number;
  /** the lead's own operator when it came, or since the lead was pinned */
  owner: number | null;
  lead: number;
  status: 'assigned' | 'waiting' | 'closed';
  operator: number | null;
  /** its latest assignment: its number among all assignments, and the operator */
  last: Assignment | null;
  /** operators it was assigned to, and those of them from whom it was returned to the queue */
  readonly had: Set<number>;
  readonly letGo: Set<number>;
  /** who let it go last by not accepting or declining it, and when */
  refused: { readonly operator: number; readonly at: number } | null;
  acceptBy: number | null;
  accepted: number | null;
  returned: number;
  closedByRule: boolean;
  /** why it left each operator it has had, in order; null: a person moved it */
  readonly left: { readonly operator: number; readonly cause: string | null }[];
  /** how often it was decided about, and when by hand, counted so */
  decided: number;
  byHand: number;
}

/** What the desk does by itself at a moment. */
interface ModelDeadline {
  readonly kind: 'accept' | 'close';
  readonly contact: ModelContact;
  due: number;
  since: number;
  isWitnessed: boolean;
}

interface Assignment {
  readonly at: number;
  readonly when: number;
  readonly operator: number;
}

/** A further message of a contact. */
interface ModelMessage {
  readonly contact: ModelContact;
  readonly source: number;
  readonly key: string | null;
  readonly body: string;
}

/** How an operator stands with a contact. */
interface Standing {
  readonly id: number;
  readonly weight: number;
  readonly line: number;
  readonly fits: boolean;
  readonly isOnLine: boolean;
  /** null: could take it */
  readonly why: (typeof HURDLES)[number] | null;
  /** the rule puts something in the way, whether or not the operator is full */
  readonly isBarred: boolean;
  /** the contact is kept for its own operator */
  readonly isKept: boolean;
  /** when what the rule puts in the way ends by itself */
  readonly until: number | null;
}

/** What stops an operator, from the first hurdle to the last; someone stopped at a later one came further. */
const HURDLES = ['no_positive_weight', 'nobody_active', 'all_full', 'let_go', 'nobody_fits', 'owner_busy', 'line_closed', 'saved'] as const;

interface ModelMerge {
  readonly survivor: number;
  readonly merged: number;
  readonly identifiers: readonly string[];
  readonly contacts: readonly ModelContact[];
  readonly gaveName: boolean;
  readonly gavePin: boolean;
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
  readonly messages: ModelMessage[] = [];
  /** what was decided, in order */
  readonly decisions: string[] = [];
  /** rules[source - 1] */
  readonly rules: ModelRule[];
  /** epoch milliseconds */
  now = 0;
  /** pins[lead - 1] */
  readonly pins: (number | null)[] = [];
  /** credits[source - 1]: by operator, in billionths of a contact, as of the latest decision under `even` */
  readonly #credits: Map<number, number>[];
  /** an operator's latest assignment of all: its number */
  readonly #latest = new Map<number, number>();
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
  /** by step: the contacts that it took from an operator, and how often they had been decided about then */
  readonly #moves = new Map<number, { readonly contact: ModelContact; readonly operator: number; readonly decided: number }[]>();
  /** in the order in which they were set */
  deadlines: ModelDeadline[] = [];
  /** when the desk was last up */
  seen = 0;
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
    this.rules = this.weights.map(asToday);
    this.#credits = this.weights.map(() => new Map<number, number>());
    this.#archivedSources = this.weights.map(() => false);
    for (let id = 1; id <= sources; id++) this.steps.push([{ thing: `source ${id}`, before: { is_archived: true }, after: { is_archived: false } }]);
  }

  load(operator: number): number {
    return this.contacts.reduce((sum, one) => (one.status === 'assigned' && one.operator === operator ? sum + one.cost : sum), 0);
  }

  /** Waiting contacts, oldest first. */
  waiting(): ModelContact[] {
    return this.contacts.filter(({ status }) => status === 'waiting');
  }

  operatorOfLead(lead: number): number | null {
    return this.#lastOfLead(lead)?.operator ?? null;
  }

  #lastOfLead(lead: number): Assignment | undefined {
    const lasts = this.contacts.filter((one) => one.lead === lead).flatMap(({ last }) => last ?? []);
    return lasts.toSorted((a, b) => b.at - a.at)[0];
  }

  /**
   * The answer that the engine must give. What it leaves to later transactions is done by `drainOn`.
   * @param falls the draws, those of this command first; used ones are removed
   */
  apply(command: Command, falls: Fall[]): string {
    this.#falls = falls;
    const before = this.#configuration();
    const answer = this.#answer(command);
    // a pin that a merge takes over is no change of configuration
    const isPin = command.do === 'pin' || command.do === 'take back';
    const step = differencesBetween(before, this.#configuration()).filter(({ thing }) => isPin || !thing.startsWith('lead '));
    if (step.length > 0) this.steps.push(step);
    return answer;
  }

  isArchived(source: number): boolean {
    return this.#archivedSources[source - 1] ?? true;
  }

  drainOn(falls: Fall[]): void {
    while (this.isDrainOwed) this.drainStepOf(falls);
  }

  /** One transaction of draining. */
  drainStepOf(falls: Fall[]): void {
    this.#falls = falls;
    this.#drain();
  }

  /** Sets the clock. Before anything is done, it is known for how long the desk was not up. A rule may have come to let contacts be taken. */
  passTo(now: number): void {
    this.now = now;
    if (this.deadlines.length > 0 && (now - this.seen > UP || this.seen - now > SET_BACK)) this.#wasAway();
    this.seen = now;
    this.isDrainOwed = this.#next() !== undefined;
  }

  /** Carries out what is due. */
  carryOutDue(falls: Fall[]): void {
    this.#falls = falls;
    for (;;) {
      const due = this.deadlines.filter((one) => one.due <= this.now);
      const [first] = due.toSorted((a, b) => a.due - b.due);
      if (!first) return;
      this.deadlines = this.deadlines.filter((one) => one !== first);
      if (first.kind === 'accept') this.#missed(first);
      else this.#closeByRule(first.contact);
      this.drainOn(falls);
    }
  }

  #wasAway(): void {
    const by = this.now - this.seen;
    for (const one of this.deadlines) {
      one.due += by < 0 ? by : Math.max(0, this.now - Math.max(this.seen, one.since));
      one.isWitnessed = false;
      if (one.kind === 'accept') one.contact.acceptBy = one.due;
    }
  }

  #missed({ contact, isWitnessed }: ModelDeadline): void {
    const operator = this.#operator(contact.operator ?? 0);
    this.#letGo(contact, 'missed');
    if (isWitnessed && operator.is_active) {
      operator.misses += 1;
      if (operator.misses >= MISSES) this.#takeOff(operator);
    }
    this.#drain();
  }

  /** In one step, with all that the operator has not accepted. */
  #takeOff(operator: ModelOperator): void {
    this.steps.push([{ thing: `operator ${operator.id}`, before: { is_active: true, reason: null }, after: { is_active: false, reason: 'no_answer' } }]);
    Object.assign(operator, { is_active: false, reason: 'no_answer', misses: 0 });
    const unaccepted = this.contacts.filter(
      (one) => one.status === 'assigned' && one.operator === operator.id && one.acceptBy !== null && one.accepted === null,
    );
    for (const contact of unaccepted) this.#letGo(contact, 'no_answer');
    this.#moves.set(
      this.steps.length,
      unaccepted.map((contact) => ({ contact, operator: operator.id, decided: contact.decided })),
    );
  }

  /** Its operator does not take the contact, which waits again. */
  #letGo(contact: ModelContact, cause: 'missed' | 'declined' | 'no_answer'): void {
    const operator = contact.operator ?? 0;
    this.#putBack(contact, cause);
    contact.refused = { operator, at: this.now };
    this.#decided(contact, 'returned');
  }

  #putBack(contact: ModelContact, cause: string | null): void {
    if (contact.operator !== null) {
      contact.letGo.add(contact.operator);
      contact.left.push({ operator: contact.operator, cause });
    }
    Object.assign(contact, { status: 'waiting', operator: null, acceptBy: null, accepted: null, returned: contact.returned + 1 });
    this.#forget(contact);
  }

  #forget(contact: ModelContact, kind?: ModelDeadline['kind']): void {
    this.deadlines = this.deadlines.filter((one) => one.contact !== contact || (kind !== undefined && one.kind !== kind));
  }

  #set(kind: ModelDeadline['kind'], contact: ModelContact, seconds: number | null): void {
    this.#forget(contact, kind);
    if (seconds !== null) this.deadlines.push({ kind, contact, due: this.now + 1000 * seconds, since: this.now, isWitnessed: true });
  }

  /** The contact lives: it is closed only after the whole time from now. */
  #lives(contact: ModelContact): void {
    const closing = this.deadlines.find((one) => one.kind === 'close' && one.contact === contact);
    const seconds = this.#rule(contact.source).close_after_seconds;
    if (closing && seconds !== null) Object.assign(closing, { since: this.now, due: this.now + 1000 * seconds });
  }

  #closeByRule(contact: ModelContact): void {
    contact.status = 'closed';
    contact.closedByRule = true;
    this.#forget(contact);
    this.decisions.push(`closed_by_rule ${contact.id} to null`);
    contact.decided += 1;
    this.#drain();
  }

  #reopen(id: number): string {
    const contact = this.contacts[id - 1];
    if (!contact) return 'not_found';
    if (contact.status !== 'closed' || !contact.closedByRule) return 'contact_moved';
    const holder = this.#employed(contact.operator ?? 0);
    contact.closedByRule = false;
    if (holder && this.load(holder.id) + contact.cost <= holder.max_load) this.#give(contact, holder.id, 'manual');
    else {
      Object.assign(contact, { status: 'waiting', operator: null, acceptBy: null, accepted: null, returned: contact.returned + 1 });
      this.#decided(contact, 'manual');
    }
    this.#drain();
    return this.#told(contact);
  }

  #accept(id: number, by: number | undefined): string {
    const contact = this.contacts[id - 1];
    if (!contact) return 'not_found';
    if (contact.operator === null || (by !== undefined && by !== contact.operator)) return 'already_moved';
    if (contact.status === 'assigned' && contact.accepted === null) {
      contact.accepted = this.now;
      this.#forget(contact, 'accept');
      this.#operator(contact.operator).misses = 0;
      this.#lives(contact);
    }
    return this.#told(contact);
  }

  #decline(id: number, by: number | undefined): string {
    const contact = this.contacts[id - 1];
    if (!contact) return 'not_found';
    if (contact.status === 'closed') return 'contact_closed';
    if (contact.operator === null || (by !== undefined && by !== contact.operator)) {
      const left = contact.left.findLast(({ operator }) => by === undefined || operator === by);
      return left?.cause === 'declined' ? this.#told(contact) : 'already_moved';
    }
    this.#operator(contact.operator).misses = 0;
    this.#letGo(contact, 'declined');
    this.#drain();
    return this.#told(contact);
  }

  #answer(command: Command): string {
    switch (command.do) {
      case 'take':
        return this.#accept(command.contact, command.operator);
      case 'decline':
        return this.#decline(command.contact, command.operator);
      case 'reopen':
        return this.#reopen(command.contact);
      case 'submit':
        return this.#submit(command);
      case 'close': {
        const contact = this.contacts[command.contact - 1];
        if (!contact) return 'not_found';
        if (contact.status !== 'closed') {
          contact.status = 'closed';
          if (contact.operator !== null && contact.acceptBy !== null) this.#operator(contact.operator).misses = 0;
          this.#forget(contact);
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
        this.#turn(operator, is_active, is_active ? null : command.reason === undefined ? operator.reason : command.reason);
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
        const operator = { id: this.operators.length + 1, is_active, reason: null, max_load, is_archived: false, tags: [], misses: 0 };
        this.operators.push(operator);
        return this.#toldOperator(operator);
      }
      case 'dismiss': {
        const operator = this.#employed(command.operator);
        if (!operator) return 'not_found';
        if (this.load(operator.id) > 0) return 'operator_holds_contacts';
        this.#dismiss(operator);
        this.#drain();
        return this.#toldOperator(operator);
      }
      case 'weigh': {
        const weights = this.weights[command.source - 1];
        if (!weights || this.isArchived(command.source) || !this.#employed(command.operator)) return 'not_found';
        if (command.weight !== null) weights.set(command.operator, command.weight);
        else if (!weights.delete(command.operator)) return 'not_found';
        else delete this.#rule(command.source).lineOf[command.operator];
        this.#drain();
        return 'weighed';
      }
      case 'rule': {
        if (this.isArchived(command.source)) return 'not_found';
        this.#ruled(command.source, command.patch);
        this.#drain();
        return 'ruled';
      }
      case 'line': {
        if (this.isArchived(command.source) || !this.weights[command.source - 1]?.has(command.operator)) return 'not_found';
        this.#putOnLine(command.source, command.operator, command.line);
        this.#drain();
        return 'lined up';
      }
      case 'tag': {
        const operator = this.#employed(command.operator);
        if (!operator) return 'not_found';
        operator.tags = command.tags;
        this.#drain();
        return this.#toldOperator(operator);
      }
      case 'pin': {
        const into = this.mergedInto[command.lead - 1];
        if (into === undefined) return 'not_found';
        if (into !== null) return 'lead_merged';
        if (command.operator !== null && command.operator !== this.pins[command.lead - 1] && !this.#employed(command.operator)) return 'not_found';
        this.#pin(command.lead, command.operator);
        this.#drain();
        return 'pinned';
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

  #submit({ source, person, wishes, key, message }: Command & { do: 'submit' }): string {
    const weights = this.weights[source - 1];
    if (!weights || this.isArchived(source)) return 'not_found';
    const body = JSON.stringify([person, message, wishes]);
    const answer = (to: ModelContact, words = '') => `${this.#told(to)}${to.made_lead ? ' new lead' : ''}${words}`;
    const isFirst = (one: { source: number; key: string | null }) => key !== null && one.source === source && one.key === key;
    const first = this.contacts.find(isFirst);
    if (first) return first.body === body ? answer(first, ' replayed') : 'idempotency_key_reused';
    const added = this.messages.find(isFirst);
    if (added) return added.body === body ? answer(added.contact, ' joined replayed') : 'idempotency_key_reused';
    if (weights.size === 0) return 'source_has_no_competences';
    const { lead, isNew, held } = this.#recognise(person, source);
    const { repeat, needs, cost } = this.#rule(source);
    const since = repeat.within_seconds === null ? Number.NEGATIVE_INFINITY : this.now - 1000 * repeat.within_seconds;
    const open = this.contacts.findLast((one) => one.lead === lead && one.source === source && one.status !== 'closed' && one.created >= since);
    if (repeat.mode === 'join' && open) {
      this.messages.push({ contact: open, source, key, body });
      this.#lives(open);
      for (const other of held) this.#suggest(lead, other);
      return answer(open, ' joined');
    }
    const contact: ModelContact = {
      id: this.contacts.length + 1,
      source,
      made_lead: isNew,
      key,
      body,
      created: this.now,
      asks: Object.fromEntries(needs.flatMap((one) => (wishes.attributes?.[one] === undefined ? [] : [[one, wishes.attributes[one]]]))),
      target: wishes.target_seconds,
      cost,
      owner: this.#ownerOf(lead, source, () => true),
      lead,
      status: 'waiting',
      operator: null,
      last: null,
      had: new Set(),
      letGo: new Set(),
      refused: null,
      acceptBy: null,
      accepted: null,
      returned: 0,
      closedByRule: false,
      left: [],
      decided: 0,
      byHand: 0,
    };
    this.contacts.push(contact);
    this.#draw(contact, 'draw');
    for (const other of held) this.#suggest(lead, other);
    return answer(contact);
  }

  /** Whom the source's rule brings the lead's next contact back to. @param counts which of its contacts are earlier ones */
  #ownerOf(lead: number, source: number, counts: (contact: ModelContact) => boolean): number | null {
    const { mode, days } = this.#rule(source).owner;
    const pinned = this.pins[lead - 1] ?? null;
    const last = this.#lastOfLead(lead);
    const isOwned =
      mode === 'open'
        ? this.contacts.some((one) => one.lead === lead && one.status !== 'closed' && counts(one))
        : last !== undefined && last.when > this.now - days * DAY;
    const owner = pinned ?? (isOwned ? last?.operator : undefined);
    return mode !== 'off' && owner !== undefined && (this.weights[source - 1]?.get(owner) ?? 0) > 0 ? owner : null;
  }

  #pin(lead: number, operator: number | null): void {
    if (this.pins[lead - 1] === operator) return;
    this.pins[lead - 1] = operator;
    const open = this.contacts.filter((one) => one.lead === lead && one.status !== 'closed');
    for (const contact of open) contact.owner = this.#ownerOf(lead, contact.source, ({ id }) => id < contact.id);
  }

  #rule(source: number): ModelRule {
    const rule = this.rules[source - 1];
    if (!rule) throw new Error(`the model has no source ${source}`);
    return rule;
  }

  #putOnLine(source: number, operator: number, line: number): void {
    const { lineOf } = this.#rule(source);
    if (line === 1) delete lineOf[operator];
    else lineOf[operator] = line;
  }

  #reassign(id: number, to: number | null): string {
    const contact = this.contacts[id - 1];
    if (!contact) return 'not_found';
    if (contact.status === 'closed') return 'contact_closed';
    if (contact.operator === to) return this.#told(contact);
    if (to !== null) {
      const operator = this.#employed(to);
      if (!operator) return 'not_found';
      if (this.load(to) + contact.cost > operator.max_load) return 'operator_full';
    }
    if (to === null) {
      this.#putBack(contact, null);
      contact.refused = null;
      this.#decided(contact, 'manual');
    } else this.#give(contact, to, 'manual');
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
      this.pins.push(null);
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
    const gavePin = this.pins[survivor - 1] === null && this.pins[merged - 1] !== null;
    if (gavePin) this.pins[survivor - 1] = this.pins[merged - 1] ?? null;
    const contacts = this.contacts.filter(({ lead }) => lead === merged);
    for (const identifier of identifiers) this.owners.set(identifier, survivor);
    for (const contact of contacts) contact.lead = survivor;
    this.mergedInto[merged - 1] = survivor;
    this.merges.push({ survivor, merged, identifiers, contacts, gaveName, gavePin, suggestions, isUndone: false });
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
    if (merge.gavePin && this.pins[survivor - 1] === this.pins[merged - 1]) this.pins[survivor - 1] = null;
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

  /** Sets fields of a rule. The time to close after begins anew for what is assigned when it changes. */
  #ruled(source: number, patch: RulePatch): void {
    const rule = this.#rule(source);
    const before = rule.close_after_seconds;
    Object.assign(rule, patch);
    if (rule.close_after_seconds === before) return;
    for (const contact of this.contacts) if (contact.source === source && contact.status === 'assigned') this.#set('close', contact, rule.close_after_seconds);
  }

  #turn(operator: ModelOperator, is_active: boolean, reason: InactiveReason | null): void {
    if (operator.is_active !== is_active || operator.reason !== reason) operator.misses = 0;
    Object.assign(operator, { is_active, reason });
  }

  #dismiss(operator: ModelOperator): void {
    for (const [i, weights] of this.weights.entries()) if (weights.delete(operator.id) && !this.isArchived(i + 1)) this.#putOnLine(i + 1, operator.id, 1);
    this.#turn(operator, false, null);
    operator.is_archived = true;
  }

  #configuration(): Configuration {
    const all: Configuration = {};
    for (const { id, tags, misses: _, ...fields } of this.operators) all[`operator ${id}`] = { ...fields, tags: JSON.stringify(tags) };
    for (const [i, is_archived] of this.#archivedSources.entries()) all[`source ${i + 1}`] = { is_archived };
    for (const [i, weights] of this.weights.entries()) all[`weights ${i + 1}`] = Object.fromEntries(weights);
    for (const [i, { lineOf, ...rule }] of this.rules.entries()) {
      const fields = Object.entries(rule).map(([name, value]) => [name, JSON.stringify(value)]);
      all[`rule ${i + 1}`] = { ...Object.fromEntries(fields), ...Object.fromEntries(Object.entries(lineOf).map(([id, line]) => [`line ${id}`, line])) };
    }
    for (const [i, pinned] of this.pins.entries()) if (this.mergedInto[i] === null) all[`lead ${i + 1}`] = { pinned };
    for (const [i, { state }] of this.suggestions.entries()) all[`suggestion ${i + 1}`] = { is_dismissed: state === 'dismissed' };
    return all;
  }

  /** Undoes the whole step if everything is still as the step left it, otherwise nothing. */
  #takeBack(n: number): string {
    const step = this.steps[n - 1];
    if (!step) return 'not_found';
    const present = this.#configuration();
    const has = (thing: string, fields: Record<string, unknown>) =>
      present[thing] !== undefined && Object.keys(fields).every((key) => (present[thing]?.[key] ?? null) === fields[key]);
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
      } else if (kind === 'rule') {
        if (this.isArchived(Number(id))) return 'not_found';
      } else if (kind === 'lead') {
        if (typeof before.pinned === 'number' && !this.#employed(before.pinned)) return 'not_found';
      } else {
        if (present[thing]?.is_archived === true && before.is_archived === undefined) return 'not_found';
        if (kind === 'operator' && before.is_archived === true && this.load(Number(id)) > 0) return 'operator_holds_contacts';
      }
    }
    for (const { thing, before } of step) this.#put(thing, before);
    this.#moveBack(this.#moves.get(n) ?? []);
    this.#drain();
    return 'taken back';
  }

  /** As far as there is room; who was moved by hand since stays. */
  #moveBack(moves: readonly { readonly contact: ModelContact; readonly operator: number; readonly decided: number }[]): void {
    let left = moves.filter(({ contact, operator, decided }) => contact.operator !== operator && contact.byHand <= decided);
    for (let before = Number.POSITIVE_INFINITY; left.length > 0 && left.length < before; ) {
      before = left.length;
      left = left.filter(({ contact, operator: id }) => {
        const operator = this.#employed(id);
        if (contact.status === 'closed' || !operator) return false;
        if (this.load(id) + contact.cost > operator.max_load) return true;
        this.#give(contact, id, 'manual');
        return false;
      });
    }
  }

  #put(thing: string, fields: Record<string, unknown>): void {
    const [kind, text] = thing.split(' ');
    const id = Number(text);
    const operator = this.operators[id - 1];
    const weights = this.weights[id - 1];
    const suggestion = this.suggestions[id - 1];
    if (kind === 'suggestion' && suggestion) suggestion.state = fields.is_dismissed === true ? 'dismissed' : 'open';
    else if (kind === 'source') this.#archivedSources[id - 1] = fields.is_archived === true;
    else if (kind === 'lead')
      this.#pin(id, fields.pinned as number | null); // its only field
    else if (kind === 'rule') {
      for (const [key, value] of Object.entries(fields))
        if (key.startsWith('line ')) this.#putOnLine(id, Number(key.slice(5)), Number(value ?? 1));
        else this.#ruled(id, { [key]: JSON.parse(String(value)) });
    } else if (kind === 'weights') {
      for (const [key, weight] of Object.entries(fields))
        if (weight === null) {
          weights?.delete(Number(key));
          if (!this.isArchived(id)) this.#putOnLine(id, Number(key), 1);
        } else weights?.set(Number(key), Number(weight));
    } else if (operator) {
      const { tags, is_active, reason, ...others } = fields;
      Object.assign(operator, others, tags !== undefined && { tags: JSON.parse(tags as string) as string[] });
      const isActive = (is_active ?? operator.is_active) === true;
      this.#turn(operator, isActive, isActive ? null : reason === undefined ? operator.reason : (reason as InactiveReason | null));
      if (fields.is_archived === true) this.#dismiss(operator);
    }
  }

  /** Assigns whoever of the waiting contacts is next, repeatedly, up to the limit of one transaction. */
  #drain(): void {
    let given = 0;
    for (let one = this.#next(); one && given < this.#drainStep; one = this.#next()) {
      this.#draw(one, 'drain');
      given += 1;
    }
    this.isDrainOwed = this.#next() !== undefined;
  }

  /** The contact that is next, of those that can be taken; contacts that wait for the same operators do not overtake each other. */
  #next(): ModelContact | undefined {
    const firsts = new Map<string, ModelContact>();
    for (const one of this.waiting()) {
      const past = [one.had, one.letGo].map((ids) => [...ids].toSorted((a, b) => a - b));
      const queue = JSON.stringify([one.source, one.asks, one.target, one.cost, one.owner, one.returned > 0 && [...past, one.refused]]);
      if (!firsts.has(queue)) firsts.set(queue, one);
    }
    const takeable = [...firsts.values()].filter((one) => this.#canBeTaken(one));
    return takeable.reduce<ModelContact | undefined>((best, one) => (best && !this.#isBefore(one, best) ? best : one), undefined);
  }

  #targetOf({ target, source }: ModelContact): number {
    return target ?? this.#rule(source).target_seconds ?? USUAL_TARGET;
  }

  /** Whether `a` has waited a larger share of its target, times its urgency. */
  #isBefore(a: ModelContact, b: ModelContact, at = this.now): boolean {
    const [targetOfA, targetOfB] = [a, b].map((one) => BigInt(this.#targetOf(one)));
    const [urgencyOfA, urgencyOfB] = [a, b].map(({ source }) => BigInt(this.#rule(source).urgency));
    if (targetOfA === undefined || targetOfB === undefined || urgencyOfA === undefined || urgencyOfB === undefined) return false;
    if (targetOfA === targetOfB && urgencyOfA === urgencyOfB) return a.id < b.id;
    const [waitedA, waitedB] = [a, b].map(({ created }) => BigInt(Math.max(0, at - created)));
    const [x, y] = [(waitedA ?? 0n) * urgencyOfA * targetOfB, (waitedB ?? 0n) * urgencyOfB * targetOfA];
    return x === y ? a.id < b.id : x > y;
  }

  /**
   * Who is kept free for which contact: of each source the one that is next, if it takes several slots, is past its target and fits nowhere, keeps
   * whoever would have most room for it, apart from those who are kept for contacts that come before it.
   */
  #savings(): Map<number, ModelContact> {
    const saved = new Map<number, ModelContact>();
    const firsts = this.rules.flatMap((_rule, i) =>
      this.waiting()
        .filter(({ source }) => source === i + 1)
        .reduce<ModelContact[]>(([best], one) => [best && !this.#isBefore(one, best) ? best : one], []),
    );
    const overdue = firsts.filter((one) => one.cost > 1 && this.now - one.created > 1000 * this.#targetOf(one));
    for (const contact of overdue.toSorted((a, b) => (this.#isBefore(a, b) ? -1 : 1))) {
      const standings = this.#standings(contact, saved);
      if (standings.some(({ why }) => why === null)) continue;
      const room = (id: number) => this.#operator(id).max_load - this.load(id);
      const wouldDo = standings.filter(({ id, why, isBarred }) => why === 'all_full' && !isBarred && this.#operator(id).max_load >= contact.cost);
      const [best] = wouldDo.toSorted((a, b) => room(b.id) - room(a.id) || a.id - b.id);
      if (best) saved.set(best.id, contact);
    }
    return saved;
  }

  /** When the contact comes before another one that is before it now; null: never. Found by trying moments. */
  #overtakesAt(contact: ModelContact, other: ModelContact): number | null {
    const isAhead = (at: number) => this.#isBefore(contact, other, at);
    let span = 1;
    while (!isAhead(this.now + span)) {
      if (span > FOR_EVER) return null;
      span *= 2;
    }
    let [early, late] = [this.now, this.now + span];
    while (late - early > 1) {
      const middle = Math.floor((early + late) / 2);
      if (isAhead(middle)) late = middle;
      else early = middle;
    }
    return late;
  }

  /** How every operator with a competence for the contact's source stands with it now, by id. */
  #standings(contact: ModelContact, savings: ReadonlyMap<number, ModelContact> = this.#savings()): Standing[] {
    const { source, created, asks, had, letGo, owner, cost, refused } = contact;
    const rule = this.#rule(source);
    const tagsEnd = rule.needs_seconds === null ? null : created + 1000 * rule.needs_seconds;
    const asked = tagsEnd !== null && this.now >= tagsEnd ? [] : rule.needs.flatMap((name) => (asks[name] === undefined ? [] : [`${name}:${asks[name]}`]));
    const everyone = [...(this.weights[source - 1] ?? [])]
      .toSorted(([a], [b]) => a - b)
      .map(([id, weight]) => {
        const { is_active, max_load, tags } = this.#operator(id);
        const isOnLine = weight > 0 && is_active;
        return { id, weight, isOnLine, line: rule.lineOf[id] ?? 1, fits: asked.every((tag) => tags.includes(tag)), isFull: this.load(id) + cost > max_load };
      });
    const helpful = everyone.filter(({ isOnLine, fits }) => isOnLine && fits);
    const isNewToSomebody = helpful.some(({ id }) => !had.has(id));
    const isOwners = (id: number) => rule.owner.mode !== 'off' && id === owner && !letGo.has(id);
    const ownerEnds = created + 1000 * rule.owner.wait_seconds;
    const isWaitedFor = this.now < ownerEnds && helpful.some(({ id, isFull }) => isFull && isOwners(id));
    const rests = refused === null || rule.accept_seconds === null ? null : refused.at + 1000 * rule.accept_seconds;
    const first = Math.min(...helpful.map(({ line }) => line));
    const isSaved = (id: number) => {
      const other = savings.get(id);
      return other !== undefined && other !== contact && this.#isBefore(other, contact);
    };
    return everyone.map(({ isFull, ...one }): Standing => {
      const opens = created + 1000 * (one.line === 1 ? 0 : (rule.lines[one.line - 2] ?? rule.lines.at(-1) ?? 0));
      const isClosed = this.now < opens && one.line > 1 && !(rule.open_early && first >= one.line);
      // what the rule itself puts in the way, whether or not the operator is full
      let [bar, until]: [Standing['why'], number | null] = [null, null];
      if (isNewToSomebody && letGo.has(one.id) && one.fits) bar = 'let_go';
      else if (!one.fits) [bar, until] = ['nobody_fits', tagsEnd];
      else if (rests !== null && refused?.operator === one.id && rests > this.now) [bar, until] = ['let_go', rests];
      else if (isWaitedFor && !isOwners(one.id)) [bar, until] = ['owner_busy', ownerEnds];
      else if (isClosed && !(isSaved(one.id) && isOwners(one.id))) [bar, until] = ['line_closed', opens];
      else if (isSaved(one.id)) [bar, until] = ['saved', this.#overtakesAt(contact, savings.get(one.id) ?? contact)];
      const ownWhy = one.weight === 0 ? 'no_positive_weight' : one.isOnLine ? (isFull ? 'all_full' : null) : 'nobody_active';
      return { ...one, why: ownWhy ?? bar, isBarred: bar !== null, isKept: bar === 'owner_busy', until };
    });
  }

  /** The lead's own operator takes a contact whatever their line. */
  #takingOwner(contact: ModelContact, standings: readonly Standing[]): Standing | undefined {
    if (this.#rule(contact.source).owner.mode === 'off' || contact.owner === null || contact.letGo.has(contact.owner)) return undefined;
    return standings.find(({ id, why }) => id === contact.owner && (why === null || why === 'line_closed'));
  }

  #canBeTaken(contact: ModelContact): boolean {
    const standings = this.#standings(contact);
    return standings.some(({ why }) => why === null) || this.#takingOwner(contact, standings) !== undefined;
  }

  /** Decides about a contact: to its owner, or by the strategy among those on the lowest line who can take it, or to nobody. */
  #draw(contact: ModelContact, kind: 'draw' | 'drain'): void {
    const standings = this.#standings(contact);
    const owner = this.#takingOwner(contact, standings);
    if (owner) {
      this.#give(contact, owner.id, 'owner');
      return;
    }
    const { strategy } = this.#rule(contact.source);
    const able = standings.filter(({ why }) => why === null);
    const line = Math.min(...able.map((one) => one.line));
    const team = able.filter((one) => one.line === line);
    const best = team.filter(({ id }) => !team.some((other) => this.#comesBefore(contact.source, other.id, id)));
    const [only] = best;
    const sum = best.reduce((all, { weight }) => all + weight, 0);
    let taker = only?.id ?? null;
    if (best.length > 1 || (only && strategy === 'weighted')) {
      const fall = this.#falls.shift();
      if (fall?.sum !== sum) throw new Error(`contact ${contact.id} should be drawn from ${sum} values, and the draw was from ${fall?.sum}`);
      // each operator's values, listed one by one
      taker = best.flatMap(({ id, weight }) => Array.from({ length: weight }, () => id))[fall.r] ?? 0;
    }
    if (strategy === 'even') this.#charge(contact.source, standings, team, taker);
    if (taker === null) this.#decided(contact, kind);
    else this.#give(contact, taker, kind);
  }

  /** Whether the strategy of the source prefers operator `a` to `b`. */
  #comesBefore(source: number, a: number, b: number): boolean {
    const used = (id: number) => [this.load(id), this.#operator(id).max_load] as const;
    const credit = (id: number) => this.#credits[source - 1]?.get(id) ?? 0;
    switch (this.#rule(source).strategy) {
      case 'even':
        return credit(a) > credit(b);
      case 'least_load':
        return this.load(a) < this.load(b);
      case 'least_share':
        return used(a)[0] * used(b)[1] < used(b)[0] * used(a)[1];
      case 'longest_idle':
        return (this.#latest.get(a) ?? 0) < (this.#latest.get(b) ?? 0);
      default:
        return false;
    }
  }

  /** The team gains what a contact entitles each to, and the taker pays it. Who has no competence now begins anew later. */
  #charge(source: number, standings: readonly Standing[], team: readonly Standing[], taker: number | null): void {
    const credits = this.#credits[source - 1];
    const all = team.reduce((sum, { weight }) => sum + weight, 0);
    for (const id of credits?.keys() ?? []) if (!standings.some((one) => one.id === id)) credits?.delete(id);
    if (taker === null) return;
    const gains = team.map(({ id, weight }) => [id, Math.floor((UNIT * weight) / all)] as const);
    for (const [id, gain] of [...gains, ...gains.map(([, gain]) => [taker, -gain] as const)]) credits?.set(id, (credits.get(id) ?? 0) + gain);
  }

  #give(contact: ModelContact, operator: number, kind: 'draw' | 'drain' | 'owner' | 'manual'): void {
    if (contact.operator !== null && contact.status === 'assigned') contact.left.push({ operator: contact.operator, cause: null });
    contact.status = 'assigned';
    contact.operator = operator;
    contact.had.add(operator);
    this.#assignments += 1;
    this.#latest.set(operator, this.#assignments);
    contact.last = { at: this.#assignments, when: this.now, operator };
    this.#decided(contact, kind);
    const { accept_seconds, close_after_seconds } = this.#rule(contact.source);
    Object.assign(contact, { acceptBy: accept_seconds === null ? null : this.now + 1000 * accept_seconds, accepted: null });
    this.#set('accept', contact, accept_seconds);
    this.#set('close', contact, close_after_seconds);
  }

  #decided(contact: ModelContact, kind: string): void {
    contact.decided += 1;
    if (kind === 'manual') contact.byHand = contact.decided;
    this.decisions.push(`${kind} ${contact.id} to ${contact.operator}`);
  }

  #operator(id: number): ModelOperator {
    const operator = this.operators[id - 1];
    if (!operator) throw new Error(`the model has no operator ${id}`);
    return operator;
  }

  #employed(id: number): ModelOperator | undefined {
    const operator = this.operators[id - 1];
    return operator?.is_archived ? undefined : operator;
  }

  #told(contact: ModelContact): string {
    const standings = contact.status === 'waiting' ? this.#standings(contact) : [];
    const ends = standings.flatMap(({ isOnLine, until }) => (isOnLine && until !== null ? [until] : []));
    const next = ends.length === 0 ? null : Math.min(...ends);
    return inWords({ ...contact, why: contact.status === 'waiting' ? whyOf(standings) : null, next, shown: this.#shown(contact.lead) });
  }

  #toldOperator(operator: ModelOperator): string {
    return operatorInWords(operator.id, operator, this.load(operator.id));
  }
}

/** Undoing a creation archives the item, and only if it is unchanged. */
function differencesBetween(before: Configuration, after: Configuration): Difference[] {
  return Object.entries(after).flatMap(([thing, now]): Difference[] => {
    const was = before[thing];
    if (!was && /^(suggestion|lead)/.test(thing)) return []; // done by the desk itself
    if (!was) return [{ thing, before: { is_archived: true }, after: now }];
    const keys = [...new Set([...Object.keys(was), ...Object.keys(now)])].filter((key) => (was[key] ?? null) !== (now[key] ?? null));
    const only = (fields: Record<string, unknown>) => Object.fromEntries(keys.map((key) => [key, fields[key] ?? null]));
    return keys.length > 0 ? [{ thing, before: only(was), after: only(now) }] : [];
  });
}

/** Why nobody takes a contact: the reason of whoever came furthest among those who have its tags. None (null) while the next transaction is due to assign it. */
function whyOf(standings: readonly Standing[]): string | null {
  if (standings.some(({ why }) => why === null)) return null;
  if (standings.some(({ isKept }) => isKept)) return 'owner_busy';
  if (standings.some(({ isOnLine }) => isOnLine) && !standings.some(({ isOnLine, fits }) => isOnLine && fits)) return 'nobody_fits';
  const reached = standings.filter(({ fits }) => fits).map(({ why }) => (why === null ? 0 : HURDLES.indexOf(why)));
  return HURDLES[Math.max(0, ...reached)] ?? null;
}
