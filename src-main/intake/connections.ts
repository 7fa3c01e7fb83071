/**
 * The connections of all listening addresses together, at most `MAX_CONNECTIONS`. When one more arrives, whoever holds most of them loses one:
 * the one that has waited longest for its client. This is longest queue drop (B. Suter, T. V. Lakshman, D. Stiliadis, A. K. Choudhury,
 * "Design considerations for supporting TCP with per-flow queueing", INFOCOM 1998), with a queue for each source, one for the admin and one for
 * all unauthenticated connections. So nobody can lock others out by holding connections.
 *
 * Pipelined requests wait here. A few of each connection are passed on at once, and nothing more is read from
 * a connection while some wait: a client that sends faster than we answer fills its socket buffer. So the memory held by a flood is bounded before parsing.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Arrivals } from './arrivals.ts';

export const MAX_CONNECTIONS = 512;
/** Maximum number of concurrent requests of one connection. None is begun while an answer has not been read. */
export const AT_ONCE = 4;
/** Maximum number of waiting requests on all connections. One chunk from a socket may contain more than a thousand. Beyond it, the connection with most is ended. */
export const MAX_PIPELINED = 4096;
/** Deadline of a request that was delayed by us, counted from when reading resumes: the same as for any request (`listen.ts`). */
export const REQUEST_TIMEOUT_MS = 10_000;

/** The last authenticated caller on a connection: a source id, null for the admin, undefined for nobody yet. */
export type Owner = number | null | undefined;

/** Connections of all listening addresses, with their limits. */
export class Connections {
  /** new connections: while they arrive, requests wait */
  readonly arrivals = new Arrivals();
  readonly #all = new Map<Duplex, Connection>();
  /** counts events on connections, to find the one that has waited longest */
  #moment = 0;
  #pipelined = 0;

