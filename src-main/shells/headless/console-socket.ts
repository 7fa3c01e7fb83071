/** The console's WebSocket at /console/ws: the same checks as HTTP, then our own Origin, then the session proof, then the contract. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { ConnectConsole } from '#console/serve.ts';
import type { Sessions } from '#engine/access/sessions.ts';
import type { Listening } from '#intake/listen.ts';
import { takeUpgrades } from '#intake/upgrades.ts';
import { id } from '#shared/contract/entities.ts';
import { MAX_MESSAGE_BYTES } from '#shared/contract/limits.ts';
import { type Challenge, type Hello, NO_SESSION, WELCOME } from '#shared/contract/sessions.ts';

const PATH = '/console/ws';
/** A console with this much unread data is considered suspended. It is disconnected, and later reconnects and requests a fresh board. */
const MAX_UNREAD_BYTES = 16 * 1024 * 1024;
const GOING_AWAY = 1001;
/** A suspended console does not answer the closing handshake, and its socket would prevent the server from closing. */
const GOODBYE_WITHIN_MS = 1000;
/** Maximum size of a proof message; clients that send more are disconnected. */
const MAX_HELLO_BYTES = 4096;

const proved = z.object({ session: id, proof: z.string() });
const hello = proved.extend({ replaces: proved.optional() });

export interface ConsoleSockets {
  /** Closes all consoles' connections; consoles try to reconnect. */
  close(): void;
}

/** Accepts WebSocket connections of consoles and serves each the contract. */
export function consoleSockets(listening: Listening, sessions: Sessions, connect: ConnectConsole, log: Logger): ConsoleSockets {
  const sockets = new WebSocketServer({ noServer: true, clientTracking: true, maxPayload: MAX_MESSAGE_BYTES });
  const stop = takeUpgrades(listening, ({ request, socket, head, letIn, refuse }) => {
    if (!mayAsk(request, listening)) return refuse();
    sockets.handleUpgrade(request, socket, head, (client) => {
      askForProof({ client, request, socket, sessions }, (session) => {
        letIn();
        const detach = sessions.attach(session, (why) => sendAway(client, why === 'ended' ? NO_SESSION : GOING_AWAY));
        client.once('close', detach);
        guardMemory(client, log);
        connect(client, sessions.principalOf(session), request);
      });
    });
  });
  return {
    close() {
      stop();
      for (const client of sockets.clients) sendAway(client, GOING_AWAY);
    },
  };
}

/** Pages of other origins can open WebSockets to us; the Origin header identifies them. */
function mayAsk(request: IncomingMessage, { door }: Listening): boolean {
  return request.url?.split('?')[0] === PATH && door.problem(request) === null && request.headers.origin !== undefined;
}

interface Asked {
  readonly client: WebSocket;
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly sessions: Sessions;
}

/** Calls `onProved` when the console has proved a session, in the same turn as its message arrived; otherwise disconnects it. */
function askForProof({ client, request, socket, sessions }: Asked, onProved: (session: number) => void): void {
  const challenge = randomBytes(32).toString('base64url');
  let bytes = 0;
  const count = (part: Buffer) => {
    bytes += part.length;
    if (bytes > MAX_HELLO_BYTES) socket.destroy();
  };
  socket.on('data', count);
  client.once('error', () => client.terminate());
  client.once('message', (data: Buffer) => {
    socket.off('data', count);
    const said = helloIn(data);
    const isProved = ({ session, proof }: z.infer<typeof proved>) => sessions.isOpenedBy(session, proof, { challenge, host: request.headers.host ?? '' });
    if (!said || !isProved(said)) return sendAway(client, NO_SESSION);
    if (said.replaces && said.replaces.session !== said.session && isProved(said.replaces)) void sessions.end(said.replaces.session).catch(() => undefined); // on failure the session stays listed and expires when unused
    client.send(WELCOME);
    onProved(said.session);
  });
  client.send(JSON.stringify({ challenge } satisfies Challenge));
}

function helloIn(data: Buffer): Hello | null {
  try {
    return hello.parse(JSON.parse(data.toString('utf8'))) as Hello; // zod types optional fields as possibly undefined
  } catch {
    return null;
  }
}

function sendAway(client: WebSocket, code: number): void {
  client.close(code);
  setTimeout(() => client.terminate(), GOODBYE_WITHIN_MS).unref();
}

function guardMemory(client: WebSocket, log: Logger): void {
  const send = client.send.bind(client) as (data: string) => void; // tRPC sends text and no options
  client.send = (data: string) => {
    if (client.bufferedAmount > MAX_UNREAD_BYTES) {
      log.warn({ unread: client.bufferedAmount }, 'a console reads too slowly and is disconnected');
      client.terminate();
      return;
    }
    send(data);
  };
}
