/**
 * All streams of `GET /events`. The journal is the buffer: each stream has a position in it and receives the next rows as fast as
 * its reader consumes them. A slow reader costs a few kilobytes, and nobody misses events. A reader that stalls is disconnected. Rows that a source's streams read count
 * against its read limit; its streams pause when the limit is exceeded.
 */
import type { ServerResponse } from 'node:http';
import type { Engine } from '#engine/core/engine.ts';
import { eventsAfter } from '#engine/views/events.ts';
import { type DeskEvent, eventKindsOfSources, RESET } from '#shared/contract/events.ts';
import type { Change } from '#shared/effects/effects.ts';
import type { Clock } from './clock.ts';
import type { RateLimiter } from './rate-limiter.ts';

/** Maximum number of streams, shared by the sources and the admin. */
export const MAX_STREAMS = 64;
/** Interval of heartbeats. A reader that consumes nothing between two of them is disconnected. */
export const HEARTBEAT_MS = 15_000;
/** Reconnection delay given to clients. */
const RETRY_MS = 1000;
/** Pause of a stream whose source has exceeded its read limit. */
const PAUSE_MS = 1000;
/** Number of latest changes cached while there are streams. */
const RECENT = 1024;
/** Number of changes written to a socket before other streams get their turn. */
const BATCH = 256;

/** One encoded event. */
interface Frame {
  readonly revision: number;
  /** the source whose keys may receive it; null: admin only */
  readonly source_id: number | null;
  readonly text: string;
}

export interface Follower {
  readonly response: ServerResponse;
  readonly headers: Readonly<Record<string, number | string | string[] | undefined>>;
  /** the last revision that the client knows */
  readonly after: number;
  /** the client's revision if it is ahead of this desk: the desk was restored from a backup, and what the client knows is gone */
  readonly beyond: number | null;
  /** null: the admin, who receives everything */
  readonly source_id: number | null;
  /** re-evaluated when keys change */
  readonly mayStay: () => boolean;
}

/** All open event streams: each change is encoded once and sent to every follower that may receive it. */
export class EventStreams {
  readonly #engine: Engine;
  readonly #clock: Clock;
  readonly #limiter: RateLimiter;
  readonly #streams = new Set<Stream>();
  readonly #stop: (() => void)[];
  /** the latest changes, without gaps */
  #recent: Frame[] = [];
  #closed = false;

  constructor(engine: Engine, limiter: RateLimiter, clock: Clock) {
    this.#engine = engine;
    this.#limiter = limiter;
    this.#clock = clock;
    this.#stop = [
      engine.watch((changes) => this.#announce(changes)),
      clock.every(HEARTBEAT_MS, () => {
        for (const stream of this.#streams) stream.heartbeat();
      }),
    ];
  }

  /** Opens a stream. At the maximum, the newest stream of whoever has most is closed; false when nobody has more than this caller. */
  open(follower: Follower): boolean {
    if (this.#closed) return false;
    if (this.#streams.size >= MAX_STREAMS) {
      const other = this.#lastOfMost(follower.source_id);
      if (other === null) return false;
      other.end();
    }
    const stream = new Stream(follower, {
      latest: () => this.#engine.board().revision,
      after: (revision) => this.#after(revision, follower.source_id),
      pause: (then) => this.#pause(then),
      ended: () => this.#streams.delete(stream),
    });
    this.#streams.add(stream);
    stream.pump();
    return true;
  }

  #lastOfMost(newcomer: number | null): Stream | null {
    const counts = new Map([[newcomer, 1]]);
    for (const { source_id } of this.#streams) counts.set(source_id, (counts.get(source_id) ?? 0) + 1);
    const most = Math.max(...counts.values());
    if (counts.get(newcomer) === most) return null;
    return [...this.#streams].findLast(({ source_id }) => counts.get(source_id) === most) ?? null;
  }

  /** Ends all streams and accepts no more. */
  close(): void {
    this.#closed = true;
    for (const stop of this.#stop.splice(0)) stop();
    this.#endAll();
  }

  #announce(changes: readonly Change[]): void {
    if (this.#streams.size === 0) {
      this.#recent = [];
      return;
    }
    if (changes.length === 0) {
      this.#endAll(); // the board was reloaded: clients reconnect and continue from the present state
      return;
    }
    try {
      this.#remember(changes);
    } catch (error) {
      this.#endAll();
      throw error;
    }
    const keysMayDiffer = changes.some(({ kind }) => kind === 'source_keys_changed' || kind === 'source_saved');
    for (const stream of this.#streams) {
      if (keysMayDiffer && !stream.mayStay()) stream.end();
      else stream.pump();
    }
  }

  #remember(changes: readonly Change[]): void {
    const after = (changes[0]?.revision ?? 1) - 1;
    this.#recent = [...this.#recent, ...eventsAfter(this.#engine.read, after, changes.length).map(frame)].slice(-RECENT);
  }

  #after(revision: number, source_id: number | null): readonly Frame[] | null {
    const first = this.#recent[0]?.revision;
    if (first !== undefined && revision + 1 >= first) return this.#recent.slice(revision + 1 - first, revision + 1 - first + BATCH);
    if (source_id !== null && this.#limiter.mayRead(source_id) !== null) return null;
    const events = eventsAfter(this.#engine.read, revision, BATCH);
    if (source_id !== null) this.#limiter.hasRead(source_id, events.length);
    return events.map(frame);
  }

  #pause(then: () => void): () => void {
    const stop = this.#clock.every(PAUSE_MS, () => {
      stop();
      then();
    });
    return stop;
  }

