import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readAllowedHost } from './addresses.ts';
import { givenCertificates, ownCertificates, UnusableCertificate } from './certificates.ts';
import { type DataDir, dataDirAt, prepareDataDir } from './data-dir.ts';

const NOW = Date.parse('2026-12-01T09:00:00Z');
const DAYS = 24 * 3_600_000;
const YEARS = 365 * DAYS;

let folder: string;
let dir: DataDir;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-'));
  dir = dataDirAt(join(folder, 'data'));
  prepareDataDir(dir);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const allowed = (...names: string[]) => names.map((name) => readAllowedHost(name)).filter((one) => one !== null);
const own = (now = NOW, ...names: string[]) => ownCertificates(dir, allowed(...names), () => now);

describe("a desk's own certificate", () => {
  test('names this computer, loopback and the allowed names, and is for servers only', async () => {
    const { cert, key } = (await own(NOW, 'desk.example.com', '192.168.1.5:8000', '[fd00::2]')).current();
    const certificate = new X509Certificate(cert);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(['localhost', 'desk.example.com'].map((name) => certificate.checkHost(name))).toEqual(['localhost', 'desk.example.com']);
    expect(['127.0.0.1', '192.168.1.5', 'fd00::2'].map((address) => certificate.checkIP(address))).toEqual(['127.0.0.1', '192.168.1.5', 'fd00::2']);
    expect(certificate.checkHost('evil.example')).toBeUndefined();
    expect({ isAuthority: certificate.ca, uses: certificate.keyUsage }).toEqual({ isAuthority: false, uses: ['1.3.6.1.5.5.7.3.1'] });
    expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  });

  test('is made once, and kept where only this account reads it', async () => {
    const first = await own();
    const later = await own(NOW + YEARS, 'another.example');
    expect(later.current()).toEqual(first.current());
    expect(later.fingerprint()).toMatch(/^([\dA-F]{2}:){31}[\dA-F]{2}$/);
    expect([dir.tlsCert, dir.tlsKey].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
  });

  test('is made anew once it has expired, and when a file of it is gone', async () => {
    const first = (await own()).fingerprint();
    const second = (await own(NOW + 11 * YEARS)).fingerprint();
    rmSync(dir.tlsKey);
    const third = (await own(NOW + 11 * YEARS)).fingerprint();
    expect(new Set([first, second, third]).size).toBe(3);
  });

  test('of which a file is damaged is not replaced in silence', async () => {
    await own();
    writeFileSync(dir.tlsKey, 'x');
    await expect(own()).rejects.toMatchObject({ file: dir.tlsKey, why: 'key' });
    writeFileSync(dir.tlsCert, 'x');
    await expect(own()).rejects.toMatchObject({ file: dir.tlsCert, why: 'certificate' });
  });
});

describe('certificates in files', () => {
  const files = () => ({ cert: join(folder, 'given.pem'), key: join(folder, 'given-key.pem') });
  const makeGiven = async () => {
    rmSync(dir.tlsCert, { force: true });
    return (await own()).current();
  };
  const put = ({ cert, key }: { cert: string; key?: string }) => {
    writeFileSync(files().cert, cert);
    if (key !== undefined) writeFileSync(files().key, key);
  };
  const open = () => {
    const logged: string[] = [];
    const log = { info: (_: object, message: string) => void logged.push(message), warn: (_: object, message: string) => void logged.push(message) };
    let look = () => {};
    const every = (_ms: number, call: () => void) => {
      look = call;
      return () => {};
    };
    return { certificates: givenCertificates(files(), { every, now: () => NOW, log }), look: () => look(), logged };
  };

  test('are renewed while the desk runs, once both fit each other', async () => {
    const [old, renewed] = [await makeGiven(), await makeGiven()];
    put(old);
    const { certificates, look, logged } = open();
    let renewals = 0;
    certificates.onRenewed(() => {
      renewals += 1;
    });
    look();
    put({ cert: renewed.cert });
    look();
    expect({ renewals, in_use: certificates.current(), logged }).toEqual({ renewals: 0, in_use: old, logged: ['the renewed certificate cannot be used yet'] });
    put(renewed);
    utimesSync(files().key, 1, 1); // as a tool does that keeps the times of files
    look();
    expect({ renewals, in_use: certificates.current() }).toEqual({ renewals: 1, in_use: renewed });
    look();
    expect(renewals).toBe(1);
  });

  test('that cannot be used are refused at the start, with the file and the reason', async () => {
    const faults = () => {
      try {
        open();
        return null;
      } catch (error) {
        return error instanceof UnusableCertificate ? [error.file, error.why] : error;
      }
    };
    expect(faults()).toEqual([files().cert, 'ENOENT']);
    const [one, other] = [await makeGiven(), await makeGiven()];
    put({ cert: one.cert, key: other.key });
    expect(faults()).toEqual([files().key, 'mismatch']);
    put({ cert: one.cert, key: 'x' });
    expect(faults()).toEqual([files().key, 'key']);
    put({ cert: one.key, key: one.key });
    expect(faults()).toEqual([files().cert, 'certificate']);
  });

  test('that are about to expire are in the log', async () => {
    put((await own(NOW - 10 * YEARS + 10 * DAYS)).current());
    expect(open().logged).toEqual(['the certificate expires soon, or has expired']);
    put(await makeGiven());
    expect(open().logged).toEqual([]);
  });
});
