import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { globalAgent, request } from 'node:https';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_CONNECTIONS } from '#intake/connections.ts';
import { ADMIN_TOKEN, Port } from '#intake/testing/port.ts';
import type { Certificate } from '#intake/tls.ts';
import { ownCertificates } from './certificates.ts';
import { dataDirAt, prepareDataDir } from './data-dir.ts';
import { pinnedFetch } from './own-fetch.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchyard-'));
let port: Port;
let certificate: Certificate;
let renewed: Certificate;
const renewals: (() => void)[] = [];
let current: Certificate;

beforeAll(async () => {
  const make = async (name: string) => {
    const dir = dataDirAt(join(folder, name));
    prepareDataDir(dir);
    return (await ownCertificates(dir, [], () => 1_764_500_000_000)).current();
  };
  [certificate, renewed] = [await make('a'), await make('b')];
  current = certificate;
  const certificates = { current: () => current, onRenewed: (listener: () => void) => void renewals.push(listener) };
  port = await Port.open(undefined, undefined, undefined, { certificates });
});
afterAll(async () => {
  await port.close();
  rmSync(folder, { recursive: true, force: true });
});

const origin = () => `https://127.0.0.1:${port.port}`;
const ask = (cert: string, path: string, init?: RequestInit) => pinnedFetch(() => cert)(origin() + path, init);

describe('a port with certificates', () => {
  test('takes contacts from clients that trust its certificate, on both loopback addresses', async () => {
    const { body } = await sent('POST', '/sources', ADMIN_TOKEN, { name: 'site' });
    const operator = await port.desk.operator('Anna', 3);
    await port.desk.weights(body.id, { [operator]: 10 });
    expect(await sent('POST', '/contacts', body.api_key, { external_id: 'a' })).toMatchObject({ status: 201, body: { operator: { name: 'Anna' } } });
    const other = pinnedFetch(() => certificate.cert)(`https://[::1]:${port.port}/health`);
    expect((await other).status).toBe(200);
  });

  test('is not trusted by clients that do not know it', async () => {
    await expect(fetch(`${origin()}/health`)).rejects.toMatchObject({ cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } });
    await expect(ask(renewed.cert, '/health')).rejects.toThrow();
  });

  test('tells a client that speaks plain HTTP to it what it speaks, and closes the connection', async () => {
    const answer = await port.raw(`POST /contacts HTTP/1.1\r\nHost: 127.0.0.1:${port.port}\r\nContent-Length: 5\r\n\r\nhello`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[\s\S]*application\/problem\+json[\s\S]*call https:\/\/ instead\.[\s\S]*--insecure/);
  });

  test('checks Host and Origin as any port does; its own origin is https', async () => {
    const status = (headers: Record<string, string>) =>
      new Promise((resolve, reject) => {
        request(`${origin()}/health`, { headers, ca: certificate.cert, checkServerIdentity: () => undefined }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        })
          .on('error', reject)
          .end();
      });
    const host = `127.0.0.1:${port.port}`;
    expect(await status({ origin: `https://${host}` })).toBe(200);
    expect(await status({ origin: `http://${host}` })).toBe(403);
    expect(await status({ host: 'evil.example' })).toBe(403);
  });

  test('makes links with https', async () => {
    const { body } = await sent('POST', '/console-links', ADMIN_TOKEN);
    expect(body.url).toMatch(`${origin()}/console/?token=`);
  });

  test('counts connections from their first packet, and holds no more of them than any port', async () => {
    const sockets = await Promise.all(Array.from({ length: MAX_CONNECTIONS + 20 }, () => opened()));
    await expect.poll(() => port.connections.size).toBeLessThanOrEqual(MAX_CONNECTIONS);
    await expect.poll(() => sockets.filter(({ closed }) => closed).length).toBeGreaterThanOrEqual(20);
    expect((await ask(certificate.cert, '/health')).status).toBe(200);
    for (const socket of sockets) socket.destroy();
    await expect.poll(() => port.connections.size).toBeLessThan(5);
  });

  test('counts a connection once, also after its handshake', async () => {
    globalAgent.destroy(); // what earlier tests keep open
    await expect.poll(() => port.connections.size).toBe(0);
    const socket = connectTls({ port: port.port, host: '127.0.0.1', ca: certificate.cert, checkServerIdentity: () => undefined });
    await once(socket, 'secureConnect');
    await expect.poll(() => port.connections.size).toBe(1);
    socket.destroy();
    await expect.poll(() => port.connections.size).toBe(0);
  });

  test('survives what is not TLS after all', async () => {
    expect(await port.raw(new Uint8Array([22, 3, 1, 0, 5, 1, 2, 3, 4, 5]))).not.toContain('HTTP');
    expect(await port.raw(new Uint8Array([0]))).toContain('400 Bad Request');
    expect((await ask(certificate.cert, '/health')).status).toBe(200);
  });

  test('shows a renewed certificate to new connections, and keeps the others', async () => {
    const before = connectTls({ port: port.port, host: '127.0.0.1', ca: certificate.cert, checkServerIdentity: () => undefined });
    await once(before, 'secureConnect');
    current = renewed;
    for (const renew of renewals) renew();
    expect((await ask(renewed.cert, '/health')).status).toBe(200);
    await expect(ask(certificate.cert, '/health')).rejects.toThrow();
    before.write(`GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port.port}\r\nConnection: close\r\n\r\n`);
    expect(String((await once(before, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /);
    before.destroy();
  });
});

/** A connection that sends nothing, or that has been closed already. */
async function opened(): Promise<Socket> {
  const socket = connect(port.port, '127.0.0.1');
  socket.on('error', () => undefined).resume();
  await once(socket, 'connect');
  return socket;
}

// biome-ignore lint/suspicious/noExplicitAny: arbitrary answers; tests compare whole values
async function sent(method: string, path: string, token: string, body?: object): Promise<{ status: number; body: any }> {
  const answer = await ask(certificate.cert, path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    body: body ? JSON.stringify(body) : null,
  });
  return { status: answer.status, body: await answer.json() };
}
