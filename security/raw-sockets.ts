/** Bytes that no HTTP client would send: each gets exactly one correct response and leaves nothing behind. */
import { connect } from 'node:net';
import type { Finding } from '../faults/harness/verdict.ts';
import { exchange, PATIENCE_MS } from './harness/raw.ts';
import { changed, onStage, type Stage } from './harness/stage.ts';

interface Case {
  readonly name: string;
  readonly bytes: string;
  /** `403 foreign_host`; a list where Node may respond in different ways */
  readonly expected: readonly string[];
}

const BODY = '{"external_id":"raw"}';
const CONTINUED = 'once it is continued';
const MALFORMED = ['400 malformed_request'];
const REFUSED = ['403 foreign_host'];

function casesOf(stage: Stage): Case[] {
  const host = `127.0.0.1:${stage.port}`;
  const auth = `Authorization: Bearer ${stage.source.api_key}`;
  const type = 'Content-Type: application/json';
  const request = (line: string, ...headers: string[]) => [line, ...headers, '', ''].join('\r\n');
  const post = (...headers: string[]) => request('POST /contacts HTTP/1.1', ...headers);
  const length = `Content-Length: ${BODY.length}`;
  const good = [`Host: ${host}`, auth, type, 'Connection: close'];
  const one = (name: string, bytes: string, expected: readonly string[]): Case => ({ name, bytes, expected });
  return [
    one('two Hosts, ours first', post(`Host: ${host}`, 'Host: evil.example', auth, type, length, 'Connection: close') + BODY, REFUSED),
    one('two Hosts, ours last', post('Host: evil.example', ...good, length) + BODY, REFUSED),
    one('the same Host twice', post(`Host: ${host}`, ...good, length) + BODY, REFUSED),
    one('two Hosts in one line', post(`Host: ${host}, evil.example`, auth, type, length, 'Connection: close') + BODY, REFUSED),
    one('no Host', post(auth, type, length, 'Connection: close') + BODY, REFUSED),
    one('a Host of another port', post('Host: 127.0.0.1:1', auth, type, length, 'Connection: close') + BODY, REFUSED),
    one('a foreign Host', post('Host: evil.example', auth, type, length, 'Connection: close') + BODY, REFUSED),
    one('a foreign Host with our port', post(`Host: evil.example:${stage.port}`, auth, type, length, 'Connection: close') + BODY, REFUSED),
    one('HTTP/1.0 with a Host', request('POST /contacts HTTP/1.0', ...good, length) + BODY, MALFORMED),
    one('HTTP/1.0 without a Host', request('POST /contacts HTTP/1.0', auth, type, length) + BODY, REFUSED),
    one('HTTP/2.0', request('POST /contacts HTTP/2.0', ...good, length) + BODY, MALFORMED),
    one('an HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', MALFORMED),
    one('a foreign absolute target', request('POST http://evil.example/contacts HTTP/1.1', ...good, length) + BODY, MALFORMED),
    one('our own absolute target', request(`POST http://${host}/contacts HTTP/1.1`, ...good, length) + BODY, MALFORMED),
    one('CONNECT', request(`CONNECT ${host} HTTP/1.1`, ...good), ['', '400 malformed_request', '404 not_found']),
    one('TRACE', request('TRACE /contacts HTTP/1.1', ...good), ['404 not_found', '400 malformed_request']),
    one('a made-up method', request('LOOT /contacts HTTP/1.1', ...good), MALFORMED),
    one('Transfer-Encoding and Content-Length', `${post(...good, length, 'Transfer-Encoding: chunked')}0\r\n\r\n`, MALFORMED),
    one('two lengths', post(...good, length, 'Content-Length: 3') + BODY, MALFORMED),
    one('a negative length', post(...good, 'Content-Length: -1') + BODY, MALFORMED),
    one('a length that is not a number', post(...good, 'Content-Length: 0x10') + BODY, MALFORMED),
    one('a length too large for any number', post(...good, `Content-Length: ${'9'.repeat(40)}`) + BODY, MALFORMED),
    one('an unknown transfer encoding', post(...good, 'Transfer-Encoding: gzip') + BODY, MALFORMED),
    one('chunked twice', `${post(...good, 'Transfer-Encoding: chunked, chunked')}0\r\n\r\n`, [...MALFORMED, '400 malformed_json']),
    one('a chunk size that is not a number', `${post(...good, 'Transfer-Encoding: chunked')}xyz\r\n${BODY}\r\n0\r\n\r\n`, MALFORMED),
    one('a chunk extension of 100 KB', `${post(...good, 'Transfer-Encoding: chunked')}5;${'x'.repeat(100_000)}\r\nabcde\r\n0\r\n\r\n`, [...MALFORMED, '']),
    one('bare line feeds', `POST /contacts HTTP/1.1\n${good.join('\n')}\n\n`, MALFORMED),
    one('a folded header', post(`Host: ${host}`, 'X: a\r\n b', auth, type, length, 'Connection: close') + BODY, [...MALFORMED, '403 foreign_host']),
    one('a space before the colon', post(`Host : ${host}`, auth, type, length, 'Connection: close') + BODY, MALFORMED),
    one('a NUL in a header', post(...good, 'X: a\0b', length) + BODY, MALFORMED),
    one('headers of 9 KB', post(...good, `X: ${'x'.repeat(9000)}`, length) + BODY, MALFORMED),
    one('a target of 9 KB', request(`GET /${'x'.repeat(9000)} HTTP/1.1`, ...good), MALFORMED),
    one('a TLS hello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', MALFORMED),
    one('an SSH greeting', 'SSH-2.0-OpenSSH_9.9\r\n', MALFORMED),
    one('a Redis command', '*1\r\n$4\r\nPING\r\n', MALFORMED),
    one('Expect without a token', post(`Host: ${host}`, type, length, 'Expect: 100-continue'), ['401 unauthorized']),
    one('Expect for a foreign Host', post('Host: evil.example', auth, type, length, 'Expect: 100-continue'), REFUSED),
    one('Expect with another value', request('GET /nowhere HTTP/1.1', ...good, 'Expect: a-miracle'), ['404 not_found']),
    one(
      'an upgrade to h2c',
      request('GET /contacts/1 HTTP/1.1', `Host: ${host}`, 'Connection: Upgrade, HTTP2-Settings, close', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABk'),
      ['401 unauthorized'],
    ),
    one(
      'a WebSocket before its session proof',
      request(
        'GET /console/ws HTTP/1.1',
        `Host: ${host}`,
        `Origin: http://${host}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      ),
      ['101'],
    ),
  ];
}

export const rawSockets = (mutant?: string): Promise<Finding> =>
  onStage(mutant, async (stage) => {
    const words: string[] = [];
    const before = stage.rows();
    const cases = casesOf(stage);
    for (const { name, bytes, expected } of cases) {
      const { status, code, answers } = await exchange(stage.apiUrl, Buffer.from(bytes, 'latin1'));
      const seen = [status, code].filter((one) => one !== null).join(' ');
      if (!expected.includes(seen)) words.push(`${name}: answered ${JSON.stringify(seen)} instead of ${expected.join(' or ')}`);
      if (answers > 1) words.push(`${name}: ${answers} answers to one request`);
    }
    words.push(...changed(before, stage.rows()));
    words.push(...(await honest(stage)));
    return { isSound: words.length === 0, figures: `${cases.length + 3} connections`, words };
  });

/** Valid but unusual clients are still served: one that waits before sending its body, a hundred requests in a row, an early end of the connection. */
async function honest(stage: Stage): Promise<string[]> {
  const words: string[] = [];
  const patient = await waitsWithBody(stage);
  if (patient !== CONTINUED) words.push(`a client that waits before sending its body: ${patient}`);
  const hundred = `GET /health HTTP/1.1\r\nHost: 127.0.0.1:${stage.port}\r\n\r\n`.repeat(99);
  const last = `GET /health HTTP/1.1\r\nHost: 127.0.0.1:${stage.port}\r\nConnection: close\r\n\r\n`;
  const { answers } = await exchange(stage.apiUrl, hundred + last);
  if (answers !== 100) words.push(`100 pipelined requests got ${answers} answers`);
  const before = stage.rows();
  const half = [...['POST /contacts HTTP/1.1'], ...stage.headers, 'Content-Length: 100', '', '{"external_id":"half'].join('\r\n');
  await new Promise((resolve) => {
    const socket = connect(stage.port, '127.0.0.1')
      .on('error', () => {})
      .on('close', resolve);
    socket.resume().end(half);
  });
  words.push(...changed(before, stage.rows()).map((trace) => `an incomplete body: ${trace}`));
  return words;
}

function waitsWithBody(stage: Stage): Promise<string> {
  const head = ['POST /contacts HTTP/1.1', ...stage.headers, `Content-Length: ${BODY.length}`, 'Expect: 100-continue', 'Connection: close', '', ''].join(
    '\r\n',
  );
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(stage.port, '127.0.0.1', () => socket.write(head));
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    socket.on('error', () => {});
    socket.on('data', (part) => {
      if (text === '') socket.write(BODY);
      text += part.toString();
    });
    socket.on('close', () => resolve(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201 /.test(text) ? CONTINUED : text.slice(0, 60)));
  });
}
