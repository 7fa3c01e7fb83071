/**
 * Rejects foreign requests by their request line and headers alone. A web page can make a browser send requests to a
 * loopback port, also under its own host name resolved to 127.0.0.1 (DNS rebinding); the Host and Origin headers reveal such requests.
 * Node's parser accepts several Host headers, none at all, and absolute-form targets.
 */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { fail, type Problem } from '#shared/contract/problems.ts';

/** Limit for the request target and all headers except cookies. Cookies are not read, and browsers send those of every other program on this machine. */
const MAX_HEADER_BYTES = 8 * 1024;

export const headersTooLarge: Problem = { code: 'malformed_request', detail: 'The headers are larger than 8 KiB.' };

/** A name by which the desk is reached besides loopback: that of this computer, a domain, a proxy's or a container's. */
export interface AllowedHost {
  /** in lower case; an IPv6 address in brackets */
  readonly name: string;
  /** null: the desk's own port, and none, as a proxy on a default port has it */
  readonly port: number | null;
}

/** Checks requests, also those of the console's WebSocket, since upgrades bypass fastify. */
export class Door {
  readonly #allowed: readonly AllowedHost[];
  /** spellings of the hosts, for the last port asked about */
  #known: { readonly port: number; readonly loopback: ReadonlySet<string>; readonly named: ReadonlySet<string> } = {
    port: 0,
    loopback: new Set(),
    named: new Set(),
  };

  constructor(allowed: readonly AllowedHost[] = []) {
    this.#allowed = allowed;
  }

  /** Null: the request is accepted. */
  problem(request: IncomingMessage): Problem | null {
    const host = onlyHost(request.rawHeaders);
    if (host === null || !this.#isOurs(host, request)) return foreignHost;
    if ((request.url ?? '').length + headerBytes(request.rawHeaders) > MAX_HEADER_BYTES) return headersTooLarge;
    if (request.httpVersion !== '1.1') return fail('malformed_request', 'HTTP/1.1 is required.').problem;
    if (!request.url?.startsWith('/')) return fail('malformed_request', 'The request target must be a path.').problem;

    const { origin, 'sec-fetch-site': site } = request.headers;
    const isForeignOrigin = origin !== undefined && !this.#originsOf(host, request).includes(origin);
    // "none": the user typed the address; curl and bots send no such header
    const isForeignSite = site !== undefined && site !== 'same-origin' && site !== 'none' && !followsLink(request);
    return isForeignOrigin || isForeignSite ? foreignOrigin : null;
  }

  /** The address at which an accepted request reached the desk, such as `http://127.0.0.1:8000`. */
  addressOf(request: IncomingMessage): string {
    const { host = '', origin } = request.headers;
    const [usual = ''] = this.#originsOf(host, request);
    return origin ?? usual;
  }

  /** Accepts literal loopback names with our port, the literal address of the connection when explicitly bound elsewhere, and the allowed names. */
  #isOurs(host: string, { socket }: IncomingMessage): boolean {
    const { localAddress = '', localPort = 0 } = socket;
    const { loopback, named } = this.#spellings(localPort);
    return loopback.has(host) || withPort(literal(localAddress), localPort).includes(host) || named.has(host.toLowerCase());
  }

  /**
   * Origins of our own pages at this host, the likeliest first. Before an allowed name there may be a proxy that speaks TLS to its clients and plain HTTP to us. What it
   * says about that in `X-Forwarded-Proto` anybody can say; on the default port, it is assumed.
   */
  #originsOf(host: string, { socket }: IncomingMessage): string[] {
    if (isEncrypted(socket)) return [`https://${host}`];
    const { loopback, named } = this.#spellings(socket.localPort ?? 0);
    if (loopback.has(host) || !named.has(host.toLowerCase())) return [`http://${host}`];
    const origins = [`http://${host}`, `https://${host}`];
    return /:\d+$/.test(host) ? origins : origins.toReversed();
  }

  #spellings(port: number): { loopback: ReadonlySet<string>; named: ReadonlySet<string> } {
    if (this.#known.port !== port)
      this.#known = {
        port,
        loopback: new Set(['127.0.0.1', '[::1]', 'localhost'].flatMap((name) => withPort(name, port))),
        named: new Set(this.#allowed.flatMap((allowed) => spellingsOf(allowed, port))),
      };
    return this.#known;
  }
}

const foreignHost = fail(
  'foreign_host',
  'Call http://127.0.0.1, http://[::1] or http://localhost with our port, or a name given with --allow-host, and send exactly one Host header.',
).problem;
const foreignOrigin = fail('foreign_origin', 'This request was made by a web page that is not our console.').problem;

const isEncrypted = (socket: Socket): boolean => 'encrypted' in socket && socket.encrypted === true;

/** A link to the console, or an invitation, may be followed from anywhere, such as from the file that opens the browser, or from a mail. Without a valid token it opens nothing. */
function followsLink({ method, url, headers }: IncomingMessage): boolean {
  const isNavigation = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return isNavigation && method === 'GET' && (url?.startsWith('/console/?token=') === true || url?.startsWith('/console/?invite=') === true);
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

/** Clients omit the default ports. */
const spellingsOf = ({ name, port }: AllowedHost, ownPort: number): string[] =>
  port === null ? [name, `${name}:${ownPort}`] : port === 80 || port === 443 ? [name, `${name}:${port}`] : [`${name}:${port}`];

/** Spellings of a host with its port: clients omit port 80. */
function withPort(name: string, port: number): string[] {
  return port === 80 ? [name, `${name}:80`] : [`${name}:${port}`];
}

function literal(address: string): string {
  if (address.startsWith('::ffff:')) return address.slice('::ffff:'.length);
  return address.includes(':') ? `[${address}]` : address;
}
