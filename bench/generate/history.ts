/**
 * Writes a desk's history into the tables with the store's own functions, without the engine: nothing is identified, nothing waits for the disk,
 * and the indexes are built at the end. About twenty times as fast as `npm run seed`, which runs every command.
 * The rows are what the engine would have written (history.test.ts checks them against its rules), but the history is simpler: no lead is
 * erased, no contact returns to the queue, no merge is undone.
 */
import { hash } from 'node:crypto';
import Database from 'better-sqlite3';
import { Agenda } from '#demo/agenda.ts';
import { makePerson } from '#demo/people.ts';
import { between, oneOf, type Random, seeded, untilNext } from '#demo/random.ts';
import { calendar } from '#domain/calendar.ts';
import { replaceCompetences, setCompetence } from '#engine/configuration/competences.ts';
import { createOperator, updateOperator } from '#engine/configuration/operators.ts';
import { createSource } from '#engine/configuration/sources.ts';
import { dismissRefusedContact, refuseContact } from '#engine/contacts/refused-contacts.ts';
import { carryOut } from '#engine/core/drain.ts';
import { type Answer, type World, Write } from '#engine/core/write.ts';
import { WriteCache } from '#engine/core/write-cache.ts';
import { candidates, Draft, emptyBoard } from '#shared/board.ts';
import type { DecisionKind } from '#shared/contract/entities.ts';
import type { Actor } from '#shared/contract/principal.ts';
import { fail } from '#shared/contract/problems.ts';
import { type Evidence, pick, undrawn } from '#shared/distribution/choose.ts';
import { type Candidate, canBeTaken, waitingReason } from '#shared/distribution/table.ts';
import { DAY_MS } from '#shared/time.ts';
import type { ChainedDecision } from '#store/journal/chain.ts';
import { insertJournalRow, noTail } from '#store/journal/journal.ts';
import { handlesOf } from '#store/sqlite/handles.ts';
import { openStore, type Writing } from '#store/sqlite/open.ts';
import { insertContact, moveToLead, setAssigned, setClosed } from '#store/tables/contacts.ts';
import { insertDecision, insertRoster, type Roster } from '#store/tables/decisions.ts';
import {
  insertIdentifier,
  insertLead,
  leadById,
  moveIdentifiers,
  NOBODY,
  NOTHING_SHOWN,
  nameLead,
  nextPlace,
  setLatestAssignment,
  setMergedInto,
} from '#store/tables/leads.ts';
import { insertMerge, setContactOfMerge } from '#store/tables/merges.ts';
import { openRefusals } from '#store/tables/refused-contacts.ts';
import messages from '../../resources/demo/messages.json' with { type: 'json' };
import { arrivals, BUSIEST_HOUR } from '../../scripts/seed/calendar.ts';
import { MIGRATIONS, phoneOf, value } from '../measure.ts';
import { Leads } from './leads.ts';

export interface Wanted {
  readonly contacts: number;
  readonly operators: number;
  readonly sources: number;
  /** number of waiting contacts at the end, with every operator at the limit */
  readonly waiting: number;
  /** of every operator; null: chosen so that the busiest hours fill most slots */
  readonly max_load: number | null;
  readonly days: number;
  readonly seed: number;
  /** epoch milliseconds: the end of the history */
  readonly until: number;
  /** IANA name */
  readonly timeZone: string;
}

/** The key of the nth source (from 1): the same in every generated desk. */
export const keyOf = (source_id: number): string => `sw_${hash('sha256', `generated ${source_id}`, 'base64url')}`;

const RETURNING = 0.4;
const MERGED = 0.003;
const REFUSED = 0.0003;
const MOVED_BY_HAND = 0.006;
const HOUR_MS = 3600_000;
/** Share of the slots in use in the busiest hours. */
const PEAK_LOAD = 0.9;
const LONGEST_SERVICE_MS = 120 * 60_000;
/** Contacts that share a transaction. */
const TOGETHER = 50_000;
/** When the waiting contacts arrive: the last hour, in which nothing is closed. */
const RUSH_MS = HOUR_MS;
const NAMES = 2_000;

