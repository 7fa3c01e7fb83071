/** What a source's contacts of today would have got under another rule. */
import { calendar, startOfDay } from '#domain/calendar.ts';
import { DAY_SECONDS, isByRule } from '#shared/contract/entities.ts';
import type { RuleTrial } from '#shared/contract/rules.ts';
import { arrange, withKeys } from '#shared/distribution/arrange.ts';
import { ownerWhoTakes, pick } from '#shared/distribution/choose.ts';
import type { OwnerRule, Rule } from '#shared/distribution/rule.ts';
import { creditsAfter } from '#shared/distribution/strategies/even.ts';
import { readsOf } from '#shared/distribution/strategies.ts';
import type { Memory } from '#shared/distribution/strategy.ts';
import type { Candidate } from '#shared/distribution/table.ts';
import { hasAll, neededTags } from '#shared/distribution/tags.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { contactById } from '#store/tables/contacts.ts';
import { assignmentsBetween, type DecisionRow, decisionsOfContact, latestBefore, tableOf } from '#store/tables/decisions.ts';
import { leadOfRow } from '#store/tables/leads.ts';
import { allOperators } from '#store/tables/operators.ts';
import { ruleFrom } from '#store/tables/rules.ts';
import { contactsOfSourceSince, latestAssignmentBefore, wasOpenAt } from '#store/tables/trial-facts.ts';
import type { Steps } from './protocol.ts';
import type { Sources } from './sources.ts';

/** The latest so many contacts are tried. */
const MOST_CONTACTS = 5000;

interface Asked {
  readonly source_id: number;
  readonly rule: Rule;
  /** epoch milliseconds */
  readonly now: number;
  readonly time_zone: string;
}

/**
 * Decides each contact of the source that came today once more, under another rule: with the loads, weights and people of the moment when it was decided, the
 * same luck and the present tags and lines. A contact counts up to its first decision by hand. What would have followed from a different choice is not
 * followed up: loads stay as they were, and so does the order of the queue.
 */
export function* tryRule({ database }: Sources, { source_id, rule, now, time_zone }: Asked): Steps<RuleTrial> {
  const db = database.reading;
  const told = new Map<number | null, { was: number; would: number }>();
  const count = (operator_id: number | null, which: 'was' | 'would') => {
    const one = told.get(operator_id) ?? { was: 0, would: 0 };
    one[which] += 1;
    told.set(operator_id, one);
  };
  const desk = new TrialDesk(db, rule);
  const ids = contactsOfSourceSince(db, source_id, startOfDay(calendar(time_zone)(now), time_zone), MOST_CONTACTS);
  const first = ids[0] === undefined ? [] : decisionsOfContact(db, ids[0]);
  desk.begin(first[0]?.id ?? 0);
  let [contacts, otherwise] = [0, 0];
  for (const id of ids) {
    yield;
    const outcome = tried(db, desk, id);
    if (!outcome) continue;
    contacts += 1;
    count(outcome.was, 'was');
    count(outcome.would, 'would');
    if (outcome.was !== outcome.would) otherwise += 1;
  }
  const operators = Array.from(told, ([operator_id, counts]) => ({ operator_id, ...counts })).sort((a, b) => b.was - a.was || b.would - a.would);
  return { contacts, otherwise, operators };
}

/** Who got the contact by the rule, and who would have got it, at the first decision where that differs or somebody gets it. null: it was decided by hand at once. */
function tried(db: Reading, desk: TrialDesk, id: number): { was: number | null; would: number | null } | null {
  let outcome: ReturnType<typeof tried> = null;
  for (const decision of decisionsOfContact(db, id)) {
    if (!isByRule(decision.kind)) break;
    outcome = { was: decision.operator_id, would: desk.decide(decision) };
    if (outcome.was !== null || outcome.would !== null) break;
  }
  return outcome;
}

/** Decides under a rule, and remembers what its strategy needs. */
class TrialDesk {
  readonly #db: Reading;
  readonly #rule: Rule;
  /** what its strategy depends on besides the table */
  readonly #reads: keyof Memory | undefined;
  readonly #tags: ReadonlyMap<number, readonly string[]>;
  readonly #credits = new Map<number, number>();
  /** the latest decision of each operator, up to `#seen` */
  readonly #latest = new Map<number, number>();
  #seen = 0;

