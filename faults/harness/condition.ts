/** What the host tells a console about its own condition: asked over the console's WebSocket, as a browser would. */
import { WebSocket } from 'ws';
import type { Condition } from '#shared/contract/console.ts';

const PATIENCE_MS = 5000;

export async function conditionOf(consoleUrl: string): Promise<Condition> {
  const response = await fetch(consoleUrl, { redirect: 'manual' });
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { host, origin } = new URL(consoleUrl);
  const socket = new WebSocket(`ws://${host}/console/ws`, { headers: { cookie, origin } });
  try {
    return await new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('open', () => socket.send(JSON.stringify({ id: 1, method: 'subscription', params: { path: 'condition' } })));
      socket.on('message', (data: Buffer) => {
        const { result } = JSON.parse(data.toString('utf8')) as { result?: { type: string; data?: Condition } };
        if (result?.type === 'data' && result.data) resolve(result.data);
      });
      setTimeout(() => reject(new Error('the host says nothing of its condition')), PATIENCE_MS).unref();
    });
  } finally {
    socket.terminate();
  }
}
