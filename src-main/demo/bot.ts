/**
 * A demo bot such as users write: it submits contacts through the real port, each with an Idempotency-Key,
 * retries with the same key when the outcome is unknown, and closes a contact when its operator would be done with it.
 * It does one thing at a time; while the host does not answer, no new contacts come.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { contact, page } from '#shared/contract/entities.ts';
import { Agenda } from './agenda.ts';
import { Crowd, type Language, type Visit } from './crowd.ts';
import type { DemoKey } from './fill.ts';
import { between, type Random, seeded, untilNext } from './random.ts';

export interface DemoClock {
  /** epoch milliseconds */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects when `signal` aborts. */
  wait(ms: number, signal: AbortSignal): Promise<unknown>;
}

/** A logger with pino's argument order. Entries contain no personal data. */
export interface DemoLog {
  warn(details: object, message: string): void;
}

export interface DemoBotOptions {
  /** such as `http://127.0.0.1:8000` */
  readonly apiUrl: string;
  /** default: the global one */
  readonly fetch?: (url: string, init?: RequestInit) => Promise<Response>;
  readonly keys: readonly DemoKey[];
  readonly log: DemoLog;
  readonly language?: Language;
  /** contacts per second on average */
  readonly perSecond?: number;
  /** present total capacity of the operators, in contacts */
  readonly capacity?: () => number;
  readonly random?: Random;
  readonly clock?: DemoClock;
}

// oxlint-disable-next-line no-restricted-properties -- the bot is a separate client and uses the machine's clock
const realClock: DemoClock = { now: Date.now, wait: (ms, signal) => sleep(ms, undefined, { signal }) };

/** Average share of the capacity in use. Arrivals vary around it in waves, with occasional bursts. */
const USUAL_LOAD = 0.7;
const WAVE = { height: 0.35, ms: 240_000 };
const BURST = { chance: 0.02, least: 4, most: 10, pauseMs: 150 };
const SHORTEST_SERVICE_MS = 5000;
const CALL_TIMEOUT_MS = 10_000;
const LONGEST_RETRY_MS = 15_000;

const taken = contact.pick({ id: true, status: true, assigned_at: true });
type Taken = z.infer<typeof taken>;
const listed = page(taken);

/** Runs the bot until the returned function is called. Never throws; failures are logged. */
export function startDemoBot(options: DemoBotOptions): () => void {
  const stopping = new AbortController();
  const bot = new DemoBot(options, stopping.signal);
  const run = async () => {
    while (!stopping.signal.aborted) {
      try {
        await bot.turn();
      } catch (err) {
        if (!stopping.signal.aborted) options.log.warn({ err }, 'the demo bot failed');
      }
    }
  };
  void run();
  return () => stopping.abort();
}

type Answer = { readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly status: number };

/** The host could not be reached or asked to retry later. */
class TryAgain extends Error {
  readonly afterMs: number | null;
  constructor(afterMs: number | null) {
    super('the host does not accept contacts now');
    this.afterMs = afterMs;
  }
}

class DemoBot {
  readonly #options: DemoBotOptions;
  readonly #signal: AbortSignal;
  readonly #random: Random;
  readonly #clock: DemoClock;
  readonly #crowd: Crowd<DemoKey>;
  readonly #agenda = new Agenda<() => Promise<void>>();
  readonly #run = randomUUID();
  #doors: readonly DemoKey[];
  #handedIn = 0;
  #held = 0;
  #burst = 0;
  /** number of calls waiting for a retry */
  #stuck = 0;

  constructor(options: DemoBotOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
    this.#random = options.random ?? seeded(Number.parseInt(this.#run.slice(0, 8), 16));
    this.#clock = options.clock ?? realClock;
    this.#crowd = new Crowd({ random: this.#random, language: options.language ?? 'ru' });
    this.#doors = options.keys;
    for (const key of options.keys) for (const status of ['assigned', 'waiting'] as const) this.#soon(0, () => this.#adopt(key, status));
    this.#soon(0, () => this.#arrival());
  }

  /** Waits for the next item and carries it out. */
  async turn(): Promise<void> {
    const at = this.#agenda.nextAt;
    if (at === undefined) throw new Error('a demo bot always has something to do');
    await this.#clock.wait(Math.max(0, at - this.#clock.now()), this.#signal);
    await this.#agenda.take()?.();
  }

