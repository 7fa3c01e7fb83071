/**
 * Bots, clients that close contacts and a supervisor, working on a host that may be killed at any moment, and the ledger of what it acknowledged.
 * The ledger is in this process; nothing of it is in the data directory under test.
 */
import type { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Contact, CreatedSource, Operator, Page } from '#shared/contract/entities.ts';
import { type Answered, newAgent, type Sent, send } from './http.ts';
import { type Random, randomFrom } from './random.ts';

/** One contact as its bot knows it. Times are from this process's monotonic clock, in milliseconds. */
export interface Entry {
  readonly key: string;
  readonly source_id: number;
  readonly sentAt: number;
  ackedAt: number | null;
  /** ids returned for this key: more than one breaks the promise */
  readonly ids: Set<number>;
  closeAcked: boolean;
}

export interface Ledger {
  readonly entries: readonly Entry[];
  /** how often a bot received each status; `none` counts lost answers */
  readonly answers: ReadonlyMap<string, number>;
  /** descriptions of answers that a bot should never get */
  readonly strange: readonly string[];
}

export interface TrafficOptions {
  readonly seed: number;
  readonly clients: number;
  readonly closers?: number;
  readonly supervised?: boolean;
  /** pause of each client between contacts */
  readonly paceMs?: number;
}

interface Bot {
  readonly source_id: number;
  readonly token: string;
}

const DOUBLED = 0.15;
const MOST_RETRIES = 400;

export class Traffic {
  readonly #apiUrl: string;
  readonly #adminToken: string;
  readonly #options: TrafficOptions;
  readonly #bots: Bot[] = [];
  readonly #operators: number[] = [];
  readonly #entries: Entry[] = [];
  readonly #answers = new Map<string, number>();
  readonly #strange: string[] = [];
  readonly #agents: Agent[] = [];
  readonly #prefix: string;
  #acknowledged = 0;
  #running = false;
  #abandoned = false;
  #working: Promise<unknown> = Promise.resolve();

  /** @param prefix of the keys, unique within a data directory */
  constructor(apiUrl: string, adminToken: string, options: TrafficOptions, prefix = 'k') {
    this.#apiUrl = apiUrl;
    this.#adminToken = adminToken;
    this.#options = options;
    this.#prefix = prefix;
  }

  get acknowledged(): number {
    return this.#acknowledged;
  }

