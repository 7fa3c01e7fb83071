import { spawnSync } from 'node:child_process';
import { randomUUID, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { HostInfo } from '#shared/contract/desk.ts';
import { pinnedFetch } from '#shells/own-fetch.ts';
import { askConsole, newConsoleLink, openConsoleSocket, openSession } from '#shells/testing/ask-console.ts';
import { call, HOST_ENTRY, HostProcess, Running, SOURCE_ENTRY, temporaryDataDir } from '#shells/testing/host-process.ts';

const hosts: HostProcess[] = [];
async function host(options: Parameters<typeof HostProcess.start>[1] = {}): Promise<HostProcess> {
  const started = await HostProcess.start(HOST_ENTRY, { ...options, args: ['--lang', 'en', ...(options.args ?? [])] });
  hosts.push(started);
  return started;
}
const run = (...args: string[]) => new Running(process.execPath, [HOST_ENTRY, '--lang', 'en', ...args]).ended;
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((started) => started.dispose()));
});

describe('starting', () => {
  test('prints exactly one line of the documented form when it accepts requests', async () => {
    const started = await host();
    const { apiUrl, consoleUrl, version, ...rest } = started.ready;
    expect(rest).toEqual({ ready: true, dataDir: started.ready.dataDir, pid: started.running.child.pid });
    expect(apiUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(consoleUrl).toMatch(new RegExp(`^${apiUrl}/console/\\?token=[\\w-]{43}$`));
    expect(await call(apiUrl, '', 'GET', '/health')).toEqual({ status: 200, body: { status: 'ok', version, revision: 0 } });
    const ended = await started.running.stop();
    expect(ended.stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(ended.stderr).toBe('');
  });

  test('answers on both loopback addresses', async () => {
    const { ready } = await host();
    const { port } = new URL(ready.apiUrl);
    expect((await fetch(`http://[::1]:${port}/health`)).status).toBe(200);
  });

  test('removes what a printing browser of a killed host left there', async () => {
    const started = await host();
    const printing = join(started.ready.dataDir, 'printing');
    await started.running.stop('SIGKILL');
    mkdirSync(join(printing, 'XXXXXX', 'profile'), { recursive: true });
    writeFileSync(join(printing, 'XXXXXX', 'profile', 'History'), 'a report');
    await started.restart();
    expect(existsSync(printing)).toBe(false);
  });

  test('creates data directory, token and log for the user only', async () => {
    const { ready, token } = await host();
    const mode = (...path: string[]) => statSync(join(ready.dataDir, ...path)).mode & 0o777;
    expect({ dir: mode(), token: mode('admin-token'), db: mode('switchyard.db'), logs: mode('logs'), holder: mode('host.json') }).toEqual({
      dir: 0o700,
      token: 0o600,
      db: 0o600,
      logs: 0o700,
      holder: 0o600,
    });
    expect((await call(ready.apiUrl, token, 'GET', '/operators')).status).toBe(200);
  });

  test('reports in text what runs where without --json', async () => {
    const dataDir = temporaryDataDir();
    const started = new Running(process.execPath, [HOST_ENTRY, '--lang', 'ru', '--no-open', '--port', '0', '--data-dir', dataDir]);
    await new Promise((resolve) => started.child.stdout?.once('data', resolve));
    const { code, stdout } = await started.stop();
    rmSync(join(dataDir, '..'), { recursive: true });
    expect(code).toBe(0);
    for (const part of ['Пульт', '/console/?token=', 'HTTP API', '/docs', join(dataDir, 'admin-token'), 'Ctrl+C']) expect(stdout).toContain(part);
  });

  test('refuses wrong options with code 2, and says why', async () => {
    expect(await run('--port', 'eighty')).toEqual({
      code: 2,
      signal: null,
      stdout: '',
      stderr: '--port must be a whole number from 0 to 65535, not "eighty".\n',
    });
  });

  test('a second start on the data directory exits with code 3, names the first and does not touch its database', async () => {
    const first = await host();
    const second = await run('--json', '--port', '0', '--data-dir', first.ready.dataDir);
    expect(second).toEqual({
      code: 3,
      signal: null,
      stdout: '',
      stderr: `Switchyard is already running on ${first.ready.dataDir} (process ${first.ready.pid}).\n`,
    });
    await first.api('POST', '/operators', { name: 'Anna' });
  });

  test('a port in use exits with code 4 and a message, and releases the data directory', async () => {
    const first = await host();
    const { port } = new URL(first.ready.apiUrl);
    const dataDir = temporaryDataDir();
    const second = await run('--json', '--port', port, '--data-dir', dataDir);
    expect(second).toMatchObject({ code: 4, stdout: '' });
    expect(second.stderr).toMatch(new RegExp(`^Port ${port} is taken .*--port N.*\\n$`));
    await host({ dataDir });
  });

  test('an impossible data directory exits with code 1 and a message', async () => {
    const { ready } = await host();
    const file = join(ready.dataDir, 'admin-token');
    const ended = (dir: string, why: string) => ({ code: 1, stdout: '', stderr: `The data directory ${dir} cannot be used: ${why}\n` });
    expect(await run('--data-dir', file)).toMatchObject(ended(file, 'it is a file, not a folder'));
    expect(await run('--data-dir', join(file, 'x'))).toMatchObject(ended(join(file, 'x'), 'a part of this path is a file'));
  });

  test('without --lang, pages follow the browser’s language; with it, they are in that language', async () => {
    const wordsOf = async (args: string[]) => {
      const host = await HostProcess.start(HOST_ENTRY, { args });
      const pages = ['ru-RU,ru;q=0.9', 'en-GB'].map(async (accept) => {
        const page = await fetch(`${host.ready.apiUrl}/console/?token=spent`, { headers: { 'accept-language': accept } });
        return /<html lang="(\w+)">/.exec(await page.text())?.[1];
      });
      const languages = await Promise.all(pages);
      await host.running.stop();
      return languages;
    };
    expect(await wordsOf([])).toEqual(['ru', 'en']);
    expect(await wordsOf(['--lang', 'ru'])).toEqual(['ru', 'ru']);
  });

  test('an invalid address exits with code 1 and a message in the requested language', async () => {
    const ended = await run('--host', '192.0.2.1', '--port', '0', '--data-dir', temporaryDataDir(), '--lang', 'ru');
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: 'Не удаётся слушать 192.0.2.1: у этого компьютера нет такого адреса\n' });
  });

  describe('on an address other than loopback', () => {
    test('it speaks TLS with a certificate of its own, whose fingerprint it prints', async () => {
      const started = await host({ args: ['--host', '0.0.0.0', '--demo'] });
      const { apiUrl, consoleUrl, dataDir } = started.ready;
      const cert = readFileSync(join(dataDir, 'tls-cert.pem'), 'utf8');
      expect(apiUrl).toMatch(/^https:\/\//);
      expect(consoleUrl).toMatch(`${apiUrl}/console/?token=`);
      const trusting = pinnedFetch(() => cert);
      const contacts = async () => (await trusting(`${apiUrl}/contacts`, { headers: { authorization: `Bearer ${started.token}` } })).json();
      await expect.poll(contacts).toMatchObject({ items: [{ status: 'assigned' }] }); // the demo's bot trusts it
      const address = apiUrl.replace('https:', 'http:');
      expect(await (await fetch(`${address}/health`)).json()).toMatchObject({ status: 400, detail: expect.stringContaining('https://') });
      const { stderr } = await started.running.stop();
      const { fingerprint256 } = new X509Certificate(cert);
      expect(stderr).toBe(
        `Reachable from other machines, over TLS with the desk's own certificate (--host 0.0.0.0). Browsers warn at the first visit: compare the fingerprint there, SHA-256 ${fingerprint256}\n`,
      );
    });

    test('it speaks plain HTTP only when told to, and warns', async () => {
      const started = await host({ args: ['--host', '0.0.0.0', '--insecure'] });
      expect((await fetch(`${started.ready.apiUrl}/health`)).status).toBe(200);
      const { stderr } = await started.running.stop();
      expect(stderr).toBe(
        'Warning: reachable from other machines without encryption (--host 0.0.0.0 --insecure). Whoever is on the network can read leads and tokens.\n',
      );
    });

    test('a certificate that cannot be used exits with code 1, the file and the reason', async () => {
      const ended = await run(
        '--port',
        '0',
        '--data-dir',
        temporaryDataDir(),
        '--lang',
        'ru',
        '--tls-cert',
        '/nowhere/cert.pem',
        '--tls-key',
        '/nowhere/key.pem',
      );
      expect(ended).toMatchObject({ code: 1, stdout: '', stderr: 'Сертификат не подходит. /nowhere/cert.pem: такого файла нет\n' });
    });
  });

  test('a console is served under a name given with --allow-host, and under no other', async () => {
    const started = await host({ args: ['--allow-host', 'desk.example.com'] });
    const socket = await openSocket(started, { host: 'desk.example.com', origin: 'https://desk.example.com' });
    socket.terminate();
    for (const wrong of [
      { host: 'evil.example', origin: 'https://evil.example' },
      { host: 'desk.example.com', origin: 'https://evil.example' },
      { host: 'desk.example.com', origin: undefined },
    ])
      await expect(openSocket(started, wrong)).rejects.toThrow('403');
  });

  test('under a Node.js that is too old it prints one line instead of crashing', () => {
    // the entry must report it before it loads anything that needs the newer version
    const source = readFileSync(SOURCE_ENTRY, 'utf8');
    expect(source.match(/^import .*/gm)).toBeNull();
    const pretend = `Object.defineProperty(process.versions, 'node', { value: '20.18.0' }); await import(${JSON.stringify(SOURCE_ENTRY)});`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', pretend], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'en_US' },
    });
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: 'Switchyard needs Node.js 22.14 or newer; this is 20.18.0.\n' });
  });
});

