/**
 * Rejects foreign requests by their request line and headers alone. A web page can make a browser send requests to a
 * loopback port, also under its own host name resolved to 127.0.0.1 (DNS rebinding); the Host and Origin headers reveal such requests.
 * Node's parser accepts several Host headers, none at all, and absolute-form targets.
 */
import type { IncomingMessage } from 'node:http';
import { fail, type Problem } from '#shared/contract/problems.ts';

/** Limit for the request target and all headers except cookies. Cookies are not read, and browsers send those of every other program on this machine. */
const MAX_HEADER_BYTES = 8 * 1024;

export const headersTooLarge: Problem = { code: 'malformed_request', detail: 'The headers are larger than 8 KiB.' };

/** Checks a request; also used for the console's WebSocket, since upgrades bypass fastify. Null: accepted. */
export function doorProblem(request: IncomingMessage): Problem | null {
  const host = onlyHost(request.rawHeaders);
  if (host === null || !isOurs(host, request)) {
    return fail('foreign_host', 'Call http://127.0.0.1, http://[::1] or http://localhost with our port, and send exactly one Host header.').problem;
  }
  if ((request.url ?? '').length + headerBytes(request.rawHeaders) > MAX_HEADER_BYTES) return headersTooLarge;
  if (request.httpVersion !== '1.1') return fail('malformed_request', 'HTTP/1.1 is required.').problem;
  if (!request.url?.startsWith('/')) return fail('malformed_request', 'The request target must be a path.').problem;

  const { origin, 'sec-fetch-site': site } = request.headers;
  const isForeignOrigin = origin !== undefined && origin !== `http://${host}`;
  // "none": the user typed the address; curl and bots send no such header
  const isForeignSite = site !== undefined && site !== 'same-origin' && site !== 'none' && !followsLink(request);
  return isForeignOrigin || isForeignSite ? fail('foreign_origin', 'This request was made by a web page that is not our console.').problem : null;
}

/** A link to the console may be followed from anywhere, such as from the file that opens the browser. Without a valid token it opens nothing. */
function followsLink({ method, url, headers }: IncomingMessage): boolean {
  const isNavigation = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return isNavigation && method === 'GET' && url?.startsWith('/console/?token=') === true;
}

function onlyHost(rawHeaders: readonly string[]): string | null {
  let host: string | null = null;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    if (name.length !== 4 || name.toLowerCase() !== 'host') continue;
    if (host !== null) return null;
    host = rawHeaders[i + 1] ?? null;
  }
  return host;
}

function headerBytes(rawHeaders: readonly string[]): number {
  let bytes = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const [name = '', value = ''] = [rawHeaders[i], rawHeaders[i + 1]];
    if (name.length !== 6 || name.toLowerCase() !== 'cookie') bytes += name.length + value.length;
  }
  return bytes;
}

/** Accepts literal loopback names with our port and, when explicitly bound elsewhere, the literal address of the connection. */
function isOurs(host: string, { socket }: IncomingMessage): boolean {
  const { localAddress = '', localPort = 0 } = socket;
  return loopbackNames(localPort).has(host) || withPort(literal(localAddress), localPort).includes(host);
}

let known: { readonly port: number; readonly names: ReadonlySet<string> } = { port: 0, names: new Set() };

function loopbackNames(port: number): ReadonlySet<string> {
  if (known.port !== port) known = { port, names: new Set(['127.0.0.1', '[::1]', 'localhost'].flatMap((name) => withPort(name, port))) };
  return known.names;
}

/** Spellings of a host with its port: clients omit port 80. */
function withPort(name: string, port: number): string[] {
  return port === 80 ? [name, `${name}:80`] : [`${name}:${port}`];
}

function literal(address: string): string {
  if (address.startsWith('::ffff:')) return address.slice('::ffff:'.length);
  return address.includes(':') ? `[${address}]` : address;
}
