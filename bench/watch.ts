/**
 * Consoles without a screen, in their own process: they connect as the page does, fetch the board, read every change and check that none is
 * missing. Rendering is left out, because it would use the host's two cores, whereas real consoles run on other machines. Controlled by the parent process.
 */
import { once } from 'node:events';
import type { Board } from '#shared/board.ts';
import { decodeRun, type PackedRun } from '#shared/contract/runs.ts';
import { type Asked, newConsoleLink, openConsoleSocket, openSession } from '#shells/testing/ask-console.ts';

export interface WatchOrder {
  readonly host: Asked;
  readonly consoles: number;
}

interface Told {
  readonly id: number;
  readonly result?: { readonly type: string; readonly data?: unknown };
  readonly error?: { readonly message: string };
}

const [CHANGES, BOARD] = [1, 2];

async function watch({ host, consoles }: WatchOrder): Promise<void> {
  const session = await openSession(await newConsoleLink(host));
  for (let i = 0; i < consoles; i++) {
    const socket = await openConsoleSocket(host.apiUrl, session);
    let revision: number | null = null;
    socket.on('message', (text: Buffer) => {
      const { id, result, error } = JSON.parse(text.toString('utf8')) as Told;
      if (error) console.error('a console lost its host', error.message);
      if (result?.type !== 'data') return;
      if (id === BOARD) ({ revision } = result.data as Board);
      else
        for (const change of decodeRun(result.data as PackedRun)) {
          if (revision === null || change.revision <= revision) continue; // already on the board
          if (change.revision !== revision + 1) throw new Error(`change ${change.revision} does not follow revision ${revision}`);
          revision = change.revision;
        }
    });
    const ask = (id: number, method: string, path: string) => socket.send(JSON.stringify({ id, method, params: { path } }));
    ask(CHANGES, 'subscription', 'changes');
    ask(BOARD, 'query', 'board');
    while (revision === null) await once(socket, 'message');
  }
  process.send?.('watching');
}

process.once('message', (order: WatchOrder) => void watch(order));
