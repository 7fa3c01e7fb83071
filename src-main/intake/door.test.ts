import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AllowedHost } from './door.ts';
import { ADMIN_TOKEN, Port } from './testing/port.ts';

let port: Port;
beforeAll(async () => {
  port = await Port.open();
});
afterAll(() => port.close());

/** Status and problem code of a request given by its header lines; PORT is replaced by the server's port. */
async function knock(lines: readonly string[], target = 'GET /health HTTP/1.1', address = '127.0.0.1', at = port): Promise<string> {
  const request = [target, ...lines, 'Connection: close', '', ''].join('\r\n').replaceAll('PORT', String(at.port));
  const answer = await at.raw(request, address);
  const status = /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1];
  const code = /"code":"(\w+)"/.exec(answer)?.[1];
  return code === undefined ? `${status}` : `${status} ${code}`;
}

describe('the Host header', () => {
  test.each(['127.0.0.1:PORT', 'localhost:PORT', '[::1]:PORT'])('%s is accepted', async (host) => {
    expect(await knock([`Host: ${host}`])).toBe('200');
  });

  test.each([
    'evil.example',
    'evil.example:PORT',
    'localhost',
    '127.0.0.1',
    '127.0.0.1:1',
    '127.0.0.1:PORT.evil.example',
    'localhost.evil.example:PORT',
    'LOCALHOST:PORT',
    '127.1:PORT',
    '0.0.0.0:PORT',
    '[::ffff:127.0.0.1]:PORT',
    '127.0.0.2:PORT',
    'user@127.0.0.1:PORT',
    '',
  ])('%j is refused', async (host) => {
    expect(await knock([`Host: ${host}`])).toBe('403 foreign_host');
  });

  test('is required exactly once', async () => {
    expect(await knock([])).toBe('403 foreign_host');
    expect(await knock(['Host: 127.0.0.1:PORT', 'Host: 127.0.0.1:PORT'])).toBe('403 foreign_host');
    expect(await knock(['Host: 127.0.0.1:PORT', 'host: evil.example'])).toBe('403 foreign_host');
    expect(await knock(['Host: evil.example', 'Host: 127.0.0.1:PORT'])).toBe('403 foreign_host');
  });

  test('is checked before the token, the route and the documentation', async () => {
    for (const target of ['POST /contacts', 'GET /docs', 'GET /openapi.json', 'GET /nowhere', 'GET /contacts/%ff', 'OPTIONS /contacts']) {
      expect(await knock(['Host: evil.example'], `${target} HTTP/1.1`)).toBe('403 foreign_host');
    }
  });

  test('cannot be bypassed by an old protocol version or an absolute target', async () => {
    expect(await knock([], 'GET /health HTTP/1.0')).toBe('403 foreign_host');
    expect(await knock(['Host: 127.0.0.1:PORT'], 'GET /health HTTP/1.0')).toBe('400 malformed_request');
    expect(await knock(['Host: 127.0.0.1:PORT'], 'GET http://evil.example/health HTTP/1.1')).toBe('400 malformed_request');
    expect(await knock(['Host: 127.0.0.1:PORT'], 'GET http://127.0.0.1:PORT/health HTTP/1.1')).toBe('400 malformed_request');
    expect(await knock(['Host: 127.0.0.1:PORT'], 'OPTIONS * HTTP/1.1')).toBe('400 malformed_request');
  });
});

