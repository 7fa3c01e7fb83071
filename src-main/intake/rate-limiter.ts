/**
 * Request limits: one token bucket per source. It holds `burst` tokens and is refilled at `rate` per second; a request takes one.
 * Limits apply per source rather than per key: a second key is for rotation, not for a double rate. Nor per address: all callers are on this machine.
 */
import type { Engine } from '#engine/core/engine.ts';
import { source, sources } from '#engine/views/queries.ts';
import { DEFAULT_RATE_LIMIT, RATE_LIMIT_SETTING, type Source } from '#shared/contract/entities.ts';
import { fail, type Problem } from '#shared/contract/problems.ts';
import type { Clock } from './clock.ts';
import type { Reply } from './problem.ts';

/** Burst size in seconds of the rate. */
const BURST_S = 2;

/** Read limit of a source: rows per second, and burst. Independent of the request limit, which a source may not have. */
export const READ_LIMIT = { rate: 20_000, burst: 100_000 };

interface Level {
  tokens: number;
  /** time at which `tokens` was correct, milliseconds */
  at: number;
}

interface Bucket extends Level {
  /** tokens per second */
  readonly rate: number;
  readonly burst: number;
  /** header value, see draft-ietf-httpapi-ratelimit-headers: quota, and seconds to refill it from zero */
  readonly policy: string;
}

/** Token buckets of all sources, for requests and for rows read. */
export class RateLimiter {
  readonly #engine: Engine;
  readonly #now: Clock['now'];
  /** buckets of all sources, so that requests need no look-up in the board; null: unlimited */
  readonly #buckets = new Map<number, Bucket | null>();
  /** read levels of sources that have read */
  readonly #reads = new Map<number, Level>();

  constructor(engine: Engine, { now }: Clock) {
    this.#engine = engine;
    this.#now = now;
    this.#readAll();
    engine.watch((changes) => {
      if (changes.length === 0) this.#readAll();
      for (const change of changes) if (change.kind === 'source_saved') this.#readOne(change.source.id);
    });
  }

  /** Takes a token for a request of this source and sets the rate limit headers. Returns a problem when no token was left. */
  take(source_id: number, reply: Pick<Reply<unknown>, 'header'>): Problem | null {
    const bucket = this.#buckets.get(source_id);
    if (!bucket) return null;
    refill(bucket, bucket, this.#now());
    const isAllowed = bucket.tokens >= 1;
    if (isAllowed) bucket.tokens -= 1;
    const left = Math.floor(bucket.tokens);
    const seconds = Math.ceil((Math.min(left + 1, bucket.burst) - bucket.tokens) / bucket.rate); // until the next token
    reply.header('ratelimit-policy', bucket.policy);
    reply.header('ratelimit', `"source";r=${left};t=${seconds}`);
    if (isAllowed) return null;
    return fail('rate_limited', `This source may send ${bucket.rate} requests a second, ${bucket.burst} at once. Wait ${seconds} s.`, {
      params: { retry_after_s: seconds },
    }).problem;
  }

  /** Returns a problem when the source has exceeded its read limit. A read may overdraw the limit and is charged afterwards. */
  mayRead(source_id: number): Problem | null {
    const { tokens } = this.#readsOf(source_id);
    if (tokens > 0) return null;
    const seconds = Math.ceil((1 - tokens) / READ_LIMIT.rate);
    return fail('rate_limited', `This source may read ${READ_LIMIT.rate} rows a second, ${READ_LIMIT.burst} at once. Wait ${seconds} s.`, {
      params: { retry_after_s: seconds },
    }).problem;
  }

  hasRead(source_id: number, rows: number): void {
    this.#readsOf(source_id).tokens -= rows;
  }

  #readsOf(source_id: number): Level {
    const level = this.#reads.get(source_id) ?? { tokens: READ_LIMIT.burst, at: this.#now() };
    this.#reads.set(source_id, level);
    refill(level, READ_LIMIT, this.#now());
    return level;
  }

  #readOne(id: number): void {
    const found = source(this.#engine.read, id);
    if (found.ok) this.#set(found.value);
  }

  #readAll(): void {
    for (const one of sources(this.#engine.read)) this.#set(one);
  }

  /** Updates a source's rate; tokens already used stay used. */
  #set({ id, settings }: Pick<Source, 'id' | 'settings'>): void {
    const old = this.#buckets.get(id);
    const bucket = bucketOf(settings[RATE_LIMIT_SETTING], this.#now());
    if (old && bucket) {
      refill(old, old, bucket.at);
      bucket.tokens = Math.max(0, bucket.burst - (old.burst - old.tokens));
    }
    this.#buckets.set(id, bucket);
  }
}

function bucketOf(setting: unknown, now: number): Bucket | null {
  const rate = rateOf(setting);
  if (rate === null) return null;
  const burst = Math.max(1, Math.floor(BURST_S * rate));
  return { rate, burst, policy: `"source";q=${burst};w=${Math.ceil(burst / rate)}`, tokens: burst, at: now };
}

function refill(level: Level, { rate, burst }: { readonly rate: number; readonly burst: number }, now: number): void {
  level.tokens = Math.min(burst, level.tokens + ((now - level.at) / 1000) * rate);
  level.at = now;
}

/** Parses a stored rate; null for invalid values, which older versions did not reject. */
function rateOf(setting: unknown): number | null {
  if (setting === null) return null;
  return typeof setting === 'number' && setting > 0 ? setting : DEFAULT_RATE_LIMIT;
}
