/** The real headless host in a process of its own; it can be killed and started again on the same data and port. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, HOST_ENTRY, type ReadyLine, Running } from '#shells/testing/host-process.ts';

/** Compiled sources are kept from one start to the next: a third of a start's work. */
export const HOST_ENV: NodeJS.ProcessEnv = { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(tmpdir(), 'node-compile-cache') };

export interface HostOptions {
  /** the script that starts it: the real one, or a mutant's */
  readonly entry?: string | undefined;
  /** what Node.js is told */
  readonly nodeArgs?: readonly string[];
  /** a program that runs it: `['strace', '-f', …]` */
  readonly under?: readonly string[];
  readonly dataDir?: string;
}

export class FaultHost {
  readonly dataDir: string;
  readonly #options: HostOptions;
  readonly #folder: string | null;
  #running: Running | null = null;
  #ready: ReadyLine | null = null;

  constructor(options: HostOptions = {}) {
    this.#options = options;
    this.#folder = options.dataDir === undefined ? mkdtempSync(join(tmpdir(), 'switchyard-faults-')) : null;
    this.dataDir = options.dataDir ?? join(this.#folder ?? '', 'data');
    mkdirSync(this.dataDir, { recursive: true });
  }

  get apiUrl(): string {
    if (!this.#ready) throw new Error('the host was never started');
    return this.#ready.apiUrl;
  }

  /** Of the host itself, not of what runs it. */
  get pid(): number {
    if (!this.#ready) throw new Error('the host was never started');
    return this.#ready.pid;
  }

  /** The link that it has printed: it opens one console, once. */
  get consoleUrl(): string {
    return this.#ready?.consoleUrl ?? '';
  }

  get adminToken(): string {
    return readFileSync(join(this.dataDir, 'admin-token'), 'utf8').trim();
  }

  get database(): string {
    return join(this.dataDir, 'switchyard.db');
  }

  /** On a free port at first, then on the same again. */
  async start(): Promise<void> {
    const port = this.#ready ? new URL(this.#ready.apiUrl).port : '0';
    const host = [
      process.execPath,
      ...(this.#options.nodeArgs ?? []),
      this.#options.entry ?? HOST_ENTRY,
      '--json',
      '--lang',
      'en',
      '--port',
      port,
      '--data-dir',
      this.dataDir,
    ];
    const [command = '', ...args] = [...(this.#options.under ?? []), ...host];
    this.#running = new Running(command, args, HOST_ENV);
    this.#ready = await this.#running.ready();
  }

  /** Ends when the process has ended. Frozen ones end of SIGKILL only. */
  end(signal: NodeJS.Signals): Promise<Ended> {
    if (!this.#running) throw new Error('the host is not running');
    const { ended, child } = this.#running;
    if (child.exitCode === null && child.signalCode === null) process.kill(this.pid, signal);
    return ended;
  }

  /** Only for a host that is running. */
  signal(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** Ends it, whatever it does, and removes its data. */
  async dispose(): Promise<void> {
    if (this.#running && this.#ready) await this.end('SIGKILL');
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
  }
}
