/** The real headless host in its own process; it can be killed and restarted on the same data and port. */
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, HOST_ENTRY, type ReadyLine, Running } from '#shells/testing/host-process.ts';

/** Compiled sources are cached between starts, which saves a third of each start. */
export const HOST_ENV: NodeJS.ProcessEnv = { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(tmpdir(), 'node-compile-cache') };

export interface HostOptions {
  /** the script that starts it: the real one, or a mutant's */
  readonly entry?: string | undefined;
  /** options for Node.js */
  readonly nodeArgs?: readonly string[];
  /** a wrapper command: `['strace', '-f', …]` */
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

  /** The host's own, not that of the wrapper. */
  get pid(): number {
    if (!this.#ready) throw new Error('the host was never started');
    return this.#ready.pid;
  }

  /** The link that it has printed; it opens one console, once. */
  get consoleUrl(): string {
    return this.#ready?.consoleUrl ?? '';
  }

  get adminToken(): string {
    return readFileSync(join(this.dataDir, 'admin-token'), 'utf8').trim();
  }

  get database(): string {
    return join(this.dataDir, 'switchyard.db');
  }

  /** On a free port the first time, then on the same port. */
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

  /** Resolves when the process has exited. A stopped process exits only on SIGKILL. */
  end(signal: NodeJS.Signals): Promise<Ended> {
    if (!this.#running) throw new Error('the host is not running');
    const { ended, child } = this.#running;
    if (child.exitCode === null && child.signalCode === null) process.kill(this.pid, signal);
    return ended;
  }

  /** The host must be running. */
  signal(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** Kills it, whatever its state, and removes its data. */
  async dispose(): Promise<void> {
    if (this.#running && this.#ready) await this.end('SIGKILL');
    if (this.#folder !== null) await rm(this.#folder, { recursive: true, force: true, maxRetries: 10 }); // what started under a wrapper may outlive it
  }
}
