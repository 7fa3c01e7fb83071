/** A real host in a process of its own, on a free port and in a data directory of its own, for tests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { appFile } from '#shells/app-root.ts';

/** From the sources, by Node.js itself. */
export const SOURCE_ENTRY = appFile('src-main', 'shells', 'headless', 'main.ts');
/** As it is shipped; `npm run build` makes it. */
export const BUILT_ENTRY = appFile('out', 'main', 'headless.js');
/** `npm test` has built and says so: what is shipped is what is tested, and it starts in a third of the processor time. Else the sources as they are now. */
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

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that has been started; what it says is kept. */
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

  /** The line that --json prints. @throws Error when it ends before, with what it said */
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

/** Calls the API with a token. The caller names the shape that it expects. */
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

  /** After it was given a new one. */
  readToken(): void {
    this.token = tokenIn(this.#ready);
  }

  static async start(entry: string, options: { dataDir?: string; args?: readonly string[] } = {}): Promise<HostProcess> {
    const { dataDir = temporaryDataDir(), args = [] } = options;
    const running = new Running(process.execPath, [entry, '--json', '--port', '0', '--data-dir', dataDir, ...args]);
    return new HostProcess(entry, running, await running.ready());
  }

  get running(): Running {
    return this.#running;
  }

  get ready(): ReadyLine {
    return this.#ready;
  }

  /** Ends it and starts it again on the same data and the same port. @param env what is otherwise in its environment then */
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

  /** @throws Error when the answer is not a success */
  async api<T = unknown>(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<T> {
    const answer = await call<T>(this.ready.apiUrl, this.token, method, path, body, headers);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Ends it and removes its data. */
  async dispose(): Promise<void> {
    await this.running.stop();
    rmSync(join(this.ready.dataDir, '..'), { recursive: true, force: true });
  }
}
