/** A call of the console over its WebSocket, as a browser with a session makes it. */
import { WebSocket } from 'ws';
import { type Challenge, type Hello, SESSION_META, WELCOME } from '#shared/contract/sessions.ts';
import { proofOf } from '#shared/session-proof.ts';

const PATIENCE_MS = 20_000;

/** A running host with its admin token. */
export interface Asked {
  readonly apiUrl: string;
  readonly adminToken: string;
}

export interface BrowserSession {
  readonly id: number;
  readonly secret: string;
}

/** Creates an unused link to the console. */
export async function newConsoleLink({ apiUrl, adminToken }: Asked): Promise<string> {
  const response = await fetch(`${apiUrl}/console-links`, { method: 'POST', headers: { authorization: `Bearer ${adminToken}` } });
  if (response.status !== 201) throw new Error(`POST /console-links was answered ${response.status}`);
  return ((await response.json()) as { url: string }).url;
}

/** Follows a link. @throws when it opens no session */
export async function openSession(link: string): Promise<BrowserSession> {
  const response = await fetch(link, { redirect: 'manual' });
  const [, id, secret] = new RegExp(`name="${SESSION_META}" content="(\\d+)\\.([0-9a-f]{64})"`).exec(await response.text()) ?? [];
  if (id === undefined || secret === undefined) throw new Error(`the link was answered ${response.status}, without a session`);
  return { id: Number(id), secret };
}

/** Opens a socket with the session's proof accepted, ready for calls. @throws the close code when the proof is rejected */
export async function openConsoleSocket(apiUrl: string, { id, secret }: BrowserSession, headers: Record<string, string> = {}): Promise<WebSocket> {
  const { host, origin } = new URL(apiUrl);
  const socket = new WebSocket(`ws://${host}/console/ws`, { headers: { origin, ...headers } });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', (code) => reject(new Error(`closed with ${code}`)));
    socket.once('message', (data: Buffer) => {
      const { challenge } = JSON.parse(data.toString('utf8')) as Challenge;
      socket.send(JSON.stringify({ session: id, proof: proofOf(secret, challenge, host) } satisfies Hello));
      socket.once('message', (answer: Buffer) => (answer.toString('utf8') === WELCOME ? resolve() : reject(new Error('no welcome'))));
    });
  });
  return socket;
}

/**
 * Returns the answer of a call, or the first event of a subscription. The caller supplies the type promised by the contract.
 * @throws when the host fails or does not answer within 20 s
 */
export async function askConsole<T>(host: Asked, method: 'query' | 'mutation' | 'subscription', path: string, input?: unknown): Promise<T> {
  const socket = await openConsoleSocket(host.apiUrl, await openSession(await newConsoleLink(host)));
  try {
    return await new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.on('message', (data: Buffer) => {
        const { result, error } = JSON.parse(data.toString('utf8')) as { result?: { type: string; data: T }; error?: { message: string } };
        if (error) reject(new Error(`${path}: ${error.message}`));
        else if (result?.type === 'data') resolve(result.data);
      });
      setTimeout(() => reject(new Error(`${path} was not answered`)), PATIENCE_MS).unref();
      socket.send(JSON.stringify({ id: 1, method, params: { path, input } }));
    });
  } finally {
    socket.terminate();
  }
}
