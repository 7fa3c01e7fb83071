/**
 * The connections of all our addresses together. There may be `MAX_CONNECTIONS`; when one more comes, whoever holds most of them gives one
 * back: the one that has waited longest for its client. This is longest queue drop (B. Suter, T. V. Lakshman, D. Stiliadis, A. K. Choudhury,
 * "Design considerations for supporting TCP with per-flow queueing", INFOCOM 1998), with a queue for each source, one for the admin and one for
 * all who have not shown a token yet. So nobody can lock others out by holding connections.
 */
import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

export const MAX_CONNECTIONS = 512;

/** Who was let in last on a connection: a source, the admin (null), or nobody yet. */
export type Owner = number | null | undefined;

export class Connections {
  readonly #all = new Map<Duplex, Connection>();
  /** counts what happens on connections, to tell which has waited longest */
  #moment = 0;

  get size(): number {
    return this.#all.size;
  }

  /** Counts a connection, and ends another where there are too many; this one, when none waits for its client. */
  add(socket: Duplex): void {
    const connection = new Connection(() => ++this.#moment);
    this.#all.set(socket, connection);
    socket.once('close', () => this.#all.delete(socket));
    if (this.#all.size > MAX_CONNECTIONS) this.#drop(this.#longestWaiting() ?? socket);
  }

  of(socket: Duplex): Connection | undefined {
    return this.#all.get(socket);
  }

  /** For a connection that carries no requests any more. */
  release(socket: Duplex): void {
    this.#all.delete(socket);
  }

  #drop(socket: Duplex): void {
    this.#all.delete(socket);
    socket.destroy();
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

export class Connection {
  owner: Owner;
  /** when something last happened on it */
  since: number;
  readonly #moment: () => number;
  /** whose answers are not sent whole yet, oldest first: they are sent in this order */
  readonly #unanswered: ServerResponse[] = [];

  constructor(moment: () => number) {
    this.#moment = moment;
    this.since = moment();
  }

  /** Follows a request until its answer is sent. */
  serve(response: ServerResponse): void {
    this.since = this.#moment();
    this.#unanswered.push(response);
    response.once('close', this.#onClose);
  }

  /** True when it is the client that has to send or to read. */
  get waitsForClient(): boolean {
    const [response] = this.#unanswered;
    return response === undefined || !response.req.complete || response.writableEnded || response.writableNeedDrain;
  }

  readonly #onClose = (): void => {
    this.since = this.#moment();
    this.#unanswered.shift();
  };
}
