/** A call of the console over its WebSocket, as a browser that was let in makes it. */
import { WebSocket } from 'ws';

const PATIENCE_MS = 20_000;

/**
 * The answer, or the first that a subscription tells; the caller names the shape that the contract promises.
 * @param consoleUrl the link that the host printed
 * @throws when the host fails, or says nothing for 20 s
 */
export async function askConsole<T>(consoleUrl: string, method: 'query' | 'mutation' | 'subscription', path: string, input?: unknown): Promise<T> {
  const response = await fetch(consoleUrl, { redirect: 'manual' });
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { host, origin } = new URL(consoleUrl);
  const socket = new WebSocket(`ws://${host}/console/ws`, { headers: { cookie, origin } });
  try {
    return await new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('open', () => socket.send(JSON.stringify({ id: 1, method, params: { path, input } })));
      socket.on('message', (data: Buffer) => {
        const { result, error } = JSON.parse(data.toString('utf8')) as { result?: { type: string; data: T }; error?: { message: string } };
        if (error) reject(new Error(`${path}: ${error.message}`));
        else if (result?.type === 'data') resolve(result.data);
      });
      setTimeout(() => reject(new Error(`${path} was not answered`)), PATIENCE_MS).unref();
    });
  } finally {
    socket.terminate();
  }
}