describe('the Origin', () => {
  test('of our own pages is accepted', async () => {
    expect(await knock(['Host: 127.0.0.1:PORT', 'Origin: http://127.0.0.1:PORT', 'Sec-Fetch-Site: same-origin'])).toBe('200');
    expect(await knock(['Host: localhost:PORT', 'Origin: http://localhost:PORT'])).toBe('200');
    expect(await knock(['Host: 127.0.0.1:PORT', 'Sec-Fetch-Site: none'])).toBe('200');
  });

  test.each([
    ['Origin: https://evil.example'],
    ['Origin: null'],
    ['Origin: '],
    ['Origin: https://127.0.0.1:PORT'],
    ['Origin: http://127.0.0.1:1'],
    ['Origin: http://localhost:PORT'],
    ['Origin: http://127.0.0.1:PORT', 'Origin: https://evil.example'],
    ['Sec-Fetch-Site: cross-site'],
    ['Sec-Fetch-Site: same-site'],
    ['Origin: http://127.0.0.1:PORT', 'Sec-Fetch-Site: cross-site'],
  ])('%j is refused', async (...lines) => {
    expect(await knock(['Host: 127.0.0.1:PORT', ...lines])).toBe('403 foreign_origin');
  });

  test('of another page gets no preflight permission either', async () => {
    const answer = await port.raw(
      `OPTIONS /contacts HTTP/1.1\r\nHost: 127.0.0.1:${port.port}\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer.toLowerCase()).not.toContain('access-control');
  });
});

describe('a name given with --allow-host', () => {
  let named: Port;
  beforeAll(async () => {
    const allowedHosts: AllowedHost[] = [
      { name: 'desk.example.com', port: null },
      { name: 'pc-anna', port: 80 },
      { name: 'localhost', port: 8000 },
      { name: '[fd00::2]', port: null },
    ];
    named = await Port.open(undefined, undefined, undefined, { allowedHosts });
  });
  afterAll(() => named.close());

  const knockThere = (...lines: string[]) => knock(lines, undefined, undefined, named);

  test.each(['desk.example.com', 'desk.example.com:PORT', 'DESK.example.com', 'pc-anna', 'pc-anna:80', 'localhost:8000', '[fd00::2]', '127.0.0.1:PORT'])(
    'lets %s in',
    async (host) => {
      expect(await knockThere(`Host: ${host}`)).toBe('200');
    },
  );

  test.each([
    'example.com',
    'desk.example.com:8000',
    'evil.desk.example.com',
    'desk.example.com.evil.example',
    'pc-anna:PORT',
    'localhost:8001',
    'localhost',
    'fd00::2',
  ])('does not let %s in', async (host) => {
    expect(await knockThere(`Host: ${host}`)).toBe('403 foreign_host');
  });

  test('has its own origin, over TLS too, since a proxy may speak it; no other name has', async () => {
    for (const origin of ['https://desk.example.com', 'http://desk.example.com'])
      expect(await knockThere('Host: desk.example.com', `Origin: ${origin}`)).toBe('200');
    for (const origin of ['https://desk.example.com', 'https://127.0.0.1:PORT', 'http://desk.example.com'])
      expect(await knockThere('Host: 127.0.0.1:PORT', `Origin: ${origin}`)).toBe('403 foreign_origin');
    expect(await knockThere('Host: desk.example.com', 'Origin: http://127.0.0.1:PORT')).toBe('403 foreign_origin');
    expect(await knockThere('Host: desk.example.com', 'Origin: https://evil.example')).toBe('403 foreign_origin');
    expect(await knockThere('Host: desk.example.com', 'Sec-Fetch-Site: cross-site')).toBe('403 foreign_origin');
  });

  test('is where links lead that were requested through it, whatever X-Forwarded headers say', async () => {
    const link = async (host: string, ...lines: string[]) => {
      const head = ['POST /console-links HTTP/1.1', `Host: ${host}`, `Authorization: Bearer ${ADMIN_TOKEN}`, ...lines, 'Connection: close', '', ''];
      return /"url":"([^"]*\/)\?token=/.exec(await named.raw(head.join('\r\n')))?.[1];
    };
    expect(await link('desk.example.com', 'X-Forwarded-Proto: http', 'X-Forwarded-Host: evil.example')).toBe('https://desk.example.com/console/');
    expect(await link('localhost:8000')).toBe('http://localhost:8000/console/');
    expect(await link('localhost:8000', 'Origin: https://localhost:8000')).toBe('https://localhost:8000/console/');
  });
});

test('both loopback addresses have the same checks', async () => {
  expect(await knock(['Host: [::1]:PORT'], undefined, '::1')).toBe('200');
  expect(await knock(['Host: localhost:PORT'], undefined, '::1')).toBe('200');
  expect(await knock(['Host: evil.example'], undefined, '::1')).toBe('403 foreign_host');
});

test('an unknown Expect header changes nothing', async () => {
  expect(await knock(['Host: 127.0.0.1:PORT', 'Expect: the-unexpected'])).toBe('200');
  expect(await knock(['Host: evil.example', 'Expect: the-unexpected'])).toBe('403 foreign_host');
});

describe('a client that waits before sending its body', () => {
  const head = (length: number, ...lines: string[]) =>
    ['POST /contacts HTTP/1.1', 'Content-Type: application/json', `Content-Length: ${length}`, 'Expect: 100-continue', ...lines, '', ''].join('\r\n');
  const ours = () => `Host: 127.0.0.1:${port.port}`;
  const token = `Authorization: Bearer ${ADMIN_TOKEN}`;
  const refusals: [string, () => string][] = [
    ['403 foreign_host', () => head(100, 'Host: evil.example', token)],
    ['403 foreign_origin', () => head(100, ours(), 'Origin: https://evil.example', token)],
    ['401 unauthorized', () => head(100, ours())],
    ['413 body_too_large', () => head(300_000, ours(), token)],
  ];

  test.each(refusals)('gets %s instead of 100 Continue, and the connection is closed', async (expected, request) => {
    const answer = await port.raw(request());
    expect([/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1], /"code":"(\w+)"/.exec(answer)?.[1]].join(' ')).toBe(expected);
  });

  test('gets 100 Continue once it is accepted', async () => {
    const { key } = await port.source('waits');
    const body = JSON.stringify({ external_id: 'a', message: 'x'.repeat(100) }).slice(0, 98);
    const socket = connect(port.port, '127.0.0.1');
    socket.write(head(100, ours(), `Authorization: Bearer ${key}`, 'Connection: close'));
    const [asked] = (await once(socket, 'data')) as [Buffer];
    expect(asked.toString()).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    socket.write(`${body}"}`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 201 /);
    socket.destroy();
  });
});

test('cookies that other programs on this machine have set are harmless; if there are far too many, the browser is told to clear them', async () => {
  const asked = (bytes: number) =>
    port.raw(`GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port.port}\r\nCookie: a=${'x'.repeat(bytes)}\r\nConnection: close\r\n\r\n`);
  for (const bytes of [12_000, 60_000]) expect(await asked(bytes)).toMatch(/^HTTP\/1\.1 200 /);
  expect(await asked(700_000)).toMatch(/^HTTP\/1\.1 400 [\s\S]*\r\nClear-Site-Data: "cookies"\r\nRefresh: 1\r\n/);
});

test('bytes that are not HTTP also get a problem document', async () => {
  const problem =
    /^HTTP\/1\.1 400 Bad Request\r\n(?=[\s\S]*connection: close\r\n)[\s\S]*content-type: application\/problem\+json[\s\S]*"code":"malformed_request"/i;
  expect(await port.raw('\x16\x03\x01 hello\r\n\r\n')).toMatch(problem);
  expect(await port.raw(`GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port.port}\r\nX: ${'x'.repeat(9000)}\r\n\r\n`)).toMatch(problem);
  expect(await port.raw(`GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port.port}\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`)).toMatch(problem);
  const both = `POST /contacts HTTP/1.1\r\nHost: 127.0.0.1:${port.port}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`;
  expect(await port.raw(both)).toMatch(problem);
});
