/**
 * Console sessions of browsers. A link opens a session once; from then on the browser proves possession of the session's secret. Sessions are held
 * in memory, so that the console opens even when the disk is full, and stored in the database, so that they survive a restart. A restore
 * does not bring sessions back: present ones continue, those of the backup are dropped.
 */
import { createHash, hash, randomBytes } from 'node:crypto';
import type { Engine } from '#engine/core/engine.ts';
import { iso } from '#engine/views/present.ts';
import type { ConsoleLink, Session } from '#shared/contract/entities.ts';
import { adminPrincipal, consolePrincipal, type Principal, personOf, personPrincipal, type Rights } from '#shared/contract/principal.ts';
import { notFound, ok, type Result } from '#shared/contract/problems.ts';
import { hashOfSecret, isProof } from '#shared/session-proof.ts';
import { DAY_MS } from '#shared/time.ts';
import { personById } from '#store/tables/people.ts';
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
  readonly consoles: Set<OnLeave>;
  /** of the person when a console of the session was last told apart; null: the administrator of the machine */
  rights: Rights | null;
}

/** Called when an open console is to go away: its session has ended, or the rights of its person have changed. */
export type OnLeave = (why: 'ended' | 'changed') => void;

/** The browser that asks. */
export interface Browser {
  /** as in the request: the session is valid for this address only */
  readonly host: string;
  readonly user_agent: string;
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
      const session: Live = { ...row, isPassing: false, consoles: new Set(), rights: this.#rightsOf(row.person_id) };
      if (this.#adminToken.equals(row.admin_token) && this.#endsAt(session) > now() && isSomebody(session)) this.#live.set(row.id, session);
      else this.#isUnsaved = true;
    }
    engine.watch((changes) => {
      if (changes.length === 0 || changes.some(({ kind }) => kind === 'person_saved')) this.#lookAtPeople();
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

  /** Follows a link, which consumes it. Null: the link does not exist or has expired. */
  open(token: string, browser: Browser): OpenedSession | null {
    const key = keyOf(token);
    const link = this.#links.get(key);
    if (!link) return null;
    this.#links.delete(key);
    if (link.until <= this.#now()) return null;
    const opened = this.#begin({ ...browser, isPassing: link.isPassing, person_id: null });
    link.onOpened();
    return opened;
  }

  /** Opens a session for a person who has signed in. */
  openFor(person_id: number, browser: Browser): OpenedSession {
    return this.#begin({ ...browser, isPassing: false, person_id });
  }

  #begin({ host, user_agent, isPassing, person_id }: Browser & Pick<Live, 'isPassing' | 'person_id'>): OpenedSession {
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
      person_id,
      isPassing,
      consoles: new Set(),
      rights: this.#rightsOf(person_id),
    };
    this.#live.set(session.id, session);
    if (!session.isPassing) {
      this.#dropTheLeastUsed();
      this.#log('a session was opened', { session: session.id, ...(person_id !== null && { person: person_id }) });
      void this.#trySave();
    }
    return { id: session.id, secret };
  }

  /** Whether the proof is valid for this session. @param host as in the request */
  isOpenedBy(id: number, proof: string, { challenge, host }: { challenge: string; host: string }): boolean {
    const session = this.#live.get(id);
    return session?.host === host && this.#endsAt(session) > this.#now() && isProof(proof, { hash: session.hash, challenge, host });
  }

  /** Who uses a session: the person, with the present rights, or the administrator of the machine. */
  principalOf(id: number): Principal {
    const { person_id, rights } = this.#session(id);
    return person_id === null || rights === null ? consolePrincipal : personPrincipal({ id: person_id, ...rights });
  }

  /** Registers an open console of this session until the returned function is called. */
  attach(id: number, onLeave: OnLeave): () => void {
    const session = this.#session(id);
    session.last_used_at = this.#now();
    session.consoles.add(onLeave);
    return () => {
      session.last_used_at = this.#now();
      session.consoles.delete(onLeave);
      if (session.isPassing) this.#forget(session);
    };
  }

  #session(id: number): Live {
    const session = this.#live.get(id);
    if (!session) throw new Error(`there is no session ${id}`);
    return session;
  }

  /** Sessions, oldest first: administrators see all, other people their own. */
  list({ actor, role }: Pick<Principal, 'actor' | 'role'> = adminPrincipal): Session[] {
    const now = this.#now();
    const own = personOf(actor);
    return [...this.#live.values()]
      .filter((session) => !session.isPassing && this.#endsAt(session) > now && (role === 'administrator' || (own !== null && session.person_id === own)))
      .map((session) => ({
        id: session.id,
        person_id: session.person_id,
        person: this.#personOf(session.person_id)?.name ?? null,
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
    await this.#end([session]);
    return ok(null);
  }

  /** Ends all sessions of a person. @throws as `end` does */
  async endAll(person_id: number): Promise<void> {
    await this.#end([...this.#live.values()].filter((session) => session.person_id === person_id));
  }

  async #end(sessions: readonly Live[]): Promise<void> {
    for (const { id } of sessions) this.#ending.add(id);
    try {
      await this.#save();
    } finally {
      for (const { id } of sessions) this.#ending.delete(id);
    }
    for (const session of sessions) {
      this.#forget(session);
      this.#log('a session was ended', { session: session.id });
    }
  }

  /** Whom people sign in as may have changed: sessions of those who were removed end, and consoles of those who may do more or less now connect again. */
  #lookAtPeople(): void {
    for (const session of [...this.#live.values()]) {
      const before = session.rights;
      session.rights = this.#rightsOf(session.person_id);
      if (!isSomebody(session)) {
        this.#forget(session);
        this.#isUnsaved = true;
      } else if (session.rights?.role !== before?.role || session.rights?.operator_id !== before?.operator_id)
        for (const onLeave of [...session.consoles]) onLeave('changed');
    }
    if (this.#isUnsaved) queueMicrotask(() => void this.#trySave());
  }

  #personOf(person_id: number | null) {
    const row = person_id === null ? undefined : personById(this.#engine.read.store.reading, person_id);
    return row?.removed_at === null ? row : undefined;
  }

  #rightsOf(person_id: number | null): Rights | null {
    const row = this.#personOf(person_id);
    return row ? { role: row.role, operator_id: row.operator_id } : null;
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
    for (const onLeave of [...session.consoles]) onLeave('ended');
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

/** Whether it belongs to a person in use, or to the administrator of the machine. */
const isSomebody = ({ person_id, rights }: Pick<Live, 'person_id' | 'rights'>): boolean => person_id === null || rights !== null;

const keyOf = (token: string): string => createHash('sha256').update(token).digest('base64');

/** Time of last use. An open console uses its session continuously. */
const lastUse = ({ consoles, last_used_at }: Live, now: number): number => (consoles.size > 0 ? now : last_used_at);
