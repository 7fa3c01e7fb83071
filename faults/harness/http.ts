/** One request to the host under test. A missing response is a valid result: it is what a client sees of a crash. */
import { Agent, request } from 'node:http';

export interface Sent {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly token: string;
  /** JSON, or the text of something else */
  readonly body?: object | string;
  readonly key?: string;
  /** how long the host may be silent */
  readonly patienceMs?: number;
}

export interface Answered {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfter: string | undefined;
}

/** Longer than the host takes unless it is stopped. */
const ITS_PATIENCE_MS = 8000;

export const newAgent = (): Agent => new Agent({ keepAlive: true, maxSockets: 2 });

/** Null if the connection was refused, broken off or silent: the outcome is unknown. */
export function send(agent: Agent, apiUrl: string, { method, path, token, body, key, patienceMs = ITS_PATIENCE_MS }: Sent): Promise<Answered | null> {
  const text = typeof body === 'string' ? body : body && JSON.stringify(body);
  const headers: Record<string, string | number> = { authorization: `Bearer ${token}` };
  if (text !== undefined) {
    headers['content-type'] = 'application/json';
    headers['content-length'] = Buffer.byteLength(text);
  }
  if (key !== undefined) headers['idempotency-key'] = key;
  return new Promise((resolve) => {
    const call = request(new URL(path, apiUrl), { method, agent, headers, timeout: patienceMs }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', () => resolve(null));
      response.on('close', () => {
        if (!response.complete) return resolve(null);
        const read = Buffer.concat(parts).toString('utf8');
        resolve({ status: response.statusCode ?? 0, body: read === '' ? null : JSON.parse(read), retryAfter: response.headers['retry-after'] });
      });
    });
    call.on('error', () => resolve(null));
    call.on('timeout', () => call.destroy());
    call.end(text);
  });
}
