/**
 * Listening sockets. By default the port is taken on both loopback addresses: a bot that uses `localhost` may try [::1] first and would send its token
 * to whatever program listens there.
 */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from './app.ts';
import { type Connections, REQUEST_TIMEOUT_MS } from './connections.ts';
import type { Door } from './door.ts';
import { onClientError } from './errors.ts';
import { type Certificates, speakTls } from './tls.ts';

export interface Listening {
  readonly port: number;
  /** One server per address; the WebSocket must be attached to each. */
  readonly servers: readonly Server[];
  readonly connections: Connections;
  readonly door: Door;
}

/** Another process, or another server in this one, uses the port. */
export class PortTaken extends Error {
  readonly code = 'port_taken';
  readonly port: number;

  constructor(port: number, message: string) {
    super(message);
    this.port = port;
  }
}

/** Maximum time to wait for slow or idle clients at shutdown; no answer takes this long. */
const CLOSE_WITHIN_MS = 3000;
const LET_GO_EVERY_MS = 20;
/** Longer than common clients keep idle connections, so that clients usually close first and no request meets a closing connection. */
const KEEP_ALIVE_MS = 20_000;

/** Limit including cookies: browsers send the cookies of every port of this host. door.ts has a lower limit without them. */
const MAX_HEADER_BYTES = 64 * 1024;

const listening = new WeakMap<App, readonly Server[]>();

const isWebSocket = ({ headers }: IncomingMessage): boolean => headers.upgrade?.toLowerCase() === 'websocket';

/** A server with our limits and deadlines, whose requests go through their connection's queue. With certificates it speaks TLS only. */
export function createHttpServer(handler: RequestListener, connections: Connections, certificates?: Certificates): Server {
  const serve: RequestListener = (request, response) => {
    const begin = () => handler(request, response);
    const connection = connections.of(request.socket);
    if (connection) connection.serve(response, begin);
    else begin();
  };
  const server: Server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: 5000,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: 1000,
      keepAliveTimeout: KEEP_ALIVE_MS,
      requireHostHeader: false, // refused by our own check, with a problem document
      shouldUpgradeCallback: (request) => server.listenerCount('upgrade') > 0 && isWebSocket(request),
    },
    serve,
  );
  server.prependListener('connection', (socket) => connections.add(socket));
  // the guard sends 100 Continue once it has accepted the request; an unknown Expect header must not cause an answer by Node itself
  server.on('checkContinue', serve);
  server.on('checkExpectation', serve);
  if (certificates) speakTls(server, certificates, connections);
  return server;
}

/**
 * Listens on 127.0.0.1 and [::1], or only on `host` if that is another address. Port 0 picks a free port.
 * @throws PortTaken
 */
export async function listen(app: App, { host, port }: { readonly host?: string | undefined; readonly port: number }): Promise<Listening> {
  await app.ready();
  if (host !== undefined && !['127.0.0.1', '::1', 'localhost'].includes(host)) return await listenOn(app, host, port, null);
  for (;;) {
    const second = await openIpv6(app, port);
    try {
      return await listenOn(app, '127.0.0.1', second ? portOf(second) : port, second);
    } catch (error) {
      second?.close();
      // the port picked on [::1] may be in use on 127.0.0.1
      if (port !== 0 || !(error instanceof PortTaken)) throw error;
    }
  }
}

async function listenOn(app: App, host: string, port: number, second: Server | null): Promise<Listening> {
  await open(app.server, host, port);
  const servers = second ? [app.server, second] : [app.server];
  listening.set(app, servers);
  return { port: portOf(app.server), servers, connections: app.connections, door: app.door };
}

/**
 * Makes `app.close()` close what `listen` opened: first no new connections are accepted; when all other parts are closed, remaining
 * connections get a little time. Upgraded connections must be closed by their owner, and are not waited for longer either.
 */
export function closeWith(app: App): void {
  let closed: Promise<unknown> = Promise.resolve();
  app.addHook('preClose', async () => {
    closed = Promise.all((listening.get(app) ?? []).map((server) => new Promise((resolve) => server.close(resolve))));
  });
  app.addHook('onClose', async () => {
    // clients keep a connection after their answer for the next request: close it once it is idle
    const lettingGo = setInterval(() => {
      for (const server of listening.get(app) ?? []) server.closeIdleConnections();
    }, LET_GO_EVERY_MS);
    let patience: NodeJS.Timeout | undefined;
    const cutOff = new Promise<void>((resolve) => {
      patience = setTimeout(() => {
        for (const server of listening.get(app) ?? []) server.closeAllConnections();
        resolve();
      }, CLOSE_WITHIN_MS);
    });
    await Promise.race([closed, cutOff]);
    clearTimeout(patience);
    clearInterval(lettingGo);
  });
}

async function openIpv6(app: App, port: number): Promise<Server | null> {
  const server = createHttpServer((request, response) => app.routing(request, response), app.connections, app.certificates);
  server.on('clientError', onClientError(app.connections));
  try {
    await open(server, '::1', port);
    return server;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return null;
    throw error;
  }
}

function open(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      server.off('listening', onListening);
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port, `${host.includes(':') ? `[${host}]` : host}:${port} is in use by another program.`) : error);
    };
    const onListening = (): void => {
      server.off('error', onError);
      resolve();
    };
    server.once('error', onError);
    server.once('listening', onListening);
    server.listen({ host, port });
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port; // an AddressInfo, since it listens on a host and not on a pipe
}
