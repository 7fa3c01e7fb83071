/**
 * Generates a year of a desk's work in a few seconds. It runs the engine's own use cases, so that every row is as the engine
 * would have written it; only the clock is simulated, and thousands of commands share a commit.
 */
import { Agenda } from '#demo/agenda.ts';
import { Crowd, type Language, type Way } from '#demo/crowd.ts';
import { capacityFor, makeDesk } from '#demo/fill.ts';
import { makePerson } from '#demo/people.ts';
import { between, oneOf, type Random, seeded, untilNext } from '#demo/random.ts';
import { calendar } from '#domain/calendar.ts';
import { replaceCompetences, setCompetence } from '#engine/configuration/competences.ts';
import { createOperator, updateOperator } from '#engine/configuration/operators.ts';
import { createSource } from '#engine/configuration/sources.ts';
import { closeContact, reassignContact } from '#engine/contacts/contacts.ts';
import { fingerprint } from '#engine/contacts/fingerprint.ts';
import { dismissRefusedContact } from '#engine/contacts/refused-contacts.ts';
import { submitContact } from '#engine/contacts/submit-contact.ts';
import { carryOut } from '#engine/core/drain.ts';
import { type Answer, type World, Write } from '#engine/core/write.ts';
import { WriteCache } from '#engine/core/write-cache.ts';
import { Draft } from '#shared/board.ts';
import type { Actor } from '#shared/contract/principal.ts';
import type { Result } from '#shared/contract/problems.ts';
import { DAY_MS } from '#shared/time.ts';
import type { Store, Writing } from '#store/sqlite/open.ts';
import { loadBoard } from '#store/tables/board.ts';
import { arrivals, BUSIEST_HOUR } from './calendar.ts';

export interface HistoryOptions {
  readonly contacts: number;
  readonly operators: number;
  readonly sources: number;
  readonly seed: number;
  readonly language: Language;
  /** epoch milliseconds: the end of the history */
  readonly until: number;
  readonly days: number;
  /** IANA name */
  readonly timeZone: string;
  /** source of random bytes for keys, which are secret even here */
  readonly newKey: () => string;
}

interface Door extends Way {
  readonly source_id: number;
}

type Event = { readonly kind: 'close'; readonly contact_id: number } | { readonly kind: 'back'; readonly operator_id: number } | { readonly kind: 'change' };

/** How many commands share a commit. */
const COMMANDS = 10_000;
/** Share of the capacity in the busiest hours. */
const PEAK_LOAD = 0.9;
const LONGEST_SERVICE_MS = 120 * 60_000;

/** Writes the history into an empty workspace. */
export function writeHistory(store: Store, options: HistoryOptions): void {
  new History(store, options).write();
}

class History {
  readonly #store: Store;
  readonly #options: HistoryOptions;
  readonly #random: Random;
  readonly #world: World;
  readonly #cache = new WriteCache();
  readonly #draft: Draft;
  readonly #agenda = new Agenda<Event>();
  #now = 0;
  #commands = 0;
  #serviceMs = 0;

  constructor(store: Store, options: HistoryOptions) {
    this.#store = store;
    this.#options = options;
    this.#random = seeded(options.seed);
    this.#world = {
      now: () => this.#now,
      dice: (sum) => Math.floor(this.#random() * sum),
      newKey: options.newKey,
      dayOf: calendar(options.timeZone),
    };
    this.#draft = new Draft(loadBoard(store.reading));
  }

