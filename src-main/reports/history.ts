/**
 * The history in memory, as columns of numbers: one row for each contact and one for each decision. It is read once and then updated from the
 * journal. Every report is a plain pass over the rows, without roll-ups that could disagree.
 */

import type { DecisionKind } from '#shared/contract/entities.ts';
import { entitlements } from '#shared/distribution/arrange.ts';
import { defaultRule } from '#shared/distribution/rule.ts';
import type { StrategyName } from '#shared/distribution/strategies.ts';
import { type Candidate, passedOver } from '#shared/distribution/table.ts';
import { firstChangeAt, latestRevision } from '#store/journal/journal.ts';
import type { Reading } from '#store/sqlite/open.ts';
import type { ReadOnly } from '#store/sqlite/read-only.ts';
import { arranged, decodeLoads, isArranged, membersOfRoster } from '#store/tables/decisions.ts';
import { closedAfter, contactFacts, type DecisionFact, decisionFacts, lastIds } from '#store/tables/facts.ts';
import { strategyOf } from '#store/tables/rules.ts';
import { EligibleSets, type RosterFact, rosterFact } from './eligible-sets.ts';
import { Columns } from './growing.ts';
import { Numbering } from './numbering.ts';
import type { Steps } from './protocol.ts';

/** Number of rows read at a time. */
const BATCH = 2000;
/** No row: the last decision of a contact that has none yet. */
export const NONE = -1;

const contactColumns = (places: number) => ({
  id: new Uint32Array(places),
  /** source number */
  source: new Uint16Array(places),
  /** 1: the lead was known before */
  returning: new Uint8Array(places),
  /** 1: assigned on arrival */
  at_once: new Uint8Array(places),
  /** epoch milliseconds, like the other times; NaN: not yet */
  created_at: new Float64Array(places),
  first_assigned_at: new Float64Array(places),
  closed_at: new Float64Array(places),
  /** number of the first operator; 0: none yet */
  first_operator: new Uint16Array(places),
  /** row of the latest decision, without one that closed it */
  last_decision: new Int32Array(places),
});

class ContactRows extends Columns<ReturnType<typeof contactColumns>> {
  constructor() {
    super(contactColumns);
  }

  append(): number {
    return this.add();
  }

  /** The row of a contact. @throws when there is none */
  rowOf(id: number): number {
    const ids = this.column.id;
    let [low, high] = [0, this.size - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ids[middle] as number) < id) low = middle + 1;
      else high = middle;
    }
    if (ids[low] !== id || this.size === 0) throw new Error(`contact ${id} was not read`);
    return low;
  }
}

export const KIND = { draw: 0, drain: 1, manual: 2, owner: 3, returned: 4, closed_by_rule: 5 } as const satisfies Readonly<Record<DecisionKind, number>>;

const decisionColumns = (places: number) => ({
  id: new Uint32Array(places),
  at: new Float64Array(places),
  /** when this state ended, by the next decision or by closing; NaN: still current */
  until: new Float64Array(places),
  /** row number of the contact */
  contact: new Uint32Array(places),
  /** operator number; 0: waiting, or closed by a rule */
  operator: new Uint16Array(places),
  /** see `KIND` */
  kind: new Uint8Array(places),
  /** number of the set of operators who were entitled to a share of it, see `EligibleSets` */
  eligible: new Uint32Array(places),
  /** how much of the operator's limit the contact took, 1 … 100 */
  cost: new Uint8Array(places),
  /** number of the set of operators passed over by the rule alone; NONE: nobody */
  ruled_out: new Int32Array(places),
});

class DecisionRows extends Columns<ReturnType<typeof decisionColumns>> {
  constructor() {
    super(decisionColumns);
  }

  append(): number {
    return this.add();
  }
}

/** A contact that went back to the queue because of its operator. */
export interface Refusal {
  readonly cause: 'missed' | 'declined';
  readonly at: number;
  /** row number of the contact */
  readonly contact: number;
  /** operator number */
  readonly operator: number;
}

