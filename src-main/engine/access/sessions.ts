/**
 * Console sessions of browsers. A link opens a session once; from then on the browser proves possession of the session's secret. Sessions are held
 * in memory, so that the console opens even when the disk is full, and stored in the database, so that they survive a restart. A restore
 * does not bring sessions back: present ones continue, those of the backup are dropped.
 */
import { createHash, hash, randomBytes } from 'node:crypto';
import type { Engine } from '#engine/core/engine.ts';
import { iso } from '#engine/views/present.ts';
import type { ConsoleLink, Session } from '#shared/contract/entities.ts';
import { notFound, ok, type Result } from '#shared/contract/problems.ts';
import { hashOfSecret, isProof } from '#shared/session-proof.ts';
import { DAY_MS } from '#shared/time.ts';
import { allSessions, replaceSessions, type SessionRow } from '#store/tables/sessions.ts';

const MINUTE = 60_000;
/** Lifetime of an unopened link. */
export const LINK_MS = 5 * MINUTE;
const UNUSED_MS = 7 * DAY_MS;
const LONGEST_MS = 30 * DAY_MS;
/** Lifetime of the session of a page being printed. */
const PASSING_MS = 10 * MINUTE;
/** Interval of saving the time of last use: the precision after a crash. */
const USE_WRITTEN_MS = 60 * MINUTE;
const MOST_LINKS = 100;
const MOST_SESSIONS = 100;
const USER_AGENT_MAX = 300;

interface Link {
  readonly until: number;
  readonly isPassing: boolean;
  readonly onOpened: () => void;
}

interface Live extends SessionRow {
  /** for printing one page: neither listed nor stored */
  readonly isPassing: boolean;
  readonly consoles: Set<() => void>;
}

/** The answer to the browser, given once. */
export interface OpenedSession {
  readonly id: number;
  readonly secret: string;
}

export interface SessionsOptions {
  readonly engine: Pick<Engine, 'read' | 'write' | 'watch'>;
  readonly now: () => number;
  /** sessions opened under a different token end */
  readonly adminToken: string;
  readonly log: (message: string, detail: object) => void;
}

/** Console sessions. A link opens one; a person, its age or another admin token ends it. */
export class Sessions {
  readonly #engine: SessionsOptions['engine'];
  readonly #now: () => number;
  readonly #adminToken: Buffer;
  readonly #log: SessionsOptions['log'];
  /** by SHA-256 of the token */
  readonly #links = new Map<string, Link>();
  readonly #live = new Map<number, Live>();
  /** sessions whose end is being written */
  readonly #ending = new Set<number>();
  #lastId = 0;
  #isUnsaved = false;