  write(): void {
    const { contacts, until, days, timeZone } = this.#options;
    const span = { from: until - days * DAY_MS, until };
    this.#now = span.from;
    const doors = this.#store.transaction((tx) => this.#open(tx));
    const moments = arrivals(this.#random, span, contacts, timeZone);
    const crowd = new Crowd<Door>({ random: this.#random, language: this.#options.language });
    this.#serviceMs = this.#meanServiceMs(doors, (contacts / days) * BUSIEST_HOUR);
    for (let at = span.from + 3 * DAY_MS; at < until - 21 * DAY_MS; at += between(this.#random, 1, 5) * DAY_MS) this.#agenda.add(at, { kind: 'change' });

    let nth = 0;
    while (nth < moments.length) {
      this.#store.transaction((tx) => {
        this.#commands = 0;
        while (nth < moments.length && this.#commands < COMMANDS) {
          const at = moments[nth++] ?? until;
          this.#live(tx, at);
          this.#now = at;
          this.#arrive(tx, crowd, doors, nth);
        }
        if (nth === moments.length) this.#live(tx, until);
      });
    }
  }

  /** Little's law: with this mean, the busiest hour fills PEAK_LOAD of the slots. */
  #meanServiceMs(doors: readonly Door[], perHour: number): number {
    const capacity = capacityFor(
      this.#draft.board,
      doors.map(({ source_id }) => source_id),
    );
    return Math.min(LONGEST_SERVICE_MS, ((PEAK_LOAD * capacity) / perHour) * 3600_000);
  }

  /** The demo desk, extended to the requested number of operators and sources. */
  #open(tx: Writing): Door[] {
    const { language } = this.#options;
    const doors: Door[] = must(this.#do(tx, 'demo', (write) => makeDesk(write, language))).map(({ source_id, channel, share }) => ({
      source_id,
      channel,
      share,
    }));
    const board = () => this.#draft.board;
    while (Object.keys(board().operators).length < this.#options.operators) {
      const name = makePerson(this.#random).name ?? '';
      const max_load = between(this.#random, 4, 12);
      const added = name.includes(' ') ? this.#do(tx, 'demo', (write) => createOperator(write, { name, max_load, is_active: true })) : undefined;
      if (!added?.ok) continue; // the name is in use: try another
      for (const { source_id } of doors) {
        const weight = between(this.#random, 0, 10) * 10;
        if (this.#random() < 0.6) must(this.#do(tx, 'demo', (write) => setCompetence(write, added.value.id, source_id, weight)));
      }
    }
    const operator_ids = Object.keys(board().operators).map(Number);
    while (doors.length < this.#options.sources) {
      const name = language === 'ru' ? `Партнёр ${doors.length + 1}` : `Partner ${doors.length + 1}`;
      const { id } = must(this.#do(tx, 'demo', (write) => createSource(write, { name, settings: {} })));
      const competences = operator_ids.map((operator_id) => ({ operator_id, weight: between(this.#random, 1, 100) })).filter(() => this.#random() < 0.5);
      must(this.#do(tx, 'demo', (write) => replaceCompetences(write, id, competences)));
      doors.push({ source_id: id, channel: oneOf(this.#random, ['telegram', 'vk', 'site', 'whatsapp'] as const), share: between(this.#random, 2, 12) });
    }
    return doors;
  }

  #arrive(tx: Writing, crowd: Crowd<Door>, doors: readonly Door[], nth: number): void {
    const { door, body } = crowd.next(doors);
    if (this.#random() < 0.0004) this.#beRefused(tx, door);
    const input = { ...body, source_id: door.source_id };
    const idempotency_key = `seed-${this.#options.seed}-${nth}`;
    const { contact } = must(
      this.#do(tx, `source:${door.source_id}`, (write) => submitContact(write, { input, idempotency_key, fingerprint: fingerprint(input) })),
    );
    if (this.#random() < 0.008) this.#moveByHand(tx, contact.id);
  }

  /** Somebody gives an invalid phone number. A supervisor settles such contacts; the latest are still open. */
  #beRefused(tx: Writing, { source_id }: Door): void {
    const input = { source_id, phone: this.#options.language === 'ru' ? 'не указан' : 'not given' };
    this.#do(tx, `source:${source_id}`, (write) => submitContact(write, { input, idempotency_key: null, fingerprint: null }));
    const oldest = tx.get<{ id: number }>('SELECT id FROM refused_contacts WHERE settled_at IS NULL ORDER BY id LIMIT 1');
    if (oldest && this.#draft.board.refused > 3) must(this.#do(tx, 'console', (write) => dismissRefusedContact(write, oldest.id)));
  }

  #moveByHand(tx: Writing, contact_id: number): void {
    const free = Object.values(this.#draft.board.operators).filter(({ is_active, load, max_load }) => is_active && load < max_load);
    if (free.length > 0) must(this.#do(tx, 'console', (write) => reassignContact(write, contact_id, oneOf(this.#random, free).id)));
  }

  /** Performs everything due until then. */
  #live(tx: Writing, until: number): void {
    for (let at = this.#agenda.nextAt; at !== undefined && at < until; at = this.#agenda.nextAt) {
      const event = this.#agenda.take();
      this.#now = Math.floor(at);
      if (event) this.#happen(tx, event);
    }
  }

  #happen(tx: Writing, event: Event): void {
    switch (event.kind) {
      case 'close':
        must(this.#do(tx, this.#random() < 0.7 ? 'console' : 'admin', (write) => closeContact(write, event.contact_id)));
        return;
      case 'back':
        must(this.#do(tx, 'console', (write) => updateOperator(write, event.operator_id, { is_active: true })));
        return;
      case 'change':
        this.#change(tx);
        return;
      default:
        event satisfies never;
    }
  }

  /** An operator goes on leave, or a weight is changed. */
  #change(tx: Writing): void {
    const { operators, weights } = this.#draft.board;
    const active = Object.values(operators).filter(({ is_active }) => is_active);
    if (this.#random() < 0.4 && active.length * 4 > Object.keys(operators).length * 3) {
      const { id } = oneOf(this.#random, active);
      must(this.#do(tx, 'console', (write) => updateOperator(write, id, { is_active: false })));
      this.#agenda.add(this.#now + between(this.#random, 3, 14) * DAY_MS, { kind: 'back', operator_id: id });
      return;
    }
    const source_id = Number(oneOf(this.#random, Object.keys(weights)));
    const operator_id = Number(oneOf(this.#random, Object.keys(weights[source_id] ?? {})));
    const before = weights[source_id]?.[operator_id] ?? 0;
    if (before > 0)
      must(this.#do(tx, 'console', (write) => setCompetence(write, operator_id, source_id, Math.max(1, before + between(this.#random, -2, 2) * 5))));
  }

  #do<T>(tx: Writing, actor: Actor, command: (write: Write) => Answer<T>): Result<T> {
    const write = new Write({ tx, draft: this.#draft, world: this.#world, actor, cache: this.#cache });
    const result = carryOut(write, command);
    this.#commands += 1;
    for (const change of write.changes)
      if (change.kind === 'contact_assigned') {
        const half = this.#serviceMs / 2;
        this.#agenda.add(this.#now + 20_000 + untilNext(this.#random, half) + untilNext(this.#random, half), {
          kind: 'close',
          contact_id: change.decision.contact_id,
        });
      }
    return result;
  }
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.detail}`);
  return result.value;
}