type Event = { readonly kind: 'close'; readonly contact: Open } | { readonly kind: 'back'; readonly operator_id: number } | { readonly kind: 'change' };

/** A contact that is held by an operator or waiting. */
interface Open {
  readonly id: number;
  readonly source_id: number;
  readonly lead_id: number;
  operator_id: number;
}

interface Operator {
  load: number;
  day: string | null;
  today: number;
  last_at: number | null;
  /** as it appears in the tables of the sources */
  readonly seats: { readonly source_id: number; readonly candidate: { -readonly [K in keyof Candidate]: Candidate[K] } }[];
}

/** Writes the history into a new database. */
export function writeHistory(file: string, wanted: Wanted): void {
  openStore(file, { migrations: MIGRATIONS }).close();
  const connection = new Database(file);
  // an interrupted run loses nothing of value
  for (const pragma of [
    'locking_mode = EXCLUSIVE',
    'journal_mode = OFF',
    'synchronous = OFF',
    'foreign_keys = OFF',
    'cache_size = -1048576',
    'temp_store = MEMORY',
  ])
    connection.pragma(pragma);
  const indexes = connection.prepare(
    "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (SELECT value FROM json_each(?))",
  );
  const late = indexes.all(JSON.stringify(['contacts', 'lead_identifiers', 'decisions', 'journal', 'merges'])) as { name: string; sql: string }[];
  for (const { name } of late) connection.exec(`DROP INDEX ${name}`);
  new History(connection, wanted).write();
  for (const { sql } of late) connection.exec(sql);
  connection.exec(SHOWN);
  connection.pragma('journal_mode = WAL');
  connection.close();
}

/** Updates the columns of leads that are derived from other tables. */
const SHOWN = `UPDATE leads SET ${['external_id', 'phone', 'email']
  .map(
    (kind) =>
      `${kind} = (SELECT value FROM lead_identifiers i WHERE i.lead_id = leads.id AND i.kind = '${kind}' ORDER BY coalesce(i.place, i.id * 1048576) LIMIT 1)`,
  )
  .join()},
  assigned_by = (SELECT MAX(d.id) FROM contacts c JOIN decisions d ON d.contact_id = c.id WHERE c.lead_id = leads.id AND d.operator_id IS NOT NULL)`;

class History {
  readonly #connection: Database.Database;
  readonly #tx: Writing;
  readonly #wanted: Wanted;
  readonly #random: Random;
  readonly #world: World;
  readonly #names: readonly (string | null)[];
  readonly #agenda = new Agenda<Event>();
  readonly #tables = new Map<number, Candidate[]>();
  readonly #rosters = new Map<number, Roster>();
  readonly #operators = new Map<number, Operator>();
  /** waiting contacts by source, oldest first */
  readonly #queues = new Map<number, Open[]>();
  readonly #leads: Leads;
  #draft: Draft;
  #waiting = 0;
  readonly #tail = noTail();
  #revision = 0;
  #now = 0;
  #serviceMs = 0;

  constructor(connection: Database.Database, wanted: Wanted) {
    this.#connection = connection;
    this.#tx = handlesOf(connection);
    this.#wanted = wanted;
    this.#random = seeded(wanted.seed);
    this.#names = Array.from({ length: NAMES }, () => makePerson(this.#random).name);
    this.#leads = new Leads(wanted.contacts);
    let keys = 0;
    this.#world = {
      now: () => this.#now,
      dice: (sum) => Math.floor(this.#random() * sum),
      newKey: () => keyOf(++keys),
      dayOf: calendar(wanted.timeZone),
    };
    this.#draft = new Draft(emptyBoard);
  }