describe('ending', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s under load: exit code 0, and every confirmed contact is stored', async (signal) => {
    const started = await host({ args: ['--demo'] });
    const { apiUrl, dataDir } = started.ready;
    const confirmed = new Set<number>();
    let stopped = false;
    const bot = async () => {
      while (!stopped) {
        try {
          const answer = await call<{ id: number }>(
            apiUrl,
            started.token,
            'POST',
            '/contacts',
            { source_id: 1, external_id: randomUUID() },
            { 'idempotency-key': randomUUID() },
          );
          if (answer.status === 201) confirmed.add(answer.body.id);
        } catch {
          return; // the port is closed
        }
      }
    };
    const bots = Array.from({ length: 8 }, bot);
    while (confirmed.size < 50) await new Promise((resolve) => setImmediate(resolve));
    const ended = await started.running.stop(signal);
    stopped = true;
    expect({ code: ended.code, signal: ended.signal }).toEqual({ code: 0, signal: null });
    await Promise.all(bots);
    for (const left of ['host.json', 'switchyard.db-wal']) expect(existsSync(join(dataDir, left)), left).toBe(false);

    const again = await host({ dataDir });
    const kept = new Set<number>();
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: { id: number }[]; next_cursor: string | null } = await again.api('GET', `/contacts?limit=500${cursor && `&cursor=${cursor}`}`);
      for (const { id } of page.items) kept.add(id);
      cursor = page.next_cursor;
    }
    expect([...confirmed].filter((id) => !kept.has(id))).toEqual([]);
  });

  test('the next start reports when intake was closed: exactly after a stop, approximately after kill -9', async () => {
    const infoOf = ({ ready, token }: HostProcess) => askConsole<HostInfo>({ apiUrl: ready.apiUrl, adminToken: token }, 'query', 'info');
    const first = await host();
    expect((await infoOf(first)).closed).toBeNull();
    const record = () => JSON.parse(readFileSync(join(first.ready.dataDir, 'intake.json'), 'utf8')) as { open_until: number; was_stopped: boolean };
    const opened = record();
    await first.running.stop();
    const stopped = record();
    expect([opened.was_stopped, stopped.was_stopped]).toEqual([false, true]);
    expect(stopped.open_until).toBeGreaterThan(opened.open_until);
    const second = await host({ dataDir: first.ready.dataDir });
    const { closed } = await infoOf(second);
    expect(closed).toMatchObject({ from: stopped.open_until, was_stopped: true });
    expect(closed?.until).toBeGreaterThan(stopped.open_until);

    const anna = await second.api<{ id: number }>('POST', '/operators', { name: 'Anna' });
    const source = await second.api<{ id: number }>('POST', '/sources', { name: 'Bot' });
    await second.api('PUT', `/operators/${anna.id}/competences/${source.id}`, { weight: 1 });
    const { created_at } = await second.api<{ created_at: string }>('POST', '/contacts', { source_id: source.id, external_id: 'a' });
    await second.running.stop('SIGKILL');
    const prose = new Running(process.execPath, [HOST_ENTRY, '--lang', 'en', '--no-open', '--port', '0', '--data-dir', first.ready.dataDir]);
    await new Promise((resolve) => prose.child.stdout?.once('data', resolve));
    expect((await prose.stop()).stdout).toMatch(/^No contacts could be accepted from about .+ to .+: Switchyard ended unexpectedly\.$/m);
    expect(record().open_until).toBeGreaterThan(Date.parse(created_at));
  });

  test('a data directory can be started again after kill -9', async () => {
    const first = await host();
    await first.api('POST', '/operators', { name: 'Anna' });
    await first.running.stop('SIGKILL');
    const again = await host({ dataDir: first.ready.dataDir });
    expect(await again.api('GET', '/operators')).toMatchObject({ items: [{ name: 'Anna' }] });
    expect(again.token).toBe(first.token);
  });

  test('open or suspended consoles do not delay it', async () => {
    const started = await host();
    const session = await openSession(started.consoleUrl);
    const awake = await openConsoleSocket(started.ready.apiUrl, session);
    const asleep = await openConsoleSocket(started.ready.apiUrl, session);
    asleep.pause();
    expect((await started.running.stop()).code).toBe(0);
    expect(awake.readyState).not.toBe(WebSocket.OPEN);
    expect(existsSync(join(started.ready.dataDir, 'switchyard.db-wal'))).toBe(false);
    asleep.terminate();
  });
});

