/** A real host in a separate process, with a free port and its own data directory, for tests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { appFile } from '#shells/app-root.ts';

/** Entry of the sources, run directly by Node.js. */
export const SOURCE_ENTRY = appFile('src-main', 'shells', 'headless', 'main.ts');
/** Entry of the shipped bundle, built by `npm run build`. */
export const BUILT_ENTRY = appFile('out', 'main', 'headless.js');
/** `npm test` builds first and sets this variable: tests then run the shipped bundle, which starts in a third of the processor time. Otherwise the present sources. */
export const HOST_ENTRY = process.env.TESTED_HOST === 'built' ? BUILT_ENTRY : SOURCE_ENTRY;

const readyLine = z.object({
  ready: z.literal(true),
  version: z.string(),
  apiUrl: z.string(),
  consoleUrl: z.string().nullable(),
  dataDir: z.string(),
  pid: z.int(),
});
export type ReadyLine = z.infer<typeof readyLine>;

export function temporaryDataDir(): string {
  return join(mkdtempSync(join(tmpdir(), 'switchyard-')), 'data');
}

/** A free port below those that systems give out themselves: while a host restarts, no connection of another program is given its port. */
async function freePort(): Promise<number> {
  const port = randomInt(20_000, 32_000);
  const server = createServer().listen(port, '127.0.0.1');
  const isFree = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (!isFree) return freePort();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A started program, with its recorded output. */
export class Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  #stdout = '';
  #stderr = '';

  constructor(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    this.child.stdout?.on('data', (data: Buffer) => {
      this.#stdout += data;
    });
    this.child.stderr?.on('data', (data: Buffer) => {
      this.#stderr += data;
    });
    this.ended = new Promise((resolve) => {
      this.child.on('close', (code, signal) => resolve({ code, signal, stdout: this.#stdout, stderr: this.#stderr }));
    });
  }

  /** The line printed by --json. @throws Error with the output when the program ends first */
  async ready(): Promise<ReadyLine> {
    const { stdout } = this.child;
    if (!stdout) throw new Error('no stdout');
    const line = new Promise<string>((resolve) => {
      createInterface({ input: stdout }).once('line', resolve);
    });
    const first = await Promise.race([line, this.ended]);
    if (typeof first === 'string') return readyLine.parse(JSON.parse(first));
    throw new Error(`the host ended with ${first.code ?? first.signal} before it was ready\n${first.stdout}${first.stderr}`);
  }

  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }
}

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/** Calls the API with a token. The caller supplies the expected type. */
export async function call<T>(
  apiUrl: string,
  token: string,
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  const response = await fetch(apiUrl + path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }), ...headers },
    body: body ? JSON.stringify(body) : null,
  });
  return { status: response.status, body: (await response.json()) as T };
}

const tokenIn = ({ dataDir }: ReadyLine): string => readFileSync(join(dataDir, 'admin-token'), 'utf8').trim();

export class HostProcess {
  token: string;
  readonly #entry: string;
  #running: Running;
  #ready: ReadyLine;

  private constructor(entry: string, running: Running, ready: ReadyLine) {
    this.#entry = entry;
    this.#running = running;
    this.#ready = ready;
    this.token = tokenIn(ready);
  }

  /** Reads the admin token again, after it was replaced. */
  readToken(): void {
    this.token = tokenIn(this.#ready);
  }

  static async start(entry: string, options: { dataDir?: string; args?: readonly string[] } = {}): Promise<HostProcess> {
    const { dataDir = temporaryDataDir(), args = [] } = options;
    const running = new Running(process.execPath, [entry, '--json', '--port', String(await freePort()), '--data-dir', dataDir, ...args]);
    return new HostProcess(entry, running, await running.ready());
  }

  get running(): Running {
    return this.#running;
  }

  get ready(): ReadyLine {
    return this.#ready;
  }

  /** Restarts the host on the same data and port. @param env changes to its environment */
  async restart(env: NodeJS.ProcessEnv = {}): Promise<void> {
    await this.#running.stop();
    const { apiUrl, dataDir } = this.#ready;
    this.#running = new Running(process.execPath, [this.#entry, '--json', '--port', new URL(apiUrl).port, '--data-dir', dataDir], env);
    this.#ready = await this.#running.ready();
  }

  get consoleUrl(): string {
    if (this.ready.consoleUrl === null) throw new Error('this host has a window');
    return this.ready.consoleUrl;
  }

  /** Calls the API with the admin token. @throws Error when the answer is not a success */
  async api<T = unknown>(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<T> {
    const answer = await call<T>(this.ready.apiUrl, this.token, method, path, body, headers);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Ends the host and removes its data. */
  async dispose(): Promise<void> {
    await this.running.stop();
    await rm(join(this.ready.dataDir, '..'), { recursive: true, force: true, maxRetries: 10 }); // helpers of a browser that has printed may still write to its profile
  }
}
