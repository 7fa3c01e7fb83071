/** Serves the console's contract on anything that looks like a WebSocket. */
import type { IncomingMessage } from 'node:http';
import { getWSConnectionHandler, jsonEncoder } from '@trpc/server/adapters/ws';
import type { WebSocketServer } from 'ws';
import { type ConsoleRouter, consoleRouter, type Host } from '#shared/contract/console.ts';
import { EncodedRun } from '#shared/contract/runs.ts';

/** What a pipe has to have: text both ways. `message` comes with a Buffer, as from the ws package. */
export interface ConsolePipe {
  /** 1 while it is open */
  readonly readyState: number;
  send(text: string): void;
  close(): void;
  on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  once(event: 'close', listener: () => void): unknown;
}

/** Begins to serve a console that has just connected. */
export type ConnectConsole = (pipe: ConsolePipe, request?: IncomingMessage) => void;

type Handler = ReturnType<typeof getWSConnectionHandler<ConsoleRouter>>;
/** A pipe that is no HTTP connection has no request; tRPC only looks for parameters in its address. */
const NO_REQUEST = { url: '/', headers: {} } as IncomingMessage;

/** As tRPC writes it by itself; but a run of changes is text already. */
const encoder: typeof jsonEncoder = {
  ...jsonEncoder,
  encode(message: unknown) {
    const { id, result } = message as { id?: number; result?: { data?: unknown } }; // tRPC's envelope
    const run = result?.data;
    return run instanceof EncodedRun ? `{"id":${id},"result":{"type":"data","data":${run.json}}}` : jsonEncoder.encode(message);
  },
};

/** @param onBug called with what a call threw: expected failures come back as values and never get here */
export function serveConsole(host: Host, onBug: (path: string | undefined, error: Error) => void): ConnectConsole {
  const connect = getWSConnectionHandler<ConsoleRouter>({
    router: consoleRouter,
    createContext: () => ({ host }),
    experimental_encoder: encoder,
    onError: ({ error, path }) => {
      if (error.code === 'INTERNAL_SERVER_ERROR') onBug(path, error.cause ?? error);
    },
    wss: undefined as unknown as WebSocketServer, // asked for by the type, used by the library's other entry only
  });
  return (pipe, request = NO_REQUEST) => connect(pipe as Parameters<Handler>[0], request); // uses these parts of a ws socket, no others
}