  write(): void {
    const { contacts, days, until, timeZone, waiting } = this.#wanted;
    const from = until - days * DAY_MS;
    const end = waiting > 0 ? until - RUSH_MS : until;
    this.#now = from;
    this.#connection.exec('BEGIN');
    const sources = this.#open();
    const capacity = this.#capacity();
    this.#serviceMs = Math.min(LONGEST_SERVICE_MS, ((PEAK_LOAD * capacity) / this.#busiestHour()) * HOUR_MS); // Little's law
    for (let at = from + DAY_MS; at < end; at += between(this.#random, 1, 5) * DAY_MS) this.#agenda.add(at, { kind: 'change' });
    const rushing = waiting > 0 ? waiting + capacity : 0;
    if (rushing > contacts)
      throw new Error(`${waiting} contacts can only wait when earlier ones have filled ${capacity} slots: request at least ${rushing} contacts`);
    const moments = arrivals(this.#random, { from, until: end }, contacts - rushing, timeZone);
    for (const [nth, at] of moments.entries()) {
      if (nth % TOGETHER === TOGETHER - 1) this.#connection.exec('COMMIT; BEGIN');
      this.#live(at);
      this.#now = at;
      this.#arrive(oneOf(this.#random, sources));
    }
    this.#live(end);
    for (let n = 0; n < rushing && this.#waiting < waiting; n++) {
      this.#now = Math.floor(end + ((until - end) * n) / rushing); // nothing is closed any more
      this.#arrive(oneOf(this.#random, sources));
    }
    this.#settle();
    this.#connection.exec('COMMIT');
  }

  /** Creates operators, sources and competences with the use cases. */
  #open(): number[] {
    const { operators, sources, max_load } = this.#wanted;
    const usual = Math.min(12, Math.max(2, this.#busiestHour() / 2 / PEAK_LOAD / operators)); // half an hour per contact
    const full = this.#names.filter((name) => name?.includes(' '));
    for (let n = 1; n <= operators; n++) {
      const name = `${full[n % full.length]} ${n}`;
      this.#configure('admin', (write) =>
        createOperator(write, { name, max_load: max_load ?? Math.round(usual * (0.7 + 0.6 * this.#random())), is_active: true }),
      );
    }
    const source_ids: number[] = [];
    for (let n = 1; n <= sources; n++) {
      const { id } = this.#configure('admin', (write) => createSource(write, { name: `Source ${n}`, settings: { rate_limit_per_second: null } }));
      const pairs = Array.from({ length: operators }, (_, i) => ({ operator_id: i + 1, weight: between(this.#random, 1, 100) }));
      // with one source everybody works for it; with several, each operator works for about half of them
      const working = pairs.filter(({ operator_id }) => sources === 1 || operator_id % sources === n - 1 || this.#random() < 0.5);
      this.#configure('admin', (write) => replaceCompetences(write, id, working));
      source_ids.push(id);
    }
    return source_ids;
  }

  /** Runs a configuration use case. Its board has no waiting contacts and no loads, so nothing is assigned. */
  #do<T>(actor: Actor, command: (write: Write) => Answer<T>): T {
    this.#draft = new Draft({ ...this.#draft.board, revision: this.#revision });
    const done = value(carryOut(new Write({ tx: this.#tx, draft: this.#draft, world: this.#world, actor, cache: new WriteCache() }), command));
    this.#revision = this.#draft.board.revision;
    return done;
  }

  #configure<T>(actor: Actor, command: (write: Write) => Answer<T>): T {
    const done = this.#do(actor, command);
    const { board } = this.#draft;
    for (const { id } of Object.values(board.operators)) {
      const known = this.#operators.get(id) ?? { load: 0, day: null, today: 0, last_at: null };
      this.#operators.set(id, { ...known, seats: [] });
    }
    this.#rosters.clear();
    for (const { id } of Object.values(board.sources)) {
      const table = candidates(board, id).map((candidate) => ({ ...candidate, load: this.#operator(candidate.operator_id).load }));
      this.#tables.set(id, table);
      for (const candidate of table) this.#operator(candidate.operator_id).seats.push({ source_id: id, candidate });
    }
    return done;
  }

  #busiestHour(): number {
    const { contacts, days } = this.#wanted;
    return (contacts / days) * BUSIEST_HOUR;
  }

  #capacity(): number {
    let capacity = 0;
    for (const { id, is_active, max_load } of Object.values(this.#draft.board.operators))
      if (is_active && this.#operator(id).seats.some(({ candidate }) => candidate.weight > 0)) capacity += max_load;
    return capacity;
  }

  #live(until: number): void {
    for (let at = this.#agenda.nextAt; at !== undefined && at < until; at = this.#agenda.nextAt) {
      const event = this.#agenda.take();
      this.#now = Math.max(this.#now, Math.floor(at));
      if (event) this.#happen(event);
    }
  }

  #happen(event: Event): void {
    switch (event.kind) {
      case 'close':
        this.#close(event.contact);
        return;
      case 'back':
        this.#configure('console', (write) => updateOperator(write, event.operator_id, { is_active: true }));
        this.#drain(event.operator_id);
        return;
      case 'change':
        this.#change();
        return;
      default:
        event satisfies never;
    }
  }

  /** An operator goes on leave, or a weight is changed. */
  #change(): void {
    const { operators, weights } = this.#draft.board;
    const active = Object.values(operators).filter(({ is_active }) => is_active);
    if (this.#random() < 0.4 && active.length * 4 > this.#operators.size * 3) {
      const { id } = oneOf(this.#random, active);
      this.#configure('console', (write) => updateOperator(write, id, { is_active: false }));
      this.#agenda.add(this.#now + between(this.#random, 3, 14) * DAY_MS, { kind: 'back', operator_id: id });
      return;
    }
    const source_id = Number(oneOf(this.#random, Object.keys(weights)));
    const operator_id = Number(oneOf(this.#random, Object.keys(weights[source_id] ?? {})));
    this.#configure('console', (write) => setCompetence(write, operator_id, source_id, between(this.#random, 1, 100)));
    this.#drain(operator_id);
  }

  #arrive(source_id: number): void {
    const random = this.#random;
    const now = this.#now;
    const actor: Actor = `source:${source_id}`;
    if (random() < REFUSED) this.#refuse(source_id);
    const leads = this.#leads;
    const isReturning = leads.count > 100 && random() < RETURNING;
    const lead_id = isReturning ? leads.recent(random) : this.#newLead(source_id);
    const merge_id = isReturning && random() < MERGED / RETURNING ? this.#merge(lead_id, actor) : null;

    const table = this.#table(source_id);
    const { chosen, evidence } = pick(table, this.#world.dice);
    const operator_id = chosen?.operator_id ?? null;
    const arrived = {
      source_id,
      lead_id,
      message: oneOf(random, isReturning ? messages.ru.again : messages.ru.first),
      attributes: random() < 0.2 ? { page: '/ceny' } : null,
      warnings: null,
      made_lead: !isReturning,
      idempotency_key: `bot-${(leads.contacts + 1).toString(36)}-${Math.floor(random() * 2 ** 32).toString(36)}`,
      fingerprint: fingerprintLike(random),
      for_source: null,
      class_id: null,
    };
    const { id } = insertContact(this.#tx, arrived, operator_id, now, null);
    leads.took(lead_id, id);
    if (merge_id !== null) setContactOfMerge(this.#tx, merge_id, id);
    const contact: Open = { id, source_id, lead_id, operator_id: operator_id ?? 0 };
    this.#decide(contact, { kind: 'draw', table, evidence, operator_id, weight: chosen?.weight ?? null }, actor);
    if (operator_id === null) {
      this.#queue(source_id).push(contact);
      this.#waiting += 1;
    } else {
      this.#hold(contact, operator_id);
      if (random() < MOVED_BY_HAND) this.#moveByHand(contact);
    }
  }

  #newLead(source_id: number): number {
    const random = this.#random;
    const name = this.#names[Math.floor(random() * NAMES)] ?? null;
    const { id: lead_id } = insertLead(this.#tx, { name, giver: source_id, now: this.#now }, NOBODY, NOTHING_SHOWN);
    // each number once, in scrambled order: 387,420,489 and 10^9 are coprime
    const identifiers: [kind: 'phone' | 'external_id' | 'email', value: string][] = [['phone', phoneOf((lead_id * 387_420_489) % 1_000_000_000)]];
    if (random() < 0.35) identifiers.push(['external_id', `tg-${100_000_000 + ((lead_id * 48_271) % 899_999_963)}`]);
    if (random() < 0.25) identifiers.push(['email', `lead.${lead_id.toString(36)}@example.ru`]);
    for (const [kind, text] of identifiers)
      insertIdentifier(this.#tx, { kind, value: text, space: 0, is_shared: false, lead_id, giver: source_id, now: this.#now });
    this.#leads.add(lead_id, identifiers.length, name !== null);
    return lead_id;
  }

  /** A contact arrives with the identifiers of two leads. A lead is merged at most once, and only into one that was never merged. */
  #merge(survivor_id: number, actor: Actor): number | null {
    const leads = this.#leads;
    const merged_id = leads.recent(this.#random);
    if (merged_id === survivor_id || leads.isMerged(survivor_id) || leads.isMerged(merged_id)) return null;
    const moved = {
      identifier_ids: leads.identifiersOf(merged_id),
      contact_ids: leads.contactsOf(merged_id),
      name_given: !leads.hasName(survivor_id) && leads.hasName(merged_id),
    };
    moveIdentifiers(this.#tx, { ids: moved.identifier_ids, place: nextPlace(this.#tx), from: merged_id, to: survivor_id });
    moveToLead(this.#tx, moved.contact_ids, merged_id, survivor_id);
    if (moved.name_given) {
      const merged = leadById(this.#tx, merged_id);
      nameLead(this.#tx, survivor_id, merged?.name ?? null, merged?.name_given_by ?? null);
    }
    setMergedInto(this.#tx, merged_id, survivor_id);
    const id = insertMerge(this.#tx, { survivor_id, merged_id, moved, now: this.#now });
    leads.merge(survivor_id, merged_id);
    this.#journal({ actor, kind: 'leads_merged', data: { merge_id: id, survivor_id, merged_id } });
    return id;
  }

  #refuse(source_id: number): void {
    const refused = fail('no_usable_identifier', 'None of the identifiers given can be used: phone.', {
      params: { kinds: 'phone' },
      errors: [{ path: '/phone', message: 'is not a phone number' }],
    });
    this.#do(`source:${source_id}`, (write) =>
      refuseContact(write, { source_id, idempotency_key: null, payload: { phone: 'не указан' }, problem: refused.problem }),
    );
    const [oldest, ...others] = openRefusals(this.#tx, null, 5).reverse();
    if (oldest && others.length > 3) this.#do('console', (write) => dismissRefusedContact(write, oldest.id));
  }

  #moveByHand(contact: Open): void {
    const table = this.#table(contact.source_id);
    const free = table.filter(({ operator_id, load, max_load, is_active }) => is_active && load < max_load && operator_id !== contact.operator_id);
    if (free.length === 0) return;
    const { operator_id } = oneOf(this.#random, free);
    const from = contact.operator_id;
    const verdict = { kind: 'manual', table, evidence: undrawn(table), operator_id, weight: null } as const;
    setAssigned(this.#tx, contact.id, operator_id, this.#now, null);
    this.#decide(contact, verdict, 'console');
    this.#setLoad(from, -1);
    this.#take(contact, operator_id);
    this.#drain(from);
  }

  #close(contact: Open): void {
    setClosed(this.#tx, contact.id, this.#now);
    const { id, operator_id, source_id } = contact;
    this.#journal({ actor: this.#random() < 0.7 ? 'console' : 'admin', kind: 'contact_closed', contact_id: id, operator_id, source_id });
    this.#setLoad(operator_id, -1);
    this.#drain(operator_id);
  }

  /** Fills slots that have opened with the waiting contacts that no other operator could take, oldest first. */
  #drain(operator_id: number): void {
    for (;;) {
      const queues = this.#operator(operator_id).seats.filter(({ candidate }) => canBeTaken([candidate]));
      const oldest = queues.map(({ source_id }) => this.#queue(source_id)).filter((queue) => queue.length > 0);
      const queue = oldest.sort((a, b) => (a[0]?.id ?? 0) - (b[0]?.id ?? 0))[0];
      const contact = queue?.shift();
      if (!contact) return;
      this.#waiting -= 1;
      const table = this.#table(contact.source_id);
      const { chosen, evidence } = pick(table, this.#world.dice);
      if (!chosen) throw new Error('a contact was to be drained without an operator');
      const taker = chosen.operator_id;
      setAssigned(this.#tx, contact.id, taker, this.#now, null);
      this.#decide(contact, { kind: 'drain', table, evidence, operator_id: taker, weight: chosen.weight }, 'admin');
      this.#hold(contact, taker);
    }
  }

  #hold(contact: Open, operator_id: number): void {
    this.#take(contact, operator_id);
    const half = this.#serviceMs / 2;
    this.#agenda.add(this.#now + 20_000 + untilNext(this.#random, half) + untilNext(this.#random, half), { kind: 'close', contact });
  }

  #take(contact: Open, operator_id: number): void {
    contact.operator_id = operator_id;
    this.#leads.assigned(contact.lead_id, operator_id);
    this.#setLoad(operator_id, 1);
    const operator = this.#operator(operator_id);
    const day = this.#world.dayOf(this.#now);
    operator.today = operator.day === day ? operator.today + 1 : 1;
    operator.day = day;
    operator.last_at = this.#now;
  }

  #setLoad(operator_id: number, by: 1 | -1): void {
    const operator = this.#operator(operator_id);
    operator.load += by;
    for (const { candidate } of operator.seats) candidate.load = operator.load;
  }

  #decide(
    contact: Open,
    verdict: { kind: DecisionKind; table: readonly Candidate[]; evidence: Evidence; operator_id: number | null; weight: number | null },
    actor: Actor,
  ): void {
    const { id: contact_id, source_id } = contact;
    const { table, operator_id } = verdict;
    let roster = this.#rosters.get(source_id);
    if (!roster) {
      roster = insertRoster(this.#tx, source_id, table, this.#now);
      this.#rosters.set(source_id, roster);
    }
    const waiting_reason = operator_id === null ? waitingReason(table) : null;
    const decision = insertDecision(this.#tx, { contact_id, at: this.#now, roster, waiting_reason, arrangement: null, note: null, ...verdict });
    this.#journal({ actor, kind: operator_id === null ? 'contact_waiting' : 'contact_assigned', contact_id, operator_id, source_id, decision });
  }

  #journal(row: {
    actor: Actor;
    kind: string;
    contact_id?: number;
    operator_id?: number | null;
    source_id?: number;
    data?: object;
    decision?: ChainedDecision;
  }): void {
    const { actor, kind, contact_id = null, operator_id = null, source_id = null, data, decision = null } = row;
    const revision = ++this.#revision;
    insertJournalRow(this.#tx, { revision, at: this.#now, actor, kind, contact_id, operator_id, source_id, data: data ?? null }, decision, this.#tail);
  }

  /** Writes the values that changed with every contact and matter only in their final state. */
  #settle(): void {
    const sql = 'UPDATE operators SET current_load = ?, assigned_on = ?, assigned_count = ?, last_assigned_at = ? WHERE id = ?';
    for (const [id, { load, day, today, last_at }] of this.#operators) this.#tx.run(sql, load, day, today, last_at, id);
    for (let lead_id = 1; lead_id <= this.#leads.count; lead_id++) {
      const operator_id = this.#leads.operatorOf(lead_id);
      if (operator_id > 0) setLatestAssignment(this.#tx, lead_id, { operator_id, operator_source_id: null, assigned_by: null });
    }
  }

  #table(source_id: number): Candidate[] {
    return this.#tables.get(source_id) ?? [];
  }

  #queue(source_id: number): Open[] {
    const queue = this.#queues.get(source_id) ?? [];
    this.#queues.set(source_id, queue);
    return queue;
  }

  #operator(id: number): Operator {
    const operator = this.#operators.get(id);
    if (!operator) throw new Error(`operator ${id} was not made`);
    return operator;
  }
}

const FINGERPRINT = Buffer.alloc(32);
/** 32 bytes unique to each contact; their content is never examined. */
function fingerprintLike(random: Random): Uint8Array {
  for (let at = 0; at < 32; at += 8) FINGERPRINT.writeUInt32LE(Math.floor(random() * 2 ** 32), at);
  return FINGERPRINT;
}
