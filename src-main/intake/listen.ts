/**
 * Sockets. By default both loopbacks get the port: a bot that says `localhost` may try [::1] first, and would hand its token
 * to whoever sits there.
 */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from './app.ts';
import { type Connections, REQUEST_TIMEOUT_MS } from './connections.ts';
import { onClientError } from './errors.ts';

export interface Listening {
  readonly port: number;
  /** One per address; a WebSocket has to be attached to each. */
  readonly servers: readonly Server[];
  readonly connections: Connections;
}

/** Another process, or another program of this one, has the port. */
export class PortTaken extends Error {
  readonly code = 'port_taken';
  readonly port: number;

  constructor(port: number, message: string) {
    super(message);
    this.port = port;
  }
}

/** A slow or idle client must not keep us from ending; nobody's answer takes this long. */
const CLOSE_WITHIN_MS = 3000;
const LET_GO_EVERY_MS = 20;
/** Longer than common clients keep an idle connection, so that mostly they close first and no request meets a closing one. */
const KEEP_ALIVE_MS = 20_000;

/** With cookies, which a browser brings along whoever has set them: those of every port of this machine. Without them the door takes less. */
const MAX_HEADER_BYTES = 64 * 1024;

const listening = new WeakMap<App, readonly Server[]>();

const isWebSocket = ({ headers }: IncomingMessage): boolean => headers.upgrade?.toLowerCase() === 'websocket';

export function createHttpServer(handler: RequestListener, connections: Connections): Server {
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
      requireHostHeader: false, // ours to refuse, with a problem document
      shouldUpgradeCallback: (request) => server.listenerCount('upgrade') > 0 && isWebSocket(request),
    },
    serve,
  );
  server.prependListener('connection', (socket) => connections.add(socket));
  // a body is asked for by the guard, when it has let the request in; an unknown Expect header is no reason for an answer that is not ours
  server.on('checkContinue', serve);
  server.on('checkExpectation', serve);
  return server;
}

/**
 * Accepts requests on 127.0.0.1 and [::1], or on `host` alone if that is another address. Port 0 picks a free one.
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
      // the free port of [::1] may be in use on 127.0.0.1
      if (port !== 0 || !(error instanceof PortTaken)) throw error;
    }
  }
}

async function listenOn(app: App, host: string, port: number, second: Server | null): Promise<Listening> {
  await open(app.server, host, port);
  const servers = second ? [app.server, second] : [app.server];
  listening.set(app, servers);
  return { port: portOf(app.server), servers, connections: app.connections };
}

/**
 * Makes `app.close()` close what `listen` opened: at first nobody new is let in; when all other parts are closed, whoever is
 * still connected gets a little time. Upgraded connections are their owner's to close, and are not waited for any longer either.
 */
export function closeWith(app: App): void {
  let closed: Promise<unknown> = Promise.resolve();
  app.addHook('preClose', async () => {
    closed = Promise.all((listening.get(app) ?? []).map((server) => new Promise((resolve) => server.close(resolve))));
  });
  app.addHook('onClose', async () => {
    // who had an answer coming keeps the connection for the next request: it is let go once it is idle
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
  const server = createHttpServer((request, response) => app.routing(request, response), app.connections);
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
  return (server.address() as AddressInfo).port; // not a pipe: it listens on a host
}
