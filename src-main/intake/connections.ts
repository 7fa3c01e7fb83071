/**
 * The connections of all our addresses together. There may be `MAX_CONNECTIONS`; when one more comes, whoever holds most of them gives one
 * back: the one that has waited longest for its client. This is longest queue drop (B. Suter, T. V. Lakshman, D. Stiliadis, A. K. Choudhury,
 * "Design considerations for supporting TCP with per-flow queueing", INFOCOM 1998), with a queue for each source, one for the admin and one for
 * all who have not shown a token yet. So nobody can lock others out by holding connections.
 *
 * Requests that come before the last ones are answered wait here, a few of each connection are handed on at once, and nothing more is read from
 * a connection as long as some wait: who sends faster than we answer finds the socket full. So what a flood holds is bounded before it is parsed.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Arrivals } from './arrivals.ts';

export const MAX_CONNECTIONS = 512;
/** Requests of one connection that are worked on at once; and none is begun while an answer waits to be read. */
export const AT_ONCE = 4;
/** Requests that wait on all connections. One piece of a socket's bytes may have more than a thousand; then the connection with most is ended. */
export const MAX_PIPELINED = 4096;
/** How long a request that was late through no fault of its client may take from when it is read again: as long as any other (`listen.ts`). */
export const REQUEST_TIMEOUT_MS = 10_000;

/** Who was let in last on a connection: a source, the admin (null), or nobody yet. */
export type Owner = number | null | undefined;

export class Connections {
  /** of new ones: while they come, requests wait */
  readonly arrivals = new Arrivals();
  readonly #all = new Map<Duplex, Connection>();
  /** counts what happens on connections, to tell which has waited longest */
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

  /** Counts a connection, and ends another where there are too many; this one, when none waits for its client. */
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

  /** For a connection that carries no requests any more. */
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

/** A request that Node's deadline met while nothing was read from its connection. Node names it once and counts no further. */
interface Late {
  /** unknown while its headers arrive */
  request: IncomingMessage | null;
  readonly end: () => void;
  timer?: NodeJS.Timeout;
}

interface Waiting {
  readonly response: ServerResponse;
  readonly begin: () => void;
}

export class Connection {
  owner: Owner;
  /** when something last happened on it */
  since: number;
  readonly #socket: Duplex;
  readonly #count: Count;
  readonly #inflow: Inflow;
  /** whose answers are not sent whole yet, oldest first: they are sent in this order */
  readonly #unanswered: ServerResponse[] = [];
  readonly #waiting: Waiting[] = [];
  /** of the last request whose headers are there */
  #latest: IncomingMessage | null = null;
  #late: Late | null = null;

  constructor(socket: Duplex, count: Count) {
    this.#socket = socket;
    this.#count = count;
    this.#inflow = new Inflow(socket);
    this.since = count.moment();
    socket.once('close', () => clearTimeout(this.#late?.timer));
  }

  /** How many of its requests wait. */
  get pipelined(): number {
    return this.#waiting.length;
  }

  /** True while it is we who read nothing more: what its client has sent in part is late through no fault of its own. */
  get isHeldUp(): boolean {
    return this.#waiting.length > 0;
  }

  /**
   * Gives the request that is arriving a deadline of our own, from when it is read on; for one that is held up.
   * @param end called when it is late then
   */
  putOff(end: () => void): void {
    this.#late = { request: this.#latest?.complete === false ? this.#latest : null, end };
  }

  /** Begins a request when it is its turn. */
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

  /** True when it is the client that has to send or to read. */
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

  /** Begins those of its requests whose turn it is. */
  goOn(): void {
    if (this.#socket.destroyed) return; // nobody would hear the answers
    while (this.#waiting.length > 0 && this.#mayBegin()) {
      const [next] = this.#waiting.splice(0, 1);
      this.#count.waits(-1);
      if (this.#waiting.length === 0) this.#readOn(); // the body of this one may be still to come
      if (next) this.#begin(next);
    }
  }

  #readOn(): void {
    this.#inflow.goOn();
    const late = this.#late;
    if (late) late.timer = setTimeout(() => (late.request?.complete ? undefined : late.end()), REQUEST_TIMEOUT_MS).unref();
  }
}

/** What is read from a socket. Node resumes a socket whenever somebody asks for a body; while it is stopped here it stays so. */
class Inflow {
  readonly #socket: Duplex;
  #isStopped = false;
  /** what Node wants meanwhile */
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