  get ledger(): Ledger {
    return { entries: this.#entries, answers: this.#answers, strange: this.#strange };
  }

  /** Creates operators with small limits and one source for every two clients; each operator has a weight for some of the sources. */
  async furnish(): Promise<void> {
    for (let n = 0; n < 8; n++) this.#operators.push((await this.#admin<Operator>('POST', '/operators', { name: `Operator ${n}`, max_load: 2 + (n % 4) })).id);
    for (let n = 0; n < Math.max(2, this.#options.clients / 2); n++) {
      const { id, api_key } = await this.#admin<CreatedSource>('POST', '/sources', { name: `Source ${n}`, settings: { rate_limit_per_second: null } });
      this.#bots.push({ source_id: id, token: api_key });
      const competences = this.#operators.filter((_, i) => (i + n) % 3 > 0).map((operator_id, i) => ({ operator_id, weight: 1 + ((i * 7 + n) % 9) }));
      await this.#admin('PUT', `/sources/${id}/competences`, competences);
    }
  }

  start(): void {
    this.#running = true;
    const { clients, closers = 2, supervised = true, seed } = this.#options;
    const work: Promise<void>[] = [];
    for (let n = 0; n < clients; n++) work.push(this.#bot(n, randomFrom(seed * 1000 + n)));
    for (let n = 0; n < closers; n++) work.push(this.#closer(randomFrom(seed * 1000 + 500 + n)));
    if (supervised) work.push(this.#supervisor(randomFrom(seed * 1000 + 900)));
    this.#working = Promise.all(work);
  }

  /** Starts nothing new and retries whatever has no answer until it has one, unless abandoned: then it was never acknowledged. */
  async stop(how: 'settled' | 'abandoned' = 'settled'): Promise<void> {
    this.#running = false;
    this.#abandoned = how === 'abandoned';
    await this.#working;
    for (const agent of this.#agents.splice(0)) agent.destroy();
  }

  /** Submits one contact that nobody else sends, once, and returns the result. */
  async once(n: string): Promise<Answered | null> {
    const bot = this.#bots[0];
    if (!bot) throw new Error('furnish first');
    const entry = this.#entry(`${this.#prefix}-once-${n}`, bot);
    return await this.#handIn(this.#agent(), bot, entry, { external_id: `once-${n}`, message: entry.key });
  }

  /** Retries what `once` sent until it is answered. */
  async retry(n: string): Promise<Answered | null> {
    const bot = this.#bots[0];
    const entry = this.#entries.find(({ key }) => key === `${this.#prefix}-once-${n}`);
    if (!bot || !entry) throw new Error('it was never sent');
    return await this.#until(this.#agent(), bot, entry, { external_id: `once-${n}`, message: entry.key });
  }

  async #bot(n: number, random: Random): Promise<void> {
    const bot = this.#bots[n % this.#bots.length];
    if (!bot) throw new Error('furnish first');
    const agent = this.#agent();
    for (let i = 0; this.#running; i++) {
      const entry = this.#entry(`${this.#prefix}-${n}-${i}`, bot);
      const body = { ...person(random), message: entry.key };
      const doubled = random.chance(DOUBLED) ? this.#until(agent, bot, entry, body) : null;
      await Promise.all([this.#until(agent, bot, entry, body), doubled]);
      if (this.#options.paceMs) await sleep(this.#options.paceMs);
    }
  }

  #entry(key: string, { source_id }: Bot): Entry {
    // oxlint-disable-next-line no-restricted-properties -- the order of what happened, for the audit
    const entry: Entry = { key, source_id, sentAt: performance.now(), ackedAt: null, ids: new Set(), closeAcked: false };
    this.#entries.push(entry);
    return entry;
  }

  /** Sends the same contact under the same key until it is accepted. */
  async #until(agent: Agent, bot: Bot, entry: Entry, body: object): Promise<Answered | null> {
    for (let attempt = 0; attempt < MOST_RETRIES; attempt++) {
      const answer = await this.#handIn(agent, bot, entry, body);
      if (answer !== null && answer.status < 300) return answer;
      if (this.#abandoned) return null;
      await sleep(60);
    }
    this.#strange.push(`${entry.key} was not accepted after ${MOST_RETRIES} attempts`);
    return null;
  }

  async #handIn(agent: Agent, bot: Bot, entry: Entry, body: object): Promise<Answered | null> {
    const answer = await send(agent, this.#apiUrl, { method: 'POST', path: '/contacts', token: bot.token, body, key: entry.key });
    this.#count(answer, entry.key);
    if (answer !== null && answer.status < 300) {
      const { id, message, source_id } = answer.body as Contact;
      if (message !== entry.key || source_id !== bot.source_id) this.#strange.push(`${entry.key} was answered with contact ${id}, which says ${message}`);
      if (entry.ackedAt === null) {
        // oxlint-disable-next-line no-restricted-properties -- the order of what happened, for the audit
        entry.ackedAt = performance.now();
        this.#acknowledged += 1;
      }
      entry.ids.add(id);
    }
    return answer;
  }

  #count(answer: Answered | null, key: string): void {
    const status = answer === null ? 'none' : String(answer.status);
    this.#answers.set(status, (this.#answers.get(status) ?? 0) + 1);
    if (answer === null || [200, 201].includes(answer.status)) return;
    if (![429, 503].includes(answer.status)) this.#strange.push(`${key} was answered ${status}: ${JSON.stringify(answer.body)}`);
    else if (answer.retryAfter === undefined) this.#strange.push(`${key} was answered ${status} without Retry-After`);
  }

  /** Closes contacts that operators hold, so that slots open, including some that were not acknowledged to their bot. */
  async #closer(random: Random): Promise<void> {
    const agent = this.#agent();
    const byId = () => {
      const map = new Map<number, Entry>();
      for (const entry of this.#entries.slice(-4000)) for (const id of entry.ids) map.set(id, entry);
      return map;
    };
    while (this.#running) {
      const page = await send(agent, this.#apiUrl, { method: 'GET', path: '/contacts?status=assigned&limit=30', token: this.#adminToken });
      if (page?.status !== 200) {
        await sleep(30);
        continue;
      }
      const known = byId();
      for (const { id } of (page.body as Page<Contact>).items) {
        if (!this.#running) break;
        if (random.chance(0.3)) continue;
        const closed = await send(agent, this.#apiUrl, { method: 'POST', path: `/contacts/${id}/close`, token: this.#adminToken, body: {} });
        const entry = known.get(id);
        if (closed?.status === 200 && entry) entry.closeAcked = true;
      }
      await sleep(5);
    }
  }

  /** Moves contacts, deactivates operators, changes limits: everything that races with the draws. */
  async #supervisor(random: Random): Promise<void> {
    const agent = this.#agent();
    const ask = (sent: Omit<Sent, 'token'>) => send(agent, this.#apiUrl, { ...sent, token: this.#adminToken });
    while (this.#running) {
      const operator_id = random.pick(this.#operators);
      if (random.chance(0.5)) {
        const ids = this.#entries.length > 0 ? random.pick(this.#entries.slice(-300)).ids : [];
        for (const id of ids) await ask({ method: 'POST', path: `/contacts/${id}/reassign`, body: { operator_id: random.chance(0.3) ? null : operator_id } });
      } else {
        const patch = random.chance(0.5) ? { max_load: random.below(6) } : { is_active: random.chance(0.8) };
        await ask({ method: 'PATCH', path: `/operators/${operator_id}`, body: patch });
      }
      await sleep(20);
    }
  }

  #agent(): Agent {
    const agent = newAgent();
    this.#agents.push(agent);
    return agent;
  }

  async #admin<T>(method: Sent['method'], path: string, body: object): Promise<T> {
    const agent = newAgent();
    const answer = await send(agent, this.#apiUrl, { method, path, token: this.#adminToken, body });
    agent.destroy();
    if (answer === null || answer.status >= 300)
      throw new Error(`${method} ${path} was answered ${answer?.status ?? 'not at all'}: ${JSON.stringify(answer?.body)}`);
    return answer.body as T; // the caller names the shape that the API promises
  }
}

/** A person from a small population, so that most return and some leads merge: identified by one identifier, or by two of different people. */
function person(random: Random): object {
  const some = (probability: number, text: () => string) => (random.chance(probability) ? text() : undefined);
  return {
    phone: `+7900${String(1_000_000 + random.below(3000))}`,
    external_id: some(0.3, () => `tg-${random.below(3000)}`),
    email: some(0.2, () => `p${random.below(3000)}@example.com`),
  };
}
