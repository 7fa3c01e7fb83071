/**
 * Connections that become WebSockets. They are no longer HTTP requests, so they are counted here: clients that are not admitted are soon disconnected and
 * never take a connection from a bot. Any other upgrade (`h2c`, which curl and Java's client offer) is ignored: the request is answered normally.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Listening } from './listen.ts';

/** Maximum number of pending upgrades; when one more arrives, the oldest is disconnected. */
export const MAX_ASKING = 64;
/** Maximum time that an upgrade may be pending. */
const LET_IN_WITHIN_MS = 5000;
const FORBIDDEN = 'HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  /** Admits the connection; from now on its owner must close it. */
  letIn(): void;
  /** Answers 403 and closes the connection, whatever its client does. */
  refuse(): void;
}

/** Passes upgrades to `take`, which must admit or refuse each. Returns a function that stops it. */
export function takeUpgrades({ servers, connections }: Pick<Listening, 'servers' | 'connections'>, take: (upgrade: Upgrade) => void): () => void {
  /** pending upgrades in order of arrival, each with its timeout */
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