/** All contacts and decisions up to a revision, as typed arrays: tens of bytes a row. */
export class History {
  readonly contacts = new ContactRows();
  readonly decisions = new DecisionRows();
  readonly sources = new Numbering();
  readonly operators = new Numbering();
  readonly sets = new EligibleSets();
  /** when the first change was made or, after the clock was set back, when the first contact came; epoch milliseconds; infinite: never */
  begin = Number.POSITIVE_INFINITY;
  /** the revision up to which the history is complete */
  revision = 0;
  readonly #strategies = new Map<number, StrategyName>();
  readonly #rosters = new Map<number, number>();
  /** contacts that operators did not accept in time, or declined */
  readonly refusals: Refusal[] = [];
  /** rows of contacts that a rule closed, unless they were opened again */
  readonly #closed = new Set<number>();
  #lastContact = 0;
  #lastDecision = 0;

  /** Reads the whole history in steps. Changes made meanwhile are read at the end. */
  static *read(database: ReadOnly): Steps<History> {
    const history = new History();
    const { reading } = database;
    const [revision, last] = database.snapshot((db) => [latestRevision(db), lastIds(db)] as const);
    history.contacts.reserve(last.contact);
    history.decisions.reserve(last.decision);
    const all = last.contact + last.decision;
    while (history.#readContacts(reading, last.contact)) yield { progress: history.#lastContact / all };
    while (history.#readDecisions(reading, last.decision)) yield { progress: (last.contact + history.#lastDecision) / all };
    history.begin = Math.min(history.begin, database.snapshot(firstChangeAt) ?? Number.POSITIVE_INFINITY);
    history.revision = revision;
    history.catchUp(database);
    return history;
  }

  /** Adds what was committed since. @returns false when the database's history differs, as after a restore */
  catchUp(database: ReadOnly): boolean {
    return database.snapshot((db) => {
      const revision = latestRevision(db);
      if (revision < this.revision) return false;
      if (revision === this.revision) return true;
      if (this.revision === 0) this.begin = Math.min(this.begin, firstChangeAt(db) ?? this.begin); // the desk was empty when it was read
      const last = lastIds(db);
      while (this.#readContacts(db, last.contact));
      while (this.#readDecisions(db, last.decision, true));
      for (const { id, closed_at } of closedAfter(db, this.revision)) this.#close(this.contacts.rowOf(id), closed_at);
      this.revision = revision;
      return true;
    });
  }

  /** Reads a batch of contacts; false when there were none. */
  #readContacts(db: Reading, last: number): boolean {
    const facts = contactFacts(db, this.#lastContact, last, BATCH);
    for (const fact of facts) {
      const row = this.contacts.append();
      const { column } = this.contacts;
      column.id[row] = fact.id;
      column.source[row] = this.sources.of(fact.source_id);
      column.returning[row] = 1 - fact.made_lead;
      column.at_once[row] = 0;
      column.created_at[row] = fact.created_at;
      if (fact.created_at < this.begin) this.begin = fact.created_at;
      column.first_assigned_at[row] = Number.NaN;
      column.closed_at[row] = fact.closed_at ?? Number.NaN;
      column.last_decision[row] = NONE;
      this.#lastContact = fact.id;
    }
    return facts.length > 0;
  }

  /** Reads a batch of decisions; false when there were none. @param isNew they were made after their contacts were read: a closed one was opened again */
  #readDecisions(db: Reading, last: number, isNew = false): boolean {
    const facts = decisionFacts(db, this.#lastDecision, last, BATCH);
    for (const fact of facts) {
      const row = this.decisions.append();
      const { column } = this.decisions;
      const contact = this.contacts.rowOf(fact.contact_id);
      column.id[row] = fact.id;
      column.at[row] = fact.at;
      column.contact[row] = contact;
      column.operator[row] = this.operators.of(fact.operator_id);
      column.kind[row] = KIND[fact.kind];
      column.cost[row] = fact.cost ?? 1;
      column.ruled_out[row] = NONE;
      const roster = this.#roster(db, fact.roster_id);
      if (fact.rule_id === null && !isArranged(fact)) column.eligible[row] = this.sets.of(roster, fact.loads);
      else this.#readArranged(db, row, roster, fact);
      const known = this.contacts.column;
      const isClosing = fact.kind === 'closed_by_rule';
      if (isNew && !isClosing) known.closed_at[contact] = Number.NaN;
      column.until[row] = isClosing ? fact.at : (known.closed_at[contact] as number);
      const before = known.last_decision[contact] as number;
      if (before === NONE) known.at_once[contact] = fact.operator_id === null ? 0 : 1;
      const { cause } = fact;
      if (before !== NONE && (cause === 'missed' || cause === 'declined'))
        this.refusals.push({ cause, at: fact.at, contact, operator: column.operator[before] as number });
      const wasClosed = this.#closed.delete(contact);
      if (before !== NONE && !wasClosed) column.until[before] = fact.at;
      if (isClosing) this.#closed.add(contact);
      else known.last_decision[contact] = row;
      if (fact.operator_id !== null && Number.isNaN(known.first_assigned_at[contact])) {
        known.first_assigned_at[contact] = fact.at;
        known.first_operator[contact] = column.operator[row] as number;
      }
      this.#lastDecision = fact.id;
    }
    return facts.length > 0;
  }

  /** A decision under another rule than the default, or with somebody barred. */
  #readArranged(db: Reading, row: number, roster: number, fact: DecisionFact): void {
    const { operators, weights, max_loads, active, lines } = this.sets.rosters[roster] as RosterFact; // #roster has added it
    const loads = decodeLoads(fact.loads);
    const plain = weights.map((weight, i): Candidate => {
      const operator_id = this.operators.ids[operators[i] as number] as number;
      return { operator_id, weight, load: loads[i] as number, max_load: max_loads[i] as number, is_active: active[i] === true, line: lines[i] as number };
    });
    const table = arranged(plain, fact);
    const shares = entitlements(table, this.#strategy(db, fact.rule_id));
    const { column } = this.decisions;
    column.eligible[row] = this.sets.where(roster, (i) => (shares[i] as number) > 0);
    const isRuledOut = (i: number) => shares[i] === 0 && passedOver({ ...(plain[i] as Candidate), cost: fact.cost ?? 1 }) === null;
    if (plain.some((_, i) => isRuledOut(i))) column.ruled_out[row] = this.sets.where(roster, isRuledOut);
  }

  /** Whether the contact of a row is waiting now, at its arrival or put back. */
  isWaiting(row: number): boolean {
    const { closed_at, last_decision } = this.contacts.column;
    const decision = last_decision[row] as number;
    return Number.isNaN(closed_at[row]) && (decision === NONE || this.decisions.column.operator[decision] === 0);
  }

  #strategy(db: Reading, rule_id: number | null): StrategyName {
    if (rule_id === null) return defaultRule.strategy;
    const strategy = this.#strategies.get(rule_id) ?? strategyOf(db, rule_id);
    this.#strategies.set(rule_id, strategy);
    return strategy;
  }

  #close(contact: number, at: number): void {
    const { closed_at, last_decision } = this.contacts.column;
    closed_at[contact] = at;
    const decision = last_decision[contact] as number;
    if (decision !== NONE) this.decisions.column.until[decision] = at;
  }

  #roster(db: Reading, roster_id: number): number {
    let number = this.#rosters.get(roster_id);
    if (number === undefined) {
      number = this.sets.addRoster(rosterFact(membersOfRoster(db, roster_id), this.operators));
      this.#rosters.set(roster_id, number);
    }
    return number;
  }
}
