import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { Desk } from '#engine/testing/desk.ts';
import type { App } from './app.ts';
import { listen } from './listen.ts';
import { createIntake } from './server.ts';
import { ADMIN_TOKEN, Port } from './testing/port.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function intake(): App {
  const desk = new Desk();
  const app = createIntake({ engine: desk.engine, adminToken: ADMIN_TOKEN, version: '1.2.3', log: { error: () => {} } });
  closers.push(
    () => desk.engine.close(),
    () => app.close(),
  );
  return app;
}

async function squat(host: string, port = 0): Promise<number> {
  const server: Server = createServer().listen(port, host);
  await once(server, 'listening');
  closers.push(() => server.close());
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

const status = async (url: string): Promise<number | string> =>
  await fetch(url).then(
    (response) => response.status,
    () => 'unreachable',
  );

describe('listening', () => {
  test('uses the same port on both loopback addresses', async () => {
    const { port, servers } = await listen(intake(), { port: 0 });
    expect(servers.map((server) => server.address())).toEqual([
      { address: '127.0.0.1', family: 'IPv4', port },
      { address: '::1', family: 'IPv6', port },
    ]);
    expect([await status(`http://127.0.0.1:${port}/health`), await status(`http://[::1]:${port}/health`)]).toEqual([200, 200]);
  });

  test.each(['127.0.0.1', '::1'])('refuses a port that is in use on %s, and then holds nothing', async (host) => {
    const port = await squat(host);
    await expect(listen(intake(), { port })).rejects.toMatchObject({ code: 'port_taken', message: expect.stringContaining(`:${port} `) });
    await squat(host === '::1' ? '127.0.0.1' : '::1', port);
  });

  test('on another address uses only that one, under its literal name', async () => {
    const { port, servers } = await listen(intake(), { host: '127.0.0.2', port: 0 });
    expect(servers).toHaveLength(1);
    expect([await status(`http://127.0.0.2:${port}/health`), await status(`http://127.0.0.1:${port}/health`)]).toEqual([200, 'unreachable']);
    const taken = await squat('127.0.0.2');
    await expect(listen(intake(), { host: '127.0.0.2', port: taken })).rejects.toMatchObject({ code: 'port_taken' });
  });

  test('on all addresses answers under the address that was called', async () => {
    const { port } = await listen(intake(), { host: '0.0.0.0', port: 0 });
    expect([await status(`http://127.0.0.3:${port}/health`), await status(`http://127.0.0.1:${port}/health`)]).toEqual([200, 200]);
    const stranger = connect(port, '127.0.0.3');
    stranger.write(`GET /health HTTP/1.1\r\nHost: 127.0.0.4:${port}\r\nConnection: close\r\n\r\n`);
    expect(String((await once(stranger, 'data'))[0])).toMatch(/^HTTP\/1\.1 403 /);
  });
});

test('a connection that sends nothing is closed without a word: a browser would take it for the answer to its next request', async () => {
  const { port } = await listen(intake(), { port: 0 });
  const hear = async (sent: string) => {
    const socket = connect(port, '127.0.0.1');
    let heard = '';
    socket.on('data', (data) => {
      heard += String(data);
    });
    socket.write(sent);
    await once(socket, 'close');
    return heard;
  };
  const [silent, begun] = await Promise.all([hear(''), hear('GET /health HTTP/1.1\r\n')]);
  expect(silent).toBe('');
  expect(begun).toMatch(/^HTTP\/1\.1 400 /);
});

describe('closing', () => {
  test('accepts nobody, finishes requests in progress, and does not wait for idle connections', async () => {
    let arrive = (): void => {};
    let release = (): void => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const port = await Port.open((app) => {
      app.get('/console/slow', async () => {
        arrive();
        await released;
        return 'done';
      });
    });
    const idle = connect(port.port, '127.0.0.1');
    idle.write(`GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port.port}\r\n\r\n`);
    await once(idle, 'data');
    const inFlight = port.call('GET', '/console/slow');
    await arrived;
    const closing = port.close();
    await once(idle, 'end');
    idle.destroy();
    expect(await status(`${port.origin}/health`)).toBe('unreachable');
    release();
    expect(await inFlight).toMatchObject({ status: 200, body: 'done' });
    await closing;
  });

  test('disconnects clients that never finish, or never begin, a request', async () => {
    const port = await Port.open();
    const slow = connect(port.port, '::1');
    await once(slow, 'connect');
    slow.on('error', () => {});
    const silent = connect(port.port, '127.0.0.1');
    await once(silent, 'connect');
    slow.write(
      `POST /contacts HTTP/1.1\r\nHost: [::1]:${port.port}\r\nAuthorization: Bearer ${ADMIN_TOKEN}\r\nContent-Type: application/json\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n`,
    );
    expect(String((await once(slow, 'data'))[0])).toMatch(/^HTTP\/1\.1 100 /); // now it waits for the body
    const ends = [slow, silent].map((socket) => once(socket, 'close'));
    await port.close();
    await Promise.all(ends);
    expect(await status(`${port.origin}/health`)).toBe('unreachable');
  });
});

test('a client that trickles its headers or its body is disconnected', async () => {
  const port = await Port.open();
  closers.push(() => port.close());
  /** Resolves to the answer received before the connection was closed. */
  const drip = async (head: string): Promise<string> => {
    const socket = connect(port.port, '127.0.0.1');
    socket.on('error', () => {});
    let answer = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      answer += chunk;
    });
    socket.write(head);
    const timer = setInterval(() => socket.write('x'), 500);
    await new Promise((resolve) => socket.once('close', resolve)); // a byte written after the host has closed resets the connection, which is an error
    clearInterval(timer);
    return answer;
  };
  const head = `POST /contacts HTTP/1.1\r\nHost: 127.0.0.1:${port.port}\r\nAuthorization: Bearer ${ADMIN_TOKEN}\r\n`;
  const [headers, body] = await Promise.all([drip(`${head}X-Slow: `), drip(`${head}Content-Type: application/json\r\nContent-Length: 900\r\n\r\n`)]);
  expect(headers).toMatch(/^HTTP\/1\.1 400 /);
  expect(body).toMatch(/^HTTP\/1\.1 400 /);
});