  constructor(db: Reading, rule: Rule) {
    this.#db = db;
    this.#rule = rule;
    this.#reads = readsOf(rule.strategy);
    this.#tags = new Map(allOperators(db).map(({ id, tags }) => [id, tags]));
  }

  /** @param decision_id the first decision that will be asked about */
  begin(decision_id: number): void {
    this.#seen = decision_id;
    if (this.#reads !== 'latestDecision') return;
    for (const { operator_id, id } of latestBefore(this.#db, decision_id)) this.#latest.set(operator_id, id);
  }

  decide(decision: DecisionRow): number | null {
    const rule = this.#rule;
    const before = tableOf(decision);
    const contact = contactById(this.#db, decision.contact_id);
    const asked = neededTags(rule.needs, contact?.attributes);
    const hasAsked = asked.length === 0 ? null : hasAll(asked);
    const facts = {
      created_at: decision.created_at,
      past: null,
      fits: hasAsked && ((operator_id: number) => hasAsked(this.#tags.get(operator_id) ?? [])),
      owner_id: this.#ownerOf(decision, contact?.lead_id, before),
      cost: rule.cost,
      saved: new Map(before.flatMap(({ operator_id, barred }) => (barred === 'saved' ? [[operator_id, null]] : []))),
    };
    const plain = before.map(({ operator_id, weight, load, max_load, is_active }): Candidate => {
      const line = rule.line_of[operator_id];
      return { operator_id, weight, load, max_load, is_active, ...(line !== undefined && { line }) };
    });
    const arranged = arrange(plain, rule, facts, decision.at);
    const owner = ownerWhoTakes(arranged, facts.owner_id);
    if (owner) return owner.operator_id;
    this.#remember(decision, before);
    const memory = { credit: (id: number) => this.#credits.get(id) ?? 0, latestDecision: (id: number) => this.#latest.get(id) ?? 0 };
    const table = withKeys(arranged, rule, memory);
    const { chosen } = pick(table, (sum) => Math.floor(luckOf(decision) * sum));
    if (this.#reads === 'credit')
      for (const [i, credit] of creditsAfter(table, chosen?.operator_id ?? null).entries()) this.#credits.set(table[i]?.operator_id ?? 0, credit);
    return chosen?.operator_id ?? null;
  }

  /** Takes in what was known at that moment: the credits that the real rule had, and the assignments until then. */
  #remember({ id, keys, content }: DecisionRow, before: readonly Candidate[]): void {
    if (this.#reads === 'credit' && keys !== null && content !== null && readsOf(ruleFrom(content).strategy) === 'credit')
      for (const { operator_id, key = 0 } of before) if (!this.#credits.has(operator_id)) this.#credits.set(operator_id, 0 - key);
    if (this.#reads !== 'latestDecision') return;
    for (const one of assignmentsBetween(this.#db, this.#seen, id)) this.#latest.set(one.operator_id, one.id);
    this.#seen = Math.max(this.#seen, id);
  }

  #ownerOf(decision: DecisionRow, lead_id: number | undefined, table: readonly Candidate[]): number | null {
    const { owner } = this.#rule;
    if (owner.mode === 'off' || lead_id === undefined) return null;
    const real = decision.content === null ? null : ruleFrom(decision.content).owner;
    if (real?.mode === owner.mode && (real.mode === 'open' || real.days === owner.days)) return decision.owner_id;
    const owner_id = ownerAt(this.#db, owner, lead_id, decision);
    return table.some((one) => one.operator_id === owner_id && one.weight > 0) ? owner_id : null;
  }
}

/** The lead's own operator when the contact came. */
function ownerAt(db: Reading, { mode, days }: OwnerRule, lead_id: number, { contact_id, created_at }: DecisionRow): number | null {
  const lead = leadOfRow(db, lead_id);
  if (!lead) return null;
  if (lead.pinned_operator_id !== null) return lead.pinned_operator_id;
  const latest = latestAssignmentBefore(db, lead.id, contact_id);
  if (!latest) return null;
  const isRecent = mode === 'open' ? wasOpenAt(db, lead.id, contact_id, created_at) : latest.at > created_at - 1000 * DAY_SECONDS * days;
  return isRecent ? latest.operator_id : null;
}

/** Where in all possible draws the real one fell, 0 … 1; for a decision without a draw a number that is spread evenly over contacts. */
const luckOf = ({ r, sum, contact_id }: DecisionRow): number => (r === null ? (contact_id * 0.618_033_988_749_895) % 1 : (r + 0.5) / sum);