describe('the console in a browser', () => {
  let started: HostProcess;
  beforeAll(async () => {
    started = await HostProcess.start(HOST_ENTRY, { args: ['--lang', 'en'] });
  });
  afterAll(() => started.dispose());
  const link = () => newConsoleLink(keyTo(started));

  test('the printed link opens one console, once; following it again explains how to get another', async () => {
    const first = await fetch(started.consoleUrl, { redirect: 'manual' });
    expect([first.status, first.headers.get('cache-control'), first.headers.get('referrer-policy'), first.headers.get('cross-origin-opener-policy')]).toEqual([
      200,
      'no-store',
      'no-referrer',
      'same-origin',
    ]);
    expect(first.headers.get('set-cookie')).toBeNull();
    expect(await first.text()).toMatch(/<meta name="switchyard-session" content="\d+\.[0-9a-f]{64}" \/>/);
    const second = await fetch(started.consoleUrl, { redirect: 'manual' });
    expect(second.status).toBe(403);
    const page = await second.text();
    for (const part of ['This link has been used, or is too old', 'Settings → Sessions → New link', `-H @- ${started.ready.apiUrl}/console-links`])
      expect(page).toContain(part);
    expect(page).not.toContain('<script');
  });

  test('of many clients that follow one link at once, one gets in', async () => {
    const url = await link();
    const answers = await Promise.all(Array.from({ length: 20 }, () => fetch(url).then(({ status }) => status)));
    expect(answers.filter((status) => status === 200)).toHaveLength(1);
    expect(answers.filter((status) => status === 403)).toHaveLength(19);
  });

  test.each(['/console/?token=wrong', '/console/?token=', '/console/?token=a&token=b', '/console?token=wrong'])('%s opens nothing', async (path) => {
    const response = await fetch(started.ready.apiUrl + path, { redirect: 'manual' });
    expect(response.status).toBe(403);
    expect(await response.text()).not.toContain('switchyard-session');
  });

  test('page and files are the same for everybody and have no data of the desk', async () => {
    const { apiUrl } = started.ready;
    const page = await fetch(`${apiUrl}/console/`);
    expect(page.status).toBe(200);
    expect(await page.text()).not.toContain('switchyard-session');
    for (const path of ['/console/..%2f..%2fpackage.json', '/console/%2e%2e/%2e%2e/package.json', '/console/exports/1'])
      expect((await fetch(apiUrl + path, { redirect: 'manual' })).status, path).toBeGreaterThanOrEqual(400);
  });

  test('the address without a path leads to the console and discloses nothing', async () => {
    const response = await fetch(`${started.ready.apiUrl}/`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location'), response.headers.get('set-cookie'), await response.text()]).toEqual([
      303,
      '/console/',
      null,
      '',
    ]);
  });

  test('a link may be followed from a local file, and other pages may send nothing', async () => {
    const from = (mode: string, dest: string) => ({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': mode, 'sec-fetch-dest': dest });
    const url = await link();
    const status = async (at: string, headers: Record<string, string>, method = 'GET') => (await rawGet(at, headers, method)).split(' ')[1];
    for (const [mode, dest] of [
      ['no-cors', 'image'],
      ['navigate', 'iframe'],
      ['cors', 'empty'],
    ] as const)
      expect(await status(url, from(mode, dest)), dest).toBe('403');
    expect(await status(`${started.ready.apiUrl}/console/`, from('navigate', 'document'))).toBe('403');
    expect(await status(`${started.ready.apiUrl}/console/?token=guess`, from('navigate', 'document'))).toBe('403');
    expect(await status(url, from('navigate', 'document'))).toBe('200');
  });

  test('a session survives a restart and a kill; a new admin token ends it', async () => {
    const first = await host();
    const session = await openSession(first.consoleUrl);
    (await openConsoleSocket(first.ready.apiUrl, session)).terminate();
    await first.running.stop('SIGKILL');
    const { port } = new URL(first.ready.apiUrl);
    const again = await host({ dataDir: first.ready.dataDir, args: ['--port', port] });
    (await openConsoleSocket(again.ready.apiUrl, session)).terminate();
    expect(await again.api('GET', '/sessions')).toMatchObject({ items: [{ id: session.id, consoles: 0 }] });
    await again.running.stop();
    rmSync(join(first.ready.dataDir, 'admin-token'));
    const renewed = await host({ dataDir: first.ready.dataDir, args: ['--port', port] });
    await expect(openConsoleSocket(renewed.ready.apiUrl, session)).rejects.toThrow('closed with 4401');
    expect(await renewed.api('GET', '/sessions')).toEqual({ items: [], next_cursor: null });
  });

  test.each([
    ['another origin', { origin: 'http://evil.example' }],
    ['no origin', { origin: undefined }],
    ['another host', { host: 'evil.example' }],
    ['another path', { path: '/console/other' }],
  ])('a WebSocket with %s is refused', async (_, wrong) => {
    await expect(openSocket(started, wrong)).rejects.toThrow('403');
  });

  test.each([
    ['nothing that can be read', 'hello'],
    ['a proof of nothing', JSON.stringify({ session: 1, proof: '0'.repeat(64) })],
    ['a session that never was', JSON.stringify({ session: 999, proof: '0'.repeat(64) })],
    ['a call', JSON.stringify({ id: 1, method: 'query', params: { path: 'board' } })],
  ])('a WebSocket that begins with %s is closed and learns nothing', async (_, first) => {
    await openSession(await link());
    const socket = await openSocket(started);
    const heard: string[] = [];
    socket.on('message', (data: Buffer) => heard.push(data.toString('utf8')));
    const closed = new Promise((resolve) => {
      socket.once('close', resolve);
    });
    socket.send(first);
    expect(await closed).toBe(4401);
    expect(heard.filter((text) => !text.includes('challenge'))).toEqual([]);
  });

  test('a WebSocket that sends more than a proof is disconnected before it has sent everything', async () => {
    const socket = await openSocket(started);
    const closed = new Promise((resolve) => {
      socket.once('close', resolve);
    });
    socket.on('error', () => undefined);
    socket.send('x'.repeat(1024 * 1024));
    expect(await closed).toBe(1006);
  });
});

const keyTo = ({ ready: { apiUrl }, token }: HostProcess) => ({ apiUrl, adminToken: token });

/** The status line of the answer; fetch cannot send a browser's navigation headers. */
function rawGet(url: string, headers: Record<string, string>, method: string): Promise<string> {
  const { host: name, port, pathname, search } = new URL(url);
  const lines = [`${method} ${pathname}${search} HTTP/1.1`, `Host: ${name}`, 'Connection: close', ...Object.entries(headers).map((pair) => pair.join(': '))];
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`));
    socket.setEncoding('latin1').on('data', (part: string) => {
      answer += part;
    });
    socket.once('error', reject);
    socket.once('close', () => resolve(answer.split('\r\n')[0] ?? ''));
  });
}

function openSocket(started: HostProcess, wrong: { origin?: string | undefined; host?: string; path?: string } = {}): Promise<WebSocket> {
  const { host: name } = new URL(started.ready.apiUrl);
  const { path = '/console/ws', ...headers } = { origin: `http://${name}`, ...wrong };
  const socket = new WebSocket(`ws://${name}${path}`, { headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}
