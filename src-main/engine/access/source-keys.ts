import { hash } from 'node:crypto';
import type { Write } from '#engine/core/write.ts';
import { ok } from '#shared/contract/problems.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { keyHashes, noteKeyUse } from '#store/tables/sources.ts';

/** The stored hash of a key. SHA-256 is sufficient for 32 random bytes, which cannot be guessed. */
export function hashKey(api_key: string): Buffer {
  return hash('sha256', api_key, 'buffer');
}

interface LiveKey {
  readonly id: number;
  readonly source_id: number;
}

/** Live keys in memory, with their last use. Uses are saved later, so that no request waits for it. */
export class SourceKeys {
  readonly #now: () => number;
  /** by hash */
  #live = new Map<string, LiveKey>();
  /** keys that were used, by the key string; never more than there are live keys */
  readonly #known = new Map<string, LiveKey>();
  /** by key id: epoch milliseconds of the last use, until saved */
  readonly used = new Map<number, number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  load(db: Reading): void {
    this.#live = new Map(keyHashes(db).map(({ id, source_id, hash }) => [hash.toString('base64'), { id, source_id }]));
    this.#known.clear();
  }

  /**
   * The source that a live key belongs to. Its timing reveals nothing about keys: unknown strings are looked up by SHA-256. So are keys at their first use;
   * later uses by the string, which V8 compares only with strings of the same hash under this process's secret seed, and those cannot be constructed.
   */
  sourceOf(api_key: string): number | null {
    const key = this.#known.get(api_key) ?? this.#live.get(hashKey(api_key).toString('base64'));
    if (!key) return null;
    this.#known.set(api_key, key);
    this.used.set(key.id, this.#now());
    return key.source_id;
  }

  /** A use case that saves key uses. It journals nothing, so there is nothing to announce. */
  save = ({ tx }: Write) => {
    for (const [id, at] of this.used) noteKeyUse(tx, id, at);
    return ok(new Map(this.used));
  };

  /** Call after `save` was committed. Keys used again meanwhile are saved next time. */
  saved(written: ReadonlyMap<number, number>): void {
    for (const [id, at] of written) if (this.used.get(id) === at) this.used.delete(id);
  }
}