  constructor() {
    this.arrivals.onGoOn(() => {
      for (const connection of this.#all.values()) connection.goOn();
    });
  }

  get size(): number {
    return this.#all.size;
  }

  /** Registers a connection. If there are too many, ends another one, or this one when none is waiting for its client. */
  add(socket: Duplex): void {
    this.arrivals.add();
    const connection = new Connection(socket, {
      moment: () => ++this.#moment,
      waits: (more) => this.#all.has(socket) && this.#waits(more),
      holdWork: () => this.arrivals.holdWork,
    });
    this.#all.set(socket, connection);
    socket.once('close', () => this.release(socket));
    if (this.#all.size > MAX_CONNECTIONS) this.#drop(this.#longestWaiting() ?? socket);
  }

  of(socket: Duplex): Connection | undefined {
    return this.#all.get(socket);
  }

  /** Unregisters a connection that no longer carries requests. */
  release(socket: Duplex): void {
    this.#pipelined -= this.#all.get(socket)?.pipelined ?? 0;
    this.#all.delete(socket);
  }

  #drop(socket: Duplex): void {
    this.release(socket);
    socket.destroy();
  }

  #waits(more: number): void {
    this.#pipelined += more;
    if (this.#pipelined <= MAX_PIPELINED) return;
    const most = Math.max(...[...this.#all.values()].map(({ pipelined }) => pipelined));
    const longest = [...this.#all].find(([, { pipelined }]) => pipelined === most);
    if (longest) this.#drop(longest[0]);
  }

  #longestWaiting(): Duplex | null {
    const owners = new Map<Owner, { connections: number; socket: Duplex | null; since: number }>();
    for (const [socket, { owner, since, waitsForClient }] of this.#all) {
      const its = owners.get(owner) ?? { connections: 0, socket: null, since: Number.POSITIVE_INFINITY };
      owners.set(owner, its);
      its.connections += 1;
      if (waitsForClient && since < its.since) Object.assign(its, { socket, since });
    }
    const those = [...owners.values()].filter(({ socket }) => socket !== null);
    const most = Math.max(...those.map(({ connections }) => connections));
    return those.find(({ connections }) => connections === most)?.socket ?? null;
  }
}

interface Count {
  readonly moment: () => number;
  readonly waits: (more: number) => unknown;
  readonly holdWork: () => boolean;
}

/** A request whose Node deadline expired while its connection was not being read. Node reports it only once. */
interface Late {
  /** null while its headers are arriving */
  request: IncomingMessage | null;
  readonly end: () => void;
  timer?: NodeJS.Timeout;
}

interface Waiting {
  readonly response: ServerResponse;
  readonly begin: () => void;
}

/** One connection: its owner, and requests that wait for their turn or for their answer to be sent. */
export class Connection {
  owner: Owner;
  /** moment of its last event */
  since: number;
  readonly #socket: Duplex;
  readonly #count: Count;
  readonly #inflow: Inflow;
  /** responses not fully sent yet, oldest first, in sending order */
  readonly #unanswered: ServerResponse[] = [];
  readonly #waiting: Waiting[] = [];
  /** the last request whose headers have arrived */
  #latest: IncomingMessage | null = null;
  #late: Late | null = null;

  constructor(socket: Duplex, count: Count) {
    this.#socket = socket;
    this.#count = count;
    this.#inflow = new Inflow(socket);
    this.since = count.moment();
    socket.once('close', () => clearTimeout(this.#late?.timer));
  }

  /** Number of its waiting requests. */
  get pipelined(): number {
    return this.#waiting.length;
  }

  /** True while we have stopped reading: a partially sent request is then not late by the client's fault. */
  get isHeldUp(): boolean {
    return this.#waiting.length > 0;
  }

  /**
   * Sets a new deadline for the arriving request of a held-up connection, counted from when reading resumes.
   * @param end called when that deadline expires
   */
  putOff(end: () => void): void {
    this.#late = { request: this.#latest?.complete === false ? this.#latest : null, end };
  }

  /** Queues a request and begins it when it is its turn. */
  serve(response: ServerResponse, begin: () => void): void {
    this.since = this.#count.moment();
    this.#latest = response.req;
    if (this.#late) this.#late.request ??= response.req;
    if (this.#waiting.length === 0 && this.#mayBegin()) {
      this.#begin({ response, begin });
      return;
    }
    this.#waiting.push({ response, begin });
    this.#inflow.stop();
    clearTimeout(this.#late?.timer);
    this.#count.waits(1);
  }

  /** True when the client has to send or read. */
  get waitsForClient(): boolean {
    const [response] = this.#unanswered;
    if (response === undefined) return this.#waiting.length === 0;
    return !response.req.complete || response.writableEnded || response.writableNeedDrain;
  }

  #mayBegin(): boolean {
    return !this.#count.holdWork() && this.#unanswered.length < AT_ONCE && !this.#unanswered.some(({ writableEnded }) => writableEnded);
  }

  #begin({ response, begin }: Waiting): void {
    this.#unanswered.push(response);
    response.once('close', this.#onSent);
    begin();
  }

  readonly #onSent = (): void => {
    this.since = this.#count.moment();
    this.#unanswered.shift();
    this.goOn();
  };

  /** Begins the requests whose turn it is. */
  goOn(): void {
    if (this.#socket.destroyed) return; // nobody would receive the answers
    while (this.#waiting.length > 0 && this.#mayBegin()) {
      const [next] = this.#waiting.splice(0, 1);
      this.#count.waits(-1);
      if (this.#waiting.length === 0) this.#readOn(); // the body of this request may not have arrived yet
      if (next) this.#begin(next);
    }
  }

  #readOn(): void {
    this.#inflow.goOn();
    const late = this.#late;
    if (late) late.timer = setTimeout(() => (late.request?.complete ? undefined : late.end()), REQUEST_TIMEOUT_MS).unref();
  }
}

/** Controls reading from a socket. Node resumes a socket whenever a body is requested; a socket stopped here stays stopped. */
class Inflow {
  readonly #socket: Duplex;
  #isStopped = false;
  /** the state that Node has requested meanwhile */
  #flows = true;
  #node: Pick<Duplex, 'pause' | 'resume'> | null = null;

  constructor(socket: Duplex) {
    this.#socket = socket;
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#node ??= this.#comeBetween();
    this.#isStopped = true;
    this.#flows = !this.#socket.isPaused();
    this.#node.pause();
  }

  goOn(): void {
    if (!this.#isStopped) return;
    this.#isStopped = false;
    if (this.#flows) this.#node?.resume();
  }

  #comeBetween(): Pick<Duplex, 'pause' | 'resume'> {
    const socket = this.#socket;
    const node = { pause: socket.pause.bind(socket), resume: socket.resume.bind(socket) };
    const unlessStopped = (flows: boolean, act: () => Duplex) => () => {
      if (!this.#isStopped) return act();
      this.#flows = flows;
      return socket;
    };
    Object.assign(socket, { pause: unlessStopped(false, node.pause), resume: unlessStopped(true, node.resume) });
    return node;
  }
}
