/** Arrivals and departures of the last hour, and silent sources: read once by the reading thread, then kept by counting what is committed. */
import { calendar } from '#domain/calendar.ts';
import { LastMinutes } from '#domain/last-minutes.ts';
import { expectedIn, isUnusual, type Usual } from '#domain/silence.ts';
import type { Board } from '#shared/board.ts';
import type { Flow } from '#shared/contract/flow.ts';
import type { Change } from '#shared/effects/effects.ts';
import { closedAt } from '#shared/source-hours.ts';
import { DAY_MS } from '#shared/time.ts';
import { hourOfWeek, hoursBetween, type Zone, zoneBetween } from '#shared/zone.ts';
import type { Reader } from './reader.ts';

const HOUR_MS = 3_600_000;
/** What is usual is learned again after this time. */
const LEARNED_FOR_MS = HOUR_MS;
/** A longer silence is judged by its last part; it was unusual long before. */
const JUDGED_MS = 14 * DAY_MS;

interface Counts {
  last_at: number;
  /** on `day` of `Counted` */
  today: number;
  usual: Usual | null;
  readonly minutes: LastMinutes;
}

interface Counted {
  /** `2026-11-22` */
  day: string;
  readonly came: LastMinutes;
  readonly closed: LastMinutes;
  /** by source id */
  readonly sources: Map<number, Counts>;
  learned_at: number;
}

export interface FlowParts {
  readonly engine: {
    /** Calls back after every commit; an empty list means that the database was replaced. */
    watch(listener: (changes: readonly Change[]) => void): () => void;
    board(): Board;
  };
  readonly reader: Pick<Reader, 'ask'>;
  readonly now: () => number;
  /** IANA name */
  readonly timeZone: string;
}

/** Counts from the first question on; before it, and after a restore, everything is read from the database. */
export class FlowCounter {
  readonly #parts: FlowParts;
  readonly #dayOf: (at: number) => string;
  /** no silence is counted before: contacts could not come while the desk was not up */
  #up_since: number;
  #counted: Counted | null = null;
  #reading: Promise<Counted> | null = null;
  #isLearning = false;
  /** changes that were committed while the database was read */
  #meanwhile: Change[] = [];
  #isWatching = false;
  #zone: { readonly hour: number; readonly zone: Zone } | null = null;

  constructor(parts: FlowParts) {
    this.#parts = parts;
    this.#dayOf = calendar(parts.timeZone);
    this.#up_since = parts.now();
  }

  /** @throws what the reader throws; ask again */
  async figures(): Promise<Flow> {
    const counted = this.#counted ?? (await this.#begin());
    const now = this.#parts.now();
    if (now - counted.learned_at > LEARNED_FOR_MS) this.#learn(counted);
    this.#turnTo(counted, now);
    const { sources: known } = this.#parts.engine.board();
    const sources = [...counted.sources].flatMap(([source_id, its]) =>
      known[source_id] && !known[source_id].is_archived
        ? {
            source_id,
            last_at: its.last_at,
            today: its.today,
            came: its.minutes.until(now),
            is_silent: !this.#isClosed(source_id, now) && this.#isSilent(its, now),
          }
        : [],
    );
    return { came: counted.came.until(now), closed: counted.closed.until(now), sources };
  }

  #begin(): Promise<Counted> {
    if (!this.#isWatching) {
      this.#isWatching = true;
      this.#parts.engine.watch((changes) => this.#follow(changes));
    }
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
      this.#meanwhile = [];
    });
    return this.#reading;
  }

  #ask() {
    const now = this.#parts.now();
    return this.#parts.reader.ask('arrivals', { now, day: this.#dayOf(now), time_zone: this.#parts.timeZone });
  }

  async #read(): Promise<Counted> {
    const now = this.#parts.now();
    const counted: Counted = { day: this.#dayOf(now), came: new LastMinutes(), closed: new LastMinutes(), sources: new Map(), learned_at: now };
    const { revision, sources, came, closed } = await this.#ask();
    for (const { source_id, last_at, today, usual } of sources) counted.sources.set(source_id, { last_at, today, usual, minutes: new LastMinutes() });
    for (const { source_id, at } of came) {
      counted.came.add(at);
      counted.sources.get(source_id)?.minutes.add(at);
    }
    for (const at of closed) counted.closed.add(at);
    for (const change of this.#meanwhile) if (change.revision > revision) this.#count(counted, change);
    this.#counted = counted;
    return counted;
  }

  #follow(changes: readonly Change[]): void {
    if (changes.length === 0) {
      this.#counted = null; // another database
      this.#meanwhile = [];
    }
    if (this.#counted) for (const change of changes) this.#count(this.#counted, change);
    else if (this.#reading) this.#meanwhile.push(...changes);
  }

  #count(counted: Counted, change: Change): void {
    if (change.kind === 'contact_closed') counted.closed.add(change.at);
    else if (change.kind === 'desk_was_away') this.#up_since = change.at;
    else if ((change.kind === 'contact_assigned' || change.kind === 'contact_waiting') && change.from === 'intake') {
      const { at } = change;
      this.#turnTo(counted, at);
      const { source_id } = change.decision;
      const its = counted.sources.get(source_id) ?? { last_at: at, today: 0, usual: null, minutes: new LastMinutes() };
      counted.sources.set(source_id, its);
      its.last_at = at;
      its.today += 1;
      its.minutes.add(at);
      counted.came.add(at);
    }
  }

  /** Begins a new day. */
  #turnTo(counted: Counted, at: number): void {
    const day = this.#dayOf(at);
    if (day === counted.day) return;
    counted.day = day;
    for (const its of counted.sources.values()) its.today = 0;
  }

  #learn(counted: Counted): void {
    if (this.#isLearning) return;
    this.#isLearning = true;
    void this.#ask()
      .then(({ sources }) => {
        for (const { source_id, usual } of sources) {
          const its = counted.sources.get(source_id);
          if (its) its.usual = usual;
        }
        counted.learned_at = this.#parts.now();
      })
      .catch(() => {}) // asked again with the next figures
      .finally(() => {
        this.#isLearning = false;
      });
  }

  /** Outside of its hours a source may be as silent as it likes. */
  #isClosed(source_id: number, now: number): boolean {
    const board = this.#parts.engine.board();
    return closedAt(board, board.rules[source_id], now) !== null;
  }

  /** The zone for what is judged at `now`: looked up once an hour, since that is most of the work. */
  #zoneAround(now: number): Zone {
    const hour = Math.floor(now / HOUR_MS);
    if (this.#zone?.hour !== hour) this.#zone = { hour, zone: zoneBetween(this.#parts.timeZone, hour * HOUR_MS - JUDGED_MS - HOUR_MS, (hour + 1) * HOUR_MS) };
    return this.#zone.zone;
  }

  #isSilent({ last_at, usual }: Counts, now: number): boolean {
    const from = Math.max(last_at, this.#up_since, now - JUDGED_MS);
    if (!usual || from >= now) return false;
    const { bounds, locals } = hoursBetween(this.#zoneAround(now), from, now);
    const hours = Array.from(locals, (local, i) => {
      const [start, end] = [Math.max(from, bounds[i] ?? from), Math.min(now, bounds[i + 1] ?? now)];
      return { of_week: hourOfWeek(local), share: Math.max(0, end - start) / HOUR_MS };
    });
    return isUnusual(usual, expectedIn(usual, hours));
  }
}
