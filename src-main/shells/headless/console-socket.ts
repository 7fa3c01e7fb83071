/** The console's WebSocket at /console/ws: same door as HTTP, then our own Origin and the cookie, then the contract. */
import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ConnectConsole } from '#console/serve.ts';
import { doorProblem } from '#intake/door.ts';
import type { Listening } from '#intake/listen.ts';
import { takeUpgrades } from '#intake/upgrades.ts';
import { MAX_MESSAGE_BYTES } from '#shared/contract/limits.ts';
import type { ConsoleSession } from './session.ts';

const PATH = '/console/ws';
/** A console that leaves this much unread has fallen asleep; it reconnects and asks for a fresh board. */
const MAX_UNREAD_BYTES = 16 * 1024 * 1024;
const GOING_AWAY = 1001;
/** A console that is asleep does not answer our goodbye, and its socket would keep the server from closing. */
const GOODBYE_WITHIN_MS = 1000;

export interface ConsoleSockets {
  /** Says goodbye to every console; they try to reconnect. */
  close(): void;
}

export function consoleSockets(listening: Listening, session: ConsoleSession, connect: ConnectConsole, log: Logger): ConsoleSockets {
  const sockets = new WebSocketServer({ noServer: true, clientTracking: true, maxPayload: MAX_MESSAGE_BYTES });
  const stop = takeUpgrades(listening, ({ request, socket, head, letIn, refuse }) => {
    if (!mayConnect(request, session)) return refuse();
    sockets.handleUpgrade(request, socket, head, (client) => {
      letIn();
      guardMemory(client, log);
      connect(client, request);
    });
  });
  return {
    close() {
      stop();
      for (const client of sockets.clients) {
        client.close(GOING_AWAY);
        setTimeout(() => client.terminate(), GOODBYE_WITHIN_MS).unref();
      }
    },
  };
}

/** Pages of other origins can open WebSockets to us, and browsers send our cookie along; the Origin is what tells them apart. */
function mayConnect(request: IncomingMessage, session: ConsoleSession): boolean {
  const { origin, host, cookie } = request.headers;
  return (
    request.url?.split('?')[0] === PATH &&
    doorProblem(request) === null &&
    origin === `http://${host}` &&
    session.isOpenedBy(cookie, request.socket.localPort ?? 0)
  );
}

function guardMemory(client: WebSocket, log: Logger): void {
  const send = client.send.bind(client) as (data: string) => void; // tRPC sends text and no options
  client.send = (data: string) => {
    if (client.bufferedAmount > MAX_UNREAD_BYTES) {
      log.warn({ unread: client.bufferedAmount }, 'a console reads too slowly, it is cut off');
      client.terminate();
      return;
    }
    send(data);
  };
}
