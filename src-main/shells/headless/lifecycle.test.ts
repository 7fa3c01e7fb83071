import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { call, HOST_ENTRY, HostProcess, Running, SOURCE_ENTRY, temporaryDataDir } from '../testing/host-process.ts';

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
  test('prints exactly one line of the promised shape when it accepts requests', async () => {
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

  test('takes away what a browser left there that printed for a host which was killed', async () => {
    const started = await host();
    const printing = join(started.ready.dataDir, 'printing');
    await started.running.stop('SIGKILL');
    mkdirSync(join(printing, 'XXXXXX', 'profile'), { recursive: true });
    writeFileSync(join(printing, 'XXXXXX', 'profile', 'History'), 'a report');
    await started.restart();
    expect(existsSync(printing)).toBe(false);
  });

  test('makes the data directory, its token and its log for the user alone', async () => {
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

  test('says in prose what runs where without --json', async () => {
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

  test('a second start on the data directory ends with code 3, names the first and leaves its database alone', async () => {
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

  test('a taken port ends with code 4 and a sentence, and lets go of the data directory', async () => {
    const first = await host();
    const { port } = new URL(first.ready.apiUrl);
    const dataDir = temporaryDataDir();
    const second = await run('--json', '--port', port, '--data-dir', dataDir);
    expect(second).toMatchObject({ code: 4, stdout: '' });
    expect(second.stderr).toMatch(new RegExp(`^Port ${port} is taken .*--port N.*\\n$`));
    await host({ dataDir });
  });

  test('a data directory that cannot be one ends with code 1 and a sentence', async () => {
    const { ready } = await host();
    const file = join(ready.dataDir, 'admin-token');
    const ended = (dir: string, why: string) => ({ code: 1, stdout: '', stderr: `The data directory ${dir} cannot be used: ${why}\n` });
    expect(await run('--data-dir', file)).toMatchObject(ended(file, 'it is a file, not a folder'));
    expect(await run('--data-dir', join(file, 'x'))).toMatchObject(ended(join(file, 'x'), 'a part of this path is a file'));
  });

  test('an address that is none ends with code 1 and a sentence, in the language asked for', async () => {
    const ended = await run('--host', '192.0.2.1', '--port', '0', '--data-dir', temporaryDataDir(), '--lang', 'ru');
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: 'Не удаётся слушать 192.0.2.1: у этого компьютера нет такого адреса\n' });
  });

  test('an address other than loopback is said aloud', async () => {
    const started = await host({ args: ['--host', '0.0.0.0'] });
    const { stderr } = await started.running.stop();
    expect(stderr).toBe('Attention: reachable from other machines (--host 0.0.0.0). Everybody who can reach it and knows a token may call.\n');
  });

  test('under a Node.js that is too old it says one line instead of crashing', () => {
    // the entry must be able to say so before it loads anything that needs the new one
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
  test.each(['SIGTERM', 'SIGINT'] as const)('%s under load: exit 0 in order, every confirmed contact is kept', async (signal) => {
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

  test('kill -9 leaves a data directory that starts again', async () => {
    const first = await host();
    await first.api('POST', '/operators', { name: 'Anna' });
    await first.running.stop('SIGKILL');
    const again = await host({ dataDir: first.ready.dataDir });
    expect(await again.api('GET', '/operators')).toMatchObject({ items: [{ name: 'Anna' }] });
    expect(again.token).toBe(first.token);
  });

  test('consoles that are open, or fast asleep, do not hold it up', async () => {
    const started = await host();
    const cookie = await cookieOf(started);
    const awake = await openSocket(started, cookie);
    const asleep = await openSocket(started, cookie);
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

  test('the link is exchanged for a cookie that scripts cannot read, and loses its token', async () => {
    const response = await fetch(started.consoleUrl, { redirect: 'manual' });
    const { port } = new URL(started.ready.apiUrl);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/console/');
    expect(response.headers.get('set-cookie')).toMatch(new RegExp(`^switchyard_${port}=[\\w-]{43}; Path=/console/; HttpOnly; SameSite=Strict$`));
  });

  test.each(['/console/', '/console', '/console/?token=wrong', '/console/assets/index.js', '/console/..%2f..%2fpackage.json'])(
    'without the cookie %s is refused',
    async (path) => {
      const { ready } = await host();
      const response = await fetch(ready.apiUrl + path, { redirect: 'manual', headers: { cookie: `switchyard_${new URL(ready.apiUrl).port}=x` } });
      expect(response.status).toBe(403);
      expect(await response.text()).toContain('Open the console with the link that was printed when Switchyard started.');
    },
  );

  test('the address without a path leads to the console, and gives nothing away', async () => {
    const response = await fetch(`${started.ready.apiUrl}/`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location'), response.headers.get('set-cookie'), await response.text()]).toEqual([
      303,
      '/console/',
      null,
      '',
    ]);
  });

  test('the cookie outlives a restart on the same port', async () => {
    const first = await host();
    const cookie = await cookieOf(first);
    await first.running.stop();
    const { port } = new URL(first.ready.apiUrl);
    const again = await host({ dataDir: first.ready.dataDir, args: ['--port', port] });
    await openSocket(again, cookie);
    const otherPort = new URL(started.ready.apiUrl).port;
    await expect(openSocket(started, cookie.replace(port, otherPort))).rejects.toThrow('403');
  });

  test.each([
    ['no cookie', { cookie: '' }],
    ['another origin', { origin: 'http://evil.example' }],
    ['no origin', { origin: undefined }],
    ['another host', { host: 'evil.example' }],
    ['another path', { path: '/console/other' }],
  ])('a WebSocket with %s is refused', async (_, wrong) => {
    await expect(openSocket(started, await cookieOf(started), wrong)).rejects.toThrow('403');
  });
});

async function cookieOf(started: HostProcess): Promise<string> {
  const response = await fetch(started.consoleUrl, { redirect: 'manual' });
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

function openSocket(
  started: HostProcess,
  cookie: string,
  wrong: { cookie?: string; origin?: string | undefined; host?: string; path?: string } = {},
): Promise<WebSocket> {
  const { host: name } = new URL(started.ready.apiUrl);
  const { path = '/console/ws', ...headers } = { cookie, origin: `http://${name}`, ...wrong };
  const socket = new WebSocket(`ws://${name}${path}`, { headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}
