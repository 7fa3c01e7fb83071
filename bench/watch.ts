/**
 * Consoles without a screen, in a process of their own: they connect as the page does, take the board, read every change and see to it that none is
 * missing. What they would do on a screen is left out, since it would take from the host's two cores what elsewhere is another machine's. Told by who forks it.
 */
import { createTRPCClient, createWSClient, wsLink } from '@trpc/client';
import { WebSocket } from 'ws';
import type { ConsoleRouter } from '#shared/contract/console.ts';
import { decodeRun } from '#shared/contract/runs.ts';

export interface WatchOrder {
  /** with the token that opens the console */
  readonly consoleUrl: string;
  readonly consoles: number;
}

async function watch({ consoleUrl, consoles }: WatchOrder): Promise<void> {
  const { origin, host } = new URL(consoleUrl);
  const opened = await fetch(consoleUrl, { redirect: 'manual' });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  class Console extends WebSocket {
    constructor(url: string) {
      super(url, { origin, headers: { cookie } });
    }
  }
  for (let i = 0; i < consoles; i++) {
    const socket = createWSClient({ url: `ws://${host}/console/ws`, WebSocket: Console as unknown as typeof globalThis.WebSocket }); // has the parts that the client uses
    const client = createTRPCClient<ConsoleRouter>({ links: [wsLink({ client: socket })] });
    let revision: number | null = null;
    client.changes.subscribe(undefined, {
      onData: (run) => {
        for (const change of decodeRun(run)) {
          if (revision === null || change.revision <= revision) continue; // the board has it
          if (change.revision !== revision + 1) throw new Error(`change ${change.revision} does not follow revision ${revision}`);
          revision = change.revision;
        }
      },
      onError: (error) => console.error('a console lost its host', error.message),
    });
    ({ revision } = await client.board.query());
  }
  process.send?.('watching');
}

process.once('message', (order: WatchOrder) => void watch(order));
