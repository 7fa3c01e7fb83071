/** Sends bytes to a port and returns everything that comes back, for requests that no HTTP client would make. */
import { connect } from 'node:net';
import { type Measured, stopwatch } from '../../faults/harness/measured.ts';

export interface Reply {
  /** of the last response; null: there was none */
  readonly status: number | null;
  /** problem code of the last response */
  readonly code: string | null;
  /** number of responses, including 100 Continue */
  readonly answers: number;
  readonly text: string;
  readonly took: Measured;
}

/** Longer than the host takes unless it is stopped. */
export const PATIENCE_MS = 20_000;

/** Resolves when the other side has ended the connection, or evidently never will. */
export function exchange(apiUrl: string, bytes: string | Buffer, address = '127.0.0.1'): Promise<Reply> {
  const sinceSent = stopwatch();
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const socket = connect(Number(new URL(apiUrl).port), address);
    const finish = () => {
      socket.destroy();
      resolve(replyOf(Buffer.concat(parts).toString('utf8'), sinceSent()));
    };
    socket.setTimeout(PATIENCE_MS, finish);
    socket.on('data', (part) => parts.push(part));
    socket.on('error', () => {}); // being disconnected while sending is a valid result
    socket.on('close', finish);
    socket.write(bytes);
  });
}

function replyOf(text: string, took: Measured): Reply {
  const heads = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)];
  const last = heads.at(-1);
  const code = /"code":"(\w+)"/.exec(text.slice(last?.index ?? 0))?.[1] ?? null;
  return { status: last ? Number(last[1]) : null, code, answers: heads.length, text, took };
}

/** A complete request; Content-Length is set if there is a body. */
export function requestOf(target: string, headers: readonly string[], body?: string | Buffer): Buffer {
  const bytes = body === undefined ? null : Buffer.from(body);
  const head = [`${target} HTTP/1.1`, ...headers, ...(bytes ? [`Content-Length: ${bytes.length}`] : []), 'Connection: close', '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head), bytes ?? Buffer.alloc(0)]);
}