  #soon(ms: number, what: () => Promise<void>, attempt = 0): void {
    this.#agenda.add(this.#clock.now() + Math.round(ms), async () => {
      if (attempt > 0) this.#stuck -= 1;
      try {
        await what();
      } catch (error) {
        if (!(error instanceof TryAgain)) throw error;
        if (this.#stuck === 0 && attempt === 0) this.#options.log.warn({}, 'the demo bot waits for the host');
        this.#stuck += 1;
        this.#soon(error.afterMs ?? Math.min(LONGEST_RETRY_MS, 500 * 2 ** attempt), what, attempt + 1);
      }
    });
  }

  async #arrival(): Promise<void> {
    this.#soon(this.#pauseMs(), () => this.#arrival());
    if (this.#stuck > 0 || this.#doors.length === 0) return;
    const visit = this.#crowd.next(this.#doors);
    const idempotency_key = `demo-${this.#run}-${++this.#handedIn}`;
    this.#soon(0, () => this.#handIn(visit, idempotency_key));
  }

  #pauseMs(): number {
    const { now } = this.#clock;
    // bursts count towards the contacts per second
    const pauseMs = (1000 / this.#perSecond) * (1 + (BURST.chance * (BURST.least + BURST.most)) / 2);
    if (this.#burst > 0) {
      this.#burst -= 1;
      return BURST.pauseMs;
    }
    if (this.#random() < BURST.chance) this.#burst = between(this.#random, BURST.least, BURST.most);
    const wave = 1 + WAVE.height * Math.sin((2 * Math.PI * now()) / WAVE.ms);
    const isWarmingUp = this.#held < (this.#capacity * USUAL_LOAD) / 2;
    return untilNext(this.#random, pauseMs / wave) / (isWarmingUp ? 5 : 1);
  }

  get #perSecond(): number {
    return this.#options.perSecond ?? 0.7;
  }

  get #capacity(): number {
    return this.#options.capacity?.() ?? 80;
  }

  /** By Little's law the mean is (contacts held) / (contacts per second); the sum of two exponentials makes very short times rare. */
  #serviceMs(): number {
    const half = ((USUAL_LOAD * this.#capacity) / this.#perSecond) * 500;
    return Math.max(SHORTEST_SERVICE_MS, untilNext(this.#random, half) + untilNext(this.#random, half));
  }

  async #handIn({ door, body }: Visit<DemoKey>, idempotency_key: string): Promise<void> {
    const answer = await this.#call(door, 'POST', '/contacts', { body, idempotency_key });
    if (answer.ok) {
      this.#serve(door, taken.parse(answer.body));
      return;
    }
    this.#refused(door, answer.status);
    // the key was revoked or the source archived: stop using it
    if (answer.status === 401 || answer.status === 404) this.#doors = this.#doors.filter((one) => one !== door);
  }

  /** Adopts contacts that an earlier run left open, so that they are closed as well. */
  async #adopt(key: DemoKey, status: Taken['status']): Promise<void> {
    const answer = await this.#call(key, 'GET', `/contacts?status=${status}&limit=500`);
    if (answer.ok) for (const one of listed.parse(answer.body).items) this.#serve(key, one, this.#random());
  }

  /** Schedules the end of a contact's service. @param remaining share of the service time still to come */
  #serve(key: DemoKey, { id, status }: Taken, remaining = 1): void {
    if (status === 'closed') return;
    if (status === 'waiting') {
      this.#soon(between(this.#random, 4000, 8000), () => this.#look(key, id));
      return;
    }
    this.#held += 1;
    this.#soon(this.#serviceMs() * remaining, () => this.#close(key, id));
  }

  /** Checks whether the contact has been assigned meanwhile. */
  async #look(key: DemoKey, contact_id: number): Promise<void> {
    const answer = await this.#call(key, 'GET', `/contacts/${contact_id}`);
    if (answer.ok) this.#serve(key, taken.parse(answer.body));
  }

  async #close(key: DemoKey, contact_id: number): Promise<void> {
    const answer = await this.#call(key, 'POST', `/contacts/${contact_id}/close`);
    this.#held -= 1;
    if (!answer.ok) this.#refused(key, answer.status);
  }

  #refused(door: DemoKey, status: number): void {
    this.#options.log.warn({ status, source_id: door.source_id }, 'the demo bot was refused');
  }

  /** Calls the API. @throws TryAgain */
  async #call(key: DemoKey, method: 'GET' | 'POST', path: string, send?: { body: object; idempotency_key: string }): Promise<Answer> {
    const headers: Record<string, string> = { authorization: `Bearer ${key.api_key}` };
    if (send) {
      headers['content-type'] = 'application/json';
      headers['idempotency-key'] = send.idempotency_key;
    }
    let response: Response;
    let body: unknown;
    try {
      const signal = AbortSignal.any([this.#signal, AbortSignal.timeout(CALL_TIMEOUT_MS)]);
      response = await (this.#options.fetch ?? fetch)(this.#options.apiUrl + path, { method, headers, signal, body: send ? JSON.stringify(send.body) : null });
      body = await response.json();
    } catch {
      throw new TryAgain(null); // unreachable, cut off or too slow: the outcome is unknown
    }
    if (response.ok) return { ok: true, body };
    if (response.status === 429 || response.status >= 500) throw new TryAgain(Number(response.headers.get('retry-after') ?? 1) * 1000);
    return { ok: false, status: response.status };
  }
}