  #endAll(): void {
    this.#recent = [];
    for (const stream of this.#streams) stream.end();
  }
}

interface Journal {
  readonly latest: () => number;
  /** the next frames, empty only when there are none; null: pause first */
  readonly after: (revision: number) => readonly Frame[] | null;
  /** Calls `then` after a pause. Returns a function that cancels it. */
  readonly pause: (then: () => void) => () => void;
  readonly ended: () => void;
}

class Stream {
  readonly mayStay: () => boolean;
  readonly source_id: number | null;
  readonly #response: ServerResponse;
  readonly #journal: Journal;
  /** revision up to which everything was sent or is not for this reader */
  #position: number;
  /** the last event id that the reader has received */
  #told: number;
  #state: 'ready' | 'its turn comes' | 'pauses' | 'full' | 'full for long' | 'ended' = 'ready';
  #endPause: () => void = () => {};

  constructor({ response, headers, after, beyond, source_id, mayStay }: Follower, journal: Journal) {
    this.mayStay = mayStay;
    this.#response = response;
    this.source_id = source_id;
    this.#journal = journal;
    this.#position = after;
    this.#told = after;
    response.on('error', () => {}); // a disconnected reader is not an error
    response.on('close', () => this.#ended());
    response.on('drain', () => this.#goOn());
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream', connection: 'close' });
    // an id without data is not an event, but clients remember it
    this.#write(`retry: ${RETRY_MS}\nid: ${after}\n\n`);
    if (beyond !== null) this.#write(`id: ${after}\nevent: ${RESET}\ndata: ${JSON.stringify({ revision: after, last_event_id: beyond })}\n\n`);
  }

  /** Sends available events, one batch at a time. */
  pump(): void {
    if (this.#state !== 'ready' || this.#position >= this.#journal.latest()) return;
    let frames: readonly Frame[] | null;
    try {
      frames = this.#journal.after(this.#position);
    } catch {
      this.end(); // the database cannot be read; the engine reports why
      return;
    }
    if (frames === null) {
      this.#state = 'pauses';
      this.#endPause = this.#journal.pause(() => {
        if (this.#state === 'pauses') this.#goOn();
      });
      return;
    }
    this.#position = frames.at(-1)?.revision ?? this.#position;
    const own = frames.filter((one) => this.source_id === null || one.source_id === this.source_id);
    this.#told = own.at(-1)?.revision ?? this.#told;
    if (own.length > 0) this.#write(own.map(({ text }) => text).join(''));
    if (this.#state !== 'ready' || frames.length === 0 || this.#position >= this.#journal.latest()) return;
    this.#state = 'its turn comes';
    setImmediate(() => {
      if (this.#state === 'its turn comes') this.#goOn();
    });
  }

  heartbeat(): void {
    if (this.#state === 'full for long') this.#response.destroy();
    else if (this.#state === 'full') this.#state = 'full for long';
    else if ((this.#state === 'ready' || this.#state === 'pauses') && this.#told < this.#position) {
      this.#told = this.#position; // so that events for others need not be scanned again
      this.#write(`:\nid: ${this.#position}\n\n`);
    } else if (this.#state === 'ready' || this.#state === 'pauses') this.#write(':\n\n');
  }

  /** Ends the stream without flushing; the reader resumes where it was. */
  end(): void {
    if (this.#response.writableNeedDrain) this.#response.destroy();
    else this.#response.end();
    this.#ended();
  }

  #write(text: string): void {
    if (!this.#response.write(text)) this.#state = 'full';
  }

  #goOn(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ready';
    this.pump();
  }

  #ended(): void {
    this.#state = 'ended';
    this.#endPause();
    this.#journal.ended();
  }
}

const forSources: ReadonlySet<string> = new Set(eventKindsOfSources);

function frame(event: DeskEvent): Frame {
  const { revision, kind, source_id = null } = event;
  return { revision, source_id: forSources.has(kind) ? source_id : null, text: `id: ${revision}\nevent: ${kind}\ndata: ${JSON.stringify(event)}\n\n` };
}
