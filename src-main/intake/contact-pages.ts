/**
 * Pages of contacts: read directly when that is fast, otherwise in the reading thread, so that other requests are not delayed. A source's
 * reads count against its own limit, and it may have few reads in progress at once.
 */
import type { Engine } from '#engine/core/engine.ts';
import { type ContactFilter, type ContactPage, contactFilter, pageAtOnce, presentPage } from '#engine/views/queries.ts';
import { insistent, type Reader } from '#reports/reader.ts';
import type { Contact, ContactQuery, Page } from '#shared/contract/entities.ts';
import { ok, type Result } from '#shared/contract/problems.ts';
import type { RateLimiter } from './rate-limiter.ts';

/** Pages up to this size are first tried directly, examining this number of rows: about a millisecond. */
const AT_ONCE = 100;
/** Maximum number of concurrent long reads of a source; its further reads wait. */
const MOST_LONG_READS = 2;

/** Reads pages of contacts for the HTTP port. */
export class ContactPages {
  readonly #engine: Engine;
  readonly #ask: Reader['ask'] | undefined;
  readonly #limiter: RateLimiter;
  readonly #lanes = new Map<number, { under_way: number; waiting: (() => void)[] }>();

  /** @param reader the reading thread; without it everything is read directly */
  constructor(engine: Engine, limiter: RateLimiter, reader: Pick<Reader, 'ask'> | undefined) {
    this.#engine = engine;
    this.#limiter = limiter;
    this.#ask = reader && insistent(reader);
  }

  /** Finds a page. @param source_id the source whose limit it counts against; null: none */
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

  /** Resolves when it is this read's turn. Call the returned function when the read is done. */
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

/** Cost in rows: those examined, plus the contact's and the lead's row for each contact returned. */
const costOf = ({ looked_at, contacts }: ContactPage): number => looked_at + 2 * contacts.length;
