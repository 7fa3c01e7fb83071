/** TLS in front of a server. A client that speaks plain HTTP to it is told so, instead of seeing its connection break. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { fail } from '#shared/contract/problems.ts';
import type { Connections } from './connections.ts';
import { rawAnswer } from './errors.ts';

/** PEM texts. */
export interface Certificate {
  /** the certificate, followed by those that lead to its authority */
  readonly cert: string;
  readonly key: string;
}

/** The certificate of a desk, which may be renewed while it runs. */
export interface Certificates {
  readonly current: () => Certificate;
  /** Calls back after a renewal. */
  readonly onRenewed: (listener: () => void) => void;
}

/** The same time that request headers get. */
const HANDSHAKE_WITHIN_MS = 5000;
/** For this long a plain request is read and discarded, so that its client can read the answer. */
const READ_ON_MS = 1000;
/** First byte of a TLS handshake record (RFC 8446, 5.1). */
const HANDSHAKE = 22;

const PLAIN = rawAnswer(
  fail('malformed_request', 'This port speaks TLS: call https:// instead. A desk started with --insecure takes plain HTTP from other machines.').problem,
);

/**
 * Makes a server treat its connections as TLS. The handlers of `connection` that it has so far receive the decrypted sockets. A connection counts as one
 * among `connections`, also during its handshake.
 */
export function speakTls(server: Server, certificates: Certificates, connections: Connections): void {
  const handlers = server.listeners('connection') as ((socket: Socket) => void)[];
  server.removeAllListeners('connection');
  const context = () => ({ ...certificates.current(), minVersion: 'TLSv1.2' as const });
  const tls = createServer({ ...context(), ALPNProtocols: ['http/1.1'], handshakeTimeout: HANDSHAKE_WITHIN_MS });
  certificates.onRenewed(() => tls.setSecureContext(context()));

  /** connections whose handshake is not complete */
  const greeting = new Map<string, () => void>();
  tls.on('tlsClientError', (_error, socket) => socket.destroy());
  tls.on('secureConnection', (socket) => {
    greeting.get(peerOf(socket))?.();
    socket.on('error', () => socket.destroy());
    for (const handle of handlers) handle.call(server, socket);
  });

  server.on('connection', (socket: Socket) => {
    const peer = peerOf(socket);
    const late = setTimeout(() => socket.destroy(), HANDSHAKE_WITHIN_MS).unref();
    const greeted = () => {
      clearTimeout(late);
      if (greeting.get(peer) === greeted) greeting.delete(peer);
      connections.release(socket);
    };
    greeting.set(peer, greeted);
    connections.add(socket);
    socket.once('close', greeted);
    socket.on('error', () => socket.destroy());
    const gone = () => socket.destroy();
    socket.once('end', gone);
    socket.once('data', (first: Buffer) => {
      socket.off('end', gone);
      socket.pause();
      socket.unshift(first);
      if (first[0] === HANDSHAKE) tls.emit('connection', socket);
      else answerPlainly(socket);
    });
  });
}

/** Unique among the connections of a listening address. */
const peerOf = ({ remoteAddress, remotePort }: Socket | TLSSocket): string => `${remoteAddress} ${remotePort}`;

function answerPlainly(socket: Socket): void {
  socket.on('data', () => undefined);
  socket.end(PLAIN);
  setTimeout(() => socket.destroy(), READ_ON_MS).unref();
}
