/**
 * Connections that become WebSockets. They are no requests any more, so they are counted here: whoever is not let in is cut off soon, and
 * never takes a place from a bot. Any other upgrade (`h2c`, which curl and Java's client offer) is not taken up: the request is answered as it is.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Listening } from './listen.ts';

/** How many may ask to be let in at once; when one more comes, the one that has asked longest is cut off. */
export const MAX_ASKING = 64;
/** How long one may ask. */
const LET_IN_WITHIN_MS = 5000;
const FORBIDDEN = 'HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  /** From now on it is its owner's to end. */
  letIn(): void;
  /** Answers 403 and ends it, whatever its client does. */
  refuse(): void;
}

/** Gives upgrades to `take`, which has to let each in or refuse it. The answer stops that. */
export function takeUpgrades({ servers, connections }: Pick<Listening, 'servers' | 'connections'>, take: (upgrade: Upgrade) => void): () => void {
  /** those who ask, in the order they came, each with the end of its time */
  const asking = new Map<Duplex, NodeJS.Timeout>();
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    connections.release(socket);
    socket.on('error', () => socket.destroy());
    const [longest] = asking.keys();
    if (longest && asking.size >= MAX_ASKING) longest.destroy();
    const asksNoMore = () => {
      clearTimeout(asking.get(socket));
      asking.delete(socket);
    };
    asking.set(
      socket,
      setTimeout(() => socket.destroy(), LET_IN_WITHIN_MS),
    );
    socket.once('close', asksNoMore);
    take({ request, socket, head, letIn: asksNoMore, refuse: () => socket.end(FORBIDDEN, () => socket.destroy()) });
  };
  for (const server of servers) server.on('upgrade', onUpgrade);
  return () => {
    for (const server of servers) server.off('upgrade', onUpgrade);
    for (const socket of asking.keys()) socket.destroy();
  };
}
