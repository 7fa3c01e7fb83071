import { hash } from 'node:crypto';
import { ok } from '#shared/contract/problems.ts';
import type { Reading } from '#store/open.ts';
import { keyHashes, noteKeyUse } from '#store/sources.ts';
import type { Write } from './write.ts';

/** What is kept of a key. SHA-256 is enough for 32 random bytes: there is nothing to guess. */
export function hashKey(api_key: string): Buffer {
  return hash('sha256', api_key, 'buffer');
}

interface LiveKey {
  readonly id: number;
  readonly source_id: number;
}

/** The keys that open the door, held in memory, and when they last did. A use is written later: nobody waits for that. */
export class SourceKeys {
  readonly #now: () => number;
  /** by hash */
  #live = new Map<string, LiveKey>();
  /** those that were used, by themselves: never more than there are live ones */
  readonly #known = new Map<string, LiveKey>();
  /** by key: epoch milliseconds of the last use, until it is written */
  readonly used = new Map<number, number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  load(db: Reading): void {
    this.#live = new Map(keyHashes(db).map(({ id, source_id, hash }) => [hash.toString('base64'), { id, source_id }]));
    this.#known.clear();
  }

  /**
   * The source that a live key belongs to. Its time says nothing about any key: strangers are looked up by SHA-256. So are keys at their first use;
   * later ones by the string, which V8 compares only with one of the same hash under the secret seed of this process, and such a one cannot be made.
   */
  sourceOf(api_key: string): number | null {
    const key = this.#known.get(api_key) ?? this.#live.get(hashKey(api_key).toString('base64'));
    if (!key) return null;
    this.#known.set(api_key, key);
    this.used.set(key.id, this.#now());
    return key.source_id;
  }

  /** A use case: writes what was used. It journals nothing, so there is nothing to announce. */
  save = ({ tx }: Write) => {
    for (const [id, at] of this.used) noteKeyUse(tx, id, at);
    return ok(new Map(this.used));
  };

  /** Once that is on the disk; what was used again meanwhile waits for the next time. */
  saved(written: ReadonlyMap<number, number>): void {
    for (const [id, at] of written) if (this.used.get(id) === at) this.used.delete(id);
  }
}
