/** Serves the console's contract on anything that looks like a WebSocket. */
import type { IncomingMessage } from 'node:http';
import { getWSConnectionHandler, jsonEncoder } from '@trpc/server/adapters/ws';
import type { WebSocketServer } from 'ws';
import type { ConsoleRouter, Host } from '#shared/contract/console.ts';
import type { Principal } from '#shared/contract/principal.ts';
import { EncodedRun } from '#shared/contract/runs.ts';
import { consoleRouter } from './router.ts';

/** A bidirectional text channel. `message` events carry a Buffer, as in the ws package. */
export interface ConsolePipe {
  /** 1 while open */
  readonly readyState: number;
  send(text: string): void;
  close(): void;
  on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  once(event: 'close', listener: () => void): unknown;
}

/** Starts serving a console that has connected, and whose user is known. */
export type ConnectConsole = (pipe: ConsolePipe, principal: Principal, request?: IncomingMessage) => void;

type Handler = ReturnType<typeof getWSConnectionHandler<ConsoleRouter>>;
/** Stand-in for pipes without an HTTP request; tRPC only reads parameters from its URL. */
const NO_REQUEST = { url: '/', headers: {} } as IncomingMessage;

/** tRPC's encoding, except that runs of changes are already encoded. */
const encoder: typeof jsonEncoder = {
  ...jsonEncoder,
  encode(message: unknown) {
    const { id, result } = message as { id?: number; result?: { data?: unknown } }; // tRPC's envelope
    const run = result?.data;
    return run instanceof EncodedRun ? `{"id":${id},"result":{"type":"data","data":${run.json}}}` : jsonEncoder.encode(message);
  },
};

/** Serves the contract on pipes. @param onBug called with what a call threw; expected failures are returned as values instead */
export function serveConsole(host: Host, onBug: (path: string | undefined, error: Error) => void): ConnectConsole {
  return (pipe, principal, request = NO_REQUEST) => {
    const connect = getWSConnectionHandler<ConsoleRouter>({
      router: consoleRouter,
      createContext: () => ({ host, principal }),
      experimental_encoder: encoder,
      onError: ({ error, path }) => {
        if (error.code === 'INTERNAL_SERVER_ERROR') onBug(path, error.cause ?? error);
      },
      wss: undefined as unknown as WebSocketServer, // required by the type, but used only by the library's other entry point
    });
    connect(pipe as Parameters<Handler>[0], request); // tRPC uses only these parts of a ws socket
  };
}
