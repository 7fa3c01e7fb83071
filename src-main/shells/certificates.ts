/** The certificate that a desk shows to other machines: given as files, or its own. */
import { randomBytes, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { createSecureContext } from 'node:tls';
import type { AllowedHost } from '#intake/door.ts';
import type { Certificate, Certificates } from '#intake/tls.ts';
import type { Every } from '#shared/time.ts';
import { DAY_MS } from '#shared/time.ts';
import { readOwn } from '#vault/own-files.ts';
import { type DataDir, replaceFile } from './data-dir.ts';

/** Devices that trust it by hand do so once: it is not renewed within the life of most computers. */
const OWN_LASTS_MS = 10 * 365 * DAY_MS;
const LOOKED_AT_MS = 60_000;
const EXPIRES_SOON_MS = 14 * DAY_MS;

/** A certificate or key cannot be used. `why` is for the log and the person who starts the desk. */
export class UnusableCertificate extends Error {
  readonly file: string;
  readonly why: string;

  constructor(file: string, why: string) {
    super(`${file}: ${why}`);
    this.file = file;
    this.why = why;
  }
}

export interface DeskCertificates extends Certificates {
  /** the desk made it; otherwise it was given as files */
  readonly isOwn: boolean;
  /** SHA-256 of the present certificate, as browsers show it: `AB:CD:…` */
  readonly fingerprint: () => string;
}

interface CertificateLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

export interface Given {
  readonly cert: string;
  readonly key: string;
}

/**
 * Certificates in files, which whoever renews them replaces. They are looked at every minute; what cannot be used is logged, and the
 * certificate before it stays in use.
 * @throws UnusableCertificate when they cannot be used at the start
 */
export function givenCertificates(
  files: Given,
  { every, now, log }: { every: Every; now: () => number; log: CertificateLog },
): DeskCertificates & { close(): void } {
  let current = readPair(files);
  let seen = stampOf(files);
  const listeners: (() => void)[] = [];
  const look = () => {
    const stamp = stampOf(files);
    if (stamp === seen) return;
    try {
      current = readPair(files);
      seen = stamp;
      for (const listener of listeners) listener();
      log.info({ fingerprint: fingerprintOf(current.cert) }, 'the certificate was renewed');
    } catch (error) {
      // between the replacement of one file and of the other they do not fit: looked at again
      log.warn({ why: error instanceof UnusableCertificate ? error.why : 'unreadable' }, 'the renewed certificate cannot be used yet');
    }
  };
  if (Date.parse(new X509Certificate(current.cert).validTo) - now() < EXPIRES_SOON_MS)
    log.warn({ until: new X509Certificate(current.cert).validTo }, 'the certificate expires soon, or has expired');
  const close = every(LOOKED_AT_MS, look);
  return {
    isOwn: false,
    current: () => current,
    onRenewed: (listener) => void listeners.push(listener),
    fingerprint: () => fingerprintOf(current.cert),
    close,
  };
}

/**
 * The desk's own certificate, made at the first start that needs one. It names this computer, its present addresses and `allowed`; other names are
 * answered, too, but a client that checks the name refuses it there. Deleting `tls-cert.pem` makes the next start create another one.
 * @throws UnusableCertificate
 */
export async function ownCertificates({ tlsCert, tlsKey }: DataDir, allowed: readonly AllowedHost[], now: () => number): Promise<DeskCertificates> {
  const [cert, key] = [readOwn(tlsCert), readOwn(tlsKey)];
  const isThere = cert !== null && key !== null && Date.parse(certificateIn(tlsCert, cert).validTo) > now();
  const current = isThere ? { cert, key } : await makeCertificate(allowed, now);
  if (!isThere) {
    replaceFile(tlsKey, current.key);
    replaceFile(tlsCert, current.cert);
  }
  requireFitting(current, { cert: tlsCert, key: tlsKey });
  return { isOwn: true, current: () => current, onRenewed: () => undefined, fingerprint: () => fingerprintOf(current.cert) };
}

const fingerprintOf = (cert: string): string => new X509Certificate(cert).fingerprint256;

/** Changes with every replacement of a file. */
const stampOf = ({ cert, key }: Given): string =>
  [cert, key]
    .map((file) => statSync(file, { throwIfNoEntry: false }))
    .map((stat) => (stat ? `${stat.ino} ${stat.mtimeMs} ${stat.size}` : 'gone'))
    .join(', ');

function readPair(files: Given): Certificate {
  const pair = { cert: textOf(files.cert), key: textOf(files.key) };
  requireFitting(pair, files);
  return pair;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UnusableCertificate(file, (error as NodeJS.ErrnoException).code ?? 'unreadable');
  }
}

function requireFitting(pair: Certificate, files: Given): void {
  certificateIn(files.cert, pair.cert);
  try {
    createSecureContext(pair);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UnusableCertificate(files.key, code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH' ? 'mismatch' : 'key');
  }
}

function certificateIn(file: string, text: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch {
    throw new UnusableCertificate(file, 'certificate');
  }
}

/** A key on P-256 and a certificate signed with it (RFC 5280). */
async function makeCertificate(allowed: readonly AllowedHost[], now: () => number): Promise<Certificate> {
  await import('reflect-metadata'); // used by the library below
  const x509 = await import('@peculiar/x509');
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const names = [...new Set(['localhost', hostname().toLowerCase(), ...allowed.map(({ name }) => name)])].filter(
    (name) => /^[a-z\d_.-]+$/.test(name) && !/^[\d.]+$/.test(name),
  );
  const addresses = new Set(
    [
      ...Object.values(networkInterfaces()).flatMap((list = []) => list.filter(({ scopeid }) => !scopeid).map(({ address }) => address)),
      ...allowed.map(({ name }) => name),
    ]
      .map((address) => address.replace(/^\[(.*)\]$/, '$1'))
      .filter((address) => /^[\d.]+$|:/.test(address)),
  );
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: randomBytes(16).toString('hex').replace(/^./, '4'), // positive
    name: `CN=Switchyard, O=${hostname().replace(/[^\w.-]/g, '') || 'desk'}`,
    notBefore: new Date(now() - DAY_MS), // clocks of other machines are behind
    notAfter: new Date(now() + OWN_LASTS_MS),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...names.map((value) => ({ type: 'dns' as const, value })),
        ...[...addresses].map((value) => ({ type: 'ip' as const, value })),
      ]),
    ],
  });
  const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return {
    cert: `${certificate.toString('pem')}\n`,
    key: `-----BEGIN PRIVATE KEY-----\n${key.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`,
  };
}
