/** `fetch` for the desk's own port. */
import { request } from 'node:https';

/** The part of `fetch` that a program needs for its own port. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** Trusts exactly this certificate, whatever names it has, for requests with a body of text. @param cert PEM */
export const pinnedFetch =
  (cert: () => string): Fetch =>
  (url, init = {}) =>
    new Promise((resolve, reject) => {
      const { method = 'GET', headers, body, signal } = init;
      const sent = request(
        url,
        {
          method,
          headers: Object.fromEntries(new Headers(headers)),
          ...(signal && { signal }),
          ca: cert(),
          allowPartialTrustChain: true,
          checkServerIdentity: () => undefined,
        },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('error', reject);
          answer.on('end', () => {
            const received = new Headers(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]));
            resolve(new Response(Buffer.concat(parts), { status: answer.statusCode ?? 500, headers: received }));
          });
        },
      );
      sent.on('error', reject);
      sent.end(body ?? undefined);
    });
