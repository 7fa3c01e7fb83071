/**
 * How much one source may ask: a token bucket each. It holds `burst` tokens and regains `rate` of them a second; a request takes one.
 * By source and not by key: a second key is for rotation, and not for twice as much. Not by address either: all callers are this machine.
 */
import type { Engine } from '#engine/engine.ts';
import { source, sources } from '#engine/queries.ts';
import { DEFAULT_RATE_LIMIT, RATE_LIMIT_SETTING, type Source } from '#shared/contract/entities.ts';
import { fail, type Problem } from '#shared/contract/problems.ts';
import type { Clock } from './clock.ts';
import type { Reply } from './problem.ts';

/** How many seconds' worth may come at once. */
const BURST_S = 2;

interface Bucket {
  /** tokens per second */
  readonly rate: number;
  readonly burst: number;
  /** as a header says it, see draft-ietf-httpapi-ratelimit-headers: so many, regained from none in so many seconds */
  readonly policy: string;
  tokens: number;
  /** when `tokens` was right, milliseconds */
  at: number;
}

export class RateLimiter {
  readonly #engine: Engine;
  readonly #now: Clock['now'];
  /** of every source, so that no request has to look; null: unlimited */
  readonly #buckets = new Map<number, Bucket | null>();

  constructor(engine: Engine, { now }: Clock) {
    this.#engine = engine;
    this.#now = now;
    this.#readAll();
    engine.watch((changes) => {
      if (changes.length === 0) this.#readAll();
      for (const change of changes) if (change.kind === 'source_saved') this.#readOne(change.source.id);
    });
  }

  /** Takes a token for a request of this source and says in the answer's headers how many are left. A problem: there was none. */
  take(source_id: number, reply: Pick<Reply<unknown>, 'header'>): Problem | null {
    const bucket = this.#buckets.get(source_id);
    if (!bucket) return null;
    refill(bucket, this.#now());
    const isAllowed = bucket.tokens >= 1;
    if (isAllowed) bucket.tokens -= 1;
    const left = Math.floor(bucket.tokens);
    const seconds = Math.ceil((Math.min(left + 1, bucket.burst) - bucket.tokens) / bucket.rate); // until there is one more
    reply.header('ratelimit-policy', bucket.policy);
    reply.header('ratelimit', `"source";r=${left};t=${seconds}`);
    if (isAllowed) return null;
    return fail('rate_limited', `This source may send ${bucket.rate} requests a second, ${bucket.burst} at once. Wait ${seconds} s.`, {
      params: { retry_after_s: seconds },
    }).problem;
  }

  #readOne(id: number): void {
    const found = source(this.#engine.read, id);
    if (found.ok) this.#set(found.value);
  }

  #readAll(): void {
    for (const one of sources(this.#engine.read)) this.#set(one);
  }

  /** What was used up stays used up. */
  #set({ id, settings }: Pick<Source, 'id' | 'settings'>): void {
    const old = this.#buckets.get(id);
    const bucket = bucketOf(settings[RATE_LIMIT_SETTING], this.#now());
    if (old && bucket) {
      refill(old, bucket.at);
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

function refill(bucket: Bucket, now: number): void {
  bucket.tokens = Math.min(bucket.burst, bucket.tokens + ((now - bucket.at) / 1000) * bucket.rate);
  bucket.at = now;
}

/** What cannot be a rate was stored before anybody checked. */
function rateOf(setting: unknown): number | null {
  if (setting === null) return null;
  return typeof setting === 'number' && setting > 0 ? setting : DEFAULT_RATE_LIMIT;
}
