/** Another machine on the network of a desk that was opened to it with `--host`: what it can do without the certificate, a token or a name of the desk. */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HOST_ENTRY, HostProcess } from '#shells/testing/host-process.ts';
import type { Finding } from '../faults/harness/verdict.ts';
import { noRoot } from './listener.ts';

/** Null if another machine can be played; otherwise the reason why not. */
export const noOtherMachine = (): string | null => noRoot() ?? (spawnSync('ip', ['netns', 'list']).status === 0 ? null : 'needs ip (iproute2)');

/** What such a machine tries; prints the outcomes as JSON. */
const STRANGER = `
  const [host, port, cert, token] = process.argv.slice(1);
  const { request: plain } = require('node:http');
  const { request } = require('node:https');
  const tried = {};
  const attempt = (name, send, options) => new Promise((resolve) => {
    const sent = send({ host, port, path: '/contacts', ...options }, (answer) => {
      let body = '';
      answer.on('data', (part) => (body += part)).on('end', () => { tried[name] = answer.statusCode + ' ' + (JSON.parse(body).code ?? 'answered'); resolve(); });
    });
    sent.on('error', ({ code }) => { tried[name] = code === 'DEPTH_ZERO_SELF_SIGNED_CERT' ? 'does not trust it' : 'no connection'; resolve(); }).end();
  });
  const trusting = { ca: cert, checkServerIdentity: () => undefined }; // whatever name the Host header has
  const own = { ...trusting, headers: { authorization: 'Bearer ' + token } };
  const as = (headers) => ({ ...trusting, headers: { ...own.headers, ...headers } });
  const name = 'desk.example.com:' + port;
  Promise.all([
    attempt('plain HTTP', plain, { headers: own.headers }),
    attempt('without its certificate', request, { headers: own.headers }),
    attempt('with an old TLS', request, { ...own, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
    attempt('without a token', request, trusting),
    attempt('with a guessed token', request, as({ authorization: 'Bearer ' + 'A'.repeat(43) })),
    attempt('by a name of its own', request, { ...as({ host: 'evil.example:' + port }) }),
    attempt('by the name of its machine', request, { ...as({ host: '127.0.0.2:' + port }) }),
    attempt('as its own page', request, as({ origin: 'https://evil.example' })),
    attempt('as a plain page of the desk', request, as({ origin: 'http://' + host + ':' + port })),
    attempt('as a proxy that lies', request, as({ host: 'evil.example', 'x-forwarded-host': name, 'x-forwarded-proto': 'https', forwarded: 'host=' + name })),
    attempt('properly', request, own),
    attempt('properly, by the allowed name', request, as({ host: name, origin: 'https://' + name })),
  ]).then(() => console.log(JSON.stringify(tried)));
`;

const EXPECTED: Readonly<Record<string, string>> = {
  'plain HTTP': '400 malformed_request',
  'without its certificate': 'does not trust it',
  'with an old TLS': 'no connection',
  'without a token': '401 unauthorized',
  'with a guessed token': '401 unauthorized',
  'by a name of its own': '403 foreign_host',
  'by the name of its machine': '403 foreign_host',
  'as its own page': '403 foreign_origin',
  'as a plain page of the desk': '403 foreign_origin',
  'as a proxy that lies': '403 foreign_host',
  properly: '200 answered',
  'properly, by the allowed name': '200 answered',
};

/** The other machine is a network namespace, joined to ours by a cable of its own. */
export async function otherMachine(mutant?: string): Promise<Finding> {
  const name = `desk${process.pid}`;
  const ip = (...args: string[]) => execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const [ours, theirs] = [`${name}a`, `${name}b`];
  const net = `198.18.${process.pid % 250}`; // reserved for tests of networks (RFC 2544)
  const entry = mutant === undefined ? HOST_ENTRY : join(import.meta.dirname, 'mutants', mutant);
  ip('netns', 'add', name);
  let host: HostProcess | undefined;
  try {
    ip('link', 'add', ours, 'type', 'veth', 'peer', 'name', theirs, 'netns', name);
    ip('addr', 'add', `${net}.1/24`, 'dev', ours);
    ip('link', 'set', ours, 'up');
    ip('-n', name, 'addr', 'add', `${net}.2/24`, 'dev', theirs);
    ip('-n', name, 'link', 'set', theirs, 'up');
    host = await HostProcess.start(entry, { args: ['--host', `${net}.1`, '--allow-host', 'desk.example.com'] });
    const { dataDir, apiUrl } = host.ready;
    const cert = readFileSync(join(dataDir, 'tls-cert.pem'), 'utf8');
    const run = ['netns', 'exec', name, process.execPath, '-e', STRANGER, `${net}.1`, new URL(apiUrl).port, cert, host.token];
    const { stdout } = await promisify(execFile)('ip', run);
    const tried = JSON.parse(stdout) as Readonly<Record<string, string>>;
    const words = Object.entries(EXPECTED)
      .filter(([attempt, expected]) => tried[attempt] !== expected)
      .map(([attempt, expected]) => `${attempt}: ${tried[attempt]} instead of ${expected}`);
    return { isSound: words.length === 0, figures: `${Object.keys(EXPECTED).length} attempts from another machine, 2 of them accepted`, words };
  } finally {
    await host?.dispose();
    ip('netns', 'del', name); // and the cable with it
  }
}
