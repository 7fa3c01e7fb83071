/** The addresses of a desk: where it listens, and where others reach it. */
import { networkInterfaces } from 'node:os';
import { domainToASCII } from 'node:url';
import type { AllowedHost } from '#intake/door.ts';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);
const EVERYWHERE: ReadonlySet<string> = new Set(['0.0.0.0', '::']);
const NAMED = /^(?<name>\[[\da-f:.]+\]|[^[\]:/@?#\s]+)(?::(?<port>\d{1,5}))?$/i;

/** Whether other machines reach what listens on this address; undefined is loopback. */
export const isBeyondLoopback = (host: string | undefined): host is string => host !== undefined && !LOOPBACK.has(host);

/** Reads `NAME[:PORT]`. Null: it is no name. Names in other scripts are converted to how browsers send them (RFC 5891). */
export function readAllowedHost(text: string): AllowedHost | null {
  const { name = '', port } = NAMED.exec(text)?.groups ?? {};
  const ascii = name.startsWith('[') ? name.toLowerCase() : domainToASCII(name);
  const isName = ascii.startsWith('[') ? URL.canParse(`http://${ascii}`) : /^[a-z\d_]([a-z\d_.-]*[a-z\d_])?$/.test(ascii);
  const number = port === undefined ? null : Number(port);
  return isName && (number === null || (number > 0 && number <= 65_535)) ? { name: ascii, port: number } : null;
}

export interface Addresses {
  /** URL for programs on this machine */
  readonly local: string;
  /** URL for whoever is to use the desk: other machines, if it listens to them */
  readonly public: string;
  /** further URLs, of names given with `--allow-host` */
  readonly others: readonly string[];
}

interface Listens {
  readonly host: string | undefined;
  readonly port: number;
  readonly allowedHosts: readonly AllowedHost[];
  readonly isEncrypted: boolean;
}

/** Where a desk is reached that listens like this. */
export function addressesOf({ host, port, allowedHosts, isEncrypted }: Listens): Addresses {
  const scheme = isEncrypted ? 'https' : 'http';
  const local = `${scheme}://${withPort(isBeyondLoopback(host) && !EVERYWHERE.has(host) ? host : '127.0.0.1', port)}`;
  const named = allowedHosts.map((allowed) => {
    // behind the bare name of a desk that listens on loopback is a proxy, which speaks TLS
    if (allowed.port === null && !isBeyondLoopback(host)) return `https://${allowed.name}`;
    return `${allowed.port === 443 ? 'https' : scheme}://${withPort(allowed.name, allowed.port ?? port)}`;
  });
  if (!isBeyondLoopback(host)) return { local, public: local, others: named };
  const [first = `${scheme}://${withPort(EVERYWHERE.has(host) ? (firstOuterAddress() ?? '127.0.0.1') : host, port)}`, ...others] = named;
  return { local, public: first, others };
}

const withPort = (name: string, port: number): string => `${name.includes(':') && !name.startsWith('[') ? `[${name}]` : name}:${port}`;

/** IPv4 first: it is what people type. */
function firstOuterAddress(): string | undefined {
  const outer = Object.values(networkInterfaces()).flatMap((list = []) => list.filter(({ internal, scopeid }) => !internal && !scopeid));
  return (outer.find(({ family }) => family === 'IPv4') ?? outer[0])?.address;
}