  constructor({ engine, now, adminToken, log }: SessionsOptions) {
    this.#engine = engine;
    this.#now = now;
    this.#adminToken = hash('sha256', adminToken, 'buffer');
    this.#log = log;
    for (const row of allSessions(engine.read.store.reading)) {
      this.#lastId = Math.max(this.#lastId, row.id);
      const session: Live = { ...row, isPassing: false, consoles: new Set() };
      if (this.#adminToken.equals(row.admin_token) && this.#endsAt(session) > now()) this.#live.set(row.id, session);
      else this.#isUnsaved = true;
    }
    engine.watch((changes) => {
      // the database may have been replaced; it accepts writes once all watchers have been notified
      if (changes.length === 0) queueMicrotask(() => void this.#trySave());
    });
  }

  /**
   * Creates a link at the host's address `origin`, such as `http://127.0.0.1:8000`. Links are not stored: a restart ends them.
   * @param passing the session is for a single page and ends with it
   * @param onOpened called when the link has been followed
   */
  link(origin: string, { passing = false, onOpened = () => {} }: { passing?: boolean; onOpened?: () => void } = {}): ConsoleLink {
    const token = randomBytes(32).toString('base64url');
    const until = this.#now() + LINK_MS;
    for (const [key, { until: end }] of this.#links) if (end <= this.#now() || this.#links.size >= MOST_LINKS) this.#links.delete(key);
    this.#links.set(keyOf(token), { until, isPassing: passing, onOpened });
    return { url: `${origin}/console/?token=${token}`, expires_at: iso(until) };
  }

  /**
   * Follows a link, which consumes it. Null: the link does not exist or has expired.
   * @param host as in the request: the session is valid for this address only
   */
  open(token: string, { host, user_agent }: { host: string; user_agent: string }): OpenedSession | null {
    const key = keyOf(token);
    const link = this.#links.get(key);
    if (!link) return null;
    this.#links.delete(key);
    if (link.until <= this.#now()) return null;
    const secret = randomBytes(32).toString('hex');
    const now = this.#now();
    const session: Live = {
      id: ++this.#lastId,
      hash: hashOfSecret(secret),
      admin_token: this.#adminToken,
      host,
      user_agent: user_agent.slice(0, USER_AGENT_MAX),
      created_at: now,
      last_used_at: now,
      isPassing: link.isPassing,
      consoles: new Set(),
    };
    this.#live.set(session.id, session);
    if (!session.isPassing) {
      this.#dropTheLeastUsed();
      this.#log('a session was opened', { session: session.id });
      void this.#trySave();
    }
    link.onOpened();
    return { id: session.id, secret };
  }

  /** Whether the proof is valid for this session. @param host as in the request */
  isOpenedBy(id: number, proof: string, { challenge, host }: { challenge: string; host: string }): boolean {
    const session = this.#live.get(id);
    return session?.host === host && this.#endsAt(session) > this.#now() && isProof(proof, { hash: session.hash, challenge, host });
  }

  /** Registers an open console of this session until the returned function is called. @param end called when the session ends */
  attach(id: number, end: () => void): () => void {
    const session = this.#live.get(id);
    if (!session) throw new Error(`there is no session ${id}`);
    session.last_used_at = this.#now();
    session.consoles.add(end);
    return () => {
      session.last_used_at = this.#now();
      session.consoles.delete(end);
      if (session.isPassing) this.#forget(session);
    };
  }

  /** Sessions, oldest first. */
  list(): Session[] {
    const now = this.#now();
    return [...this.#live.values()]
      .filter((session) => !session.isPassing && this.#endsAt(session) > now)
      .map((session) => ({
        id: session.id,
        user_agent: session.user_agent,
        consoles: session.consoles.size,
        created_at: iso(session.created_at),
        last_used_at: iso(lastUse(session, now)),
        expires_at: iso(this.#endsAt(session)),
      }));
  }

  /** Ends a session permanently and closes its consoles. @throws as `engine.write` does; then the session continues */
  async end(id: number): Promise<Result<null>> {
    const session = this.#live.get(id);
    if (!session || session.isPassing) return notFound('session', id);
    this.#ending.add(id);
    try {
      await this.#save();
    } finally {
      this.#ending.delete(id);
    }
    this.#forget(session);
    this.#log('a session was ended', { session: id });
    return ok(null);
  }

  /** Ends expired sessions and saves unsaved ones. Called periodically; never throws. */
  tick(): void {
    const now = this.#now();
    for (const session of [...this.#live.values()]) {
      if (this.#endsAt(session) <= now) {
        this.#forget(session);
        this.#isUnsaved = true;
      } else if (session.consoles.size > 0 && now - session.last_used_at >= USE_WRITTEN_MS) {
        session.last_used_at = now;
        this.#isUnsaved = true;
      }
    }
    if (this.#isUnsaved) void this.#trySave();
  }

  /** Saves when each session was last used. */
  async close(): Promise<void> {
    await this.#trySave();
  }

  #endsAt(session: Live): number {
    if (session.isPassing) return session.created_at + PASSING_MS;
    return Math.min(session.created_at + LONGEST_MS, lastUse(session, this.#now()) + UNUSED_MS);
  }

  #forget(session: Live): void {
    this.#live.delete(session.id);
    for (const end of [...session.consoles]) end();
  }

  #dropTheLeastUsed(): void {
    const kept = [...this.#live.values()].filter(({ isPassing }) => !isPassing);
    if (kept.length <= MOST_SESSIONS) return;
    const now = this.#now();
    this.#forget(kept.reduce((least, session) => (lastUse(session, now) < lastUse(least, now) ? session : least)));
  }

  async #save(): Promise<void> {
    await this.#engine.write('admin', ({ tx }) => {
      replaceSessions(
        tx,
        [...this.#live.values()].filter(({ id, isPassing }) => !isPassing && !this.#ending.has(id)),
      );
      return ok(null);
    });
    this.#isUnsaved = false;
  }

  /** Saves sessions. What cannot be saved now is retried later; the engine has logged why. */
  async #trySave(): Promise<void> {
    this.#isUnsaved = true;
    await this.#save().catch(() => undefined);
  }
}

const keyOf = (token: string): string => createHash('sha256').update(token).digest('base64');

/** Time of last use. An open console uses its session continuously. */
const lastUse = ({ consoles, last_used_at }: Live, now: number): number => (consoles.size > 0 ? now : last_used_at);
