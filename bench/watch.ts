/** Consoles without a screen, in a process of their own: they connect as the page does, take the board and bring it forward. Told by who forks it. */
import { createTRPCClient, createWSClient, wsLink } from '@trpc/client';
import { WebSocket } from 'ws';
import { advance, type Board } from '#shared/board.ts';
import type { ConsoleRouter } from '#shared/contract/console.ts';

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
    let board: Board | null = null;
    client.changes.subscribe(undefined, {
      onData: (changes) => {
        const { revision } = board ?? { revision: 0 };
        if (board)
          board = advance(
            board,
            changes.filter((change) => change.revision > revision),
          );
      },
      onError: (error) => console.error('a console lost its host', error.message),
    });
    board = await client.board.query();
  }
  process.send?.('watching');
}

process.once('message', (order: WatchOrder) => void watch(order));
