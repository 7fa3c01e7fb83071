/**
 * Pages of contacts for whoever asks: at once when that is quickly done, else from the reading thread, so that nobody else is held up. What a source
 * reads counts against its own limit, and it has few reads under way at once.
 */
import type { Engine } from '#engine/engine.ts';
import { type ContactFilter, type ContactPage, contactFilter, pageAtOnce, presentPage } from '#engine/queries.ts';
import { insistent, type Reader } from '#reports/reader.ts';
import type { Contact, ContactQuery, Page } from '#shared/contract/entities.ts';
import { ok, type Result } from '#shared/contract/problems.ts';
import type { RateLimiter } from './rate-limiter.ts';

/** A page of so many contacts is tried at once, by looking at so many rows: about a millisecond's worth. */
const AT_ONCE = 100;
/** Long reads of a source that are under way at once; others of it wait for them. */
const MOST_LONG_READS = 2;

export class ContactPages {
  readonly #engine: Engine;
  readonly #ask: Reader['ask'] | undefined;
  readonly #limiter: RateLimiter;
  readonly #lanes = new Map<number, { under_way: number; waiting: (() => void)[] }>();

  /** @param reader without it everything is read at once */
  constructor(engine: Engine, limiter: RateLimiter, reader: Pick<Reader, 'ask'> | undefined) {
    this.#engine = engine;
    this.#limiter = limiter;
    this.#ask = reader && insistent(reader);
  }

  /** @param source_id whose limit it counts against; null: nobody's */
  async find(query: ContactQuery, source_id: number | null): Promise<Result<Page<Contact>>> {
    const filter = contactFilter(query);
    if (!filter.ok) return filter;
    const found = await this.#found(filter.value, source_id);
    return found.ok ? ok(presentPage(this.#engine.read, found.value, source_id)) : found;
  }

  async #found(filter: ContactFilter, source_id: number | null): Promise<Result<ContactPage>> {
    if (this.#ask === undefined || filter.limit <= AT_ONCE) {
      const page = this.#counted(source_id, () => pageAtOnce(this.#engine.read, filter, this.#ask && AT_ONCE + 1));
      if (!page.ok || !page.value.isCut || this.#ask === undefined) return page;
    }
    const ask = this.#ask;
    if (source_id === null) return ok(await ask('contactPage', filter));
    const leave = await this.#enter(source_id);
    try {
      const limit = this.#limiter.mayRead(source_id);
      if (limit) return { ok: false, problem: limit };
      const page = await ask('contactPage', filter);
      this.#limiter.hasRead(source_id, costOf(page));
      return ok(page);
    } finally {
      leave();
    }
  }

  #counted(source_id: number | null, read: () => ContactPage): Result<ContactPage> {
    if (source_id === null) return ok(read());
    const limit = this.#limiter.mayRead(source_id);
    if (limit) return { ok: false, problem: limit };
    const page = read();
    this.#limiter.hasRead(source_id, costOf(page));
    return ok(page);
  }

  /** When it is this read's turn; call what it answers when it is done. */
  async #enter(source_id: number): Promise<() => void> {
    const lane = this.#lanes.get(source_id) ?? { under_way: 0, waiting: [] };
    this.#lanes.set(source_id, lane);
    if (lane.under_way >= MOST_LONG_READS) await new Promise<void>((resolve) => lane.waiting.push(resolve));
    else lane.under_way += 1;
    return () => {
      const next = lane.waiting.shift();
      if (next) next();
      else lane.under_way -= 1;
      if (lane.under_way === 0) this.#lanes.delete(source_id);
    };
  }
}

/** Rows: those looked at, and of each contact answered its own and its lead's. */
const costOf = ({ looked_at, contacts }: ContactPage): number => looked_at + 2 * contacts.length;
