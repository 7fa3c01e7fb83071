/** A separate host, with contacts submitted over the real port at an even rate and closed at the same rate. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { keyOf } from '../generate.ts';
import { phoneOf } from '../measure.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** contacts a second */
const RATE = 200;
/** How long a contact is held before it is closed, so that closings keep pace with arrivals. */
export const HELD_MS = 5000;

export interface Host {
  readonly process: ChildProcess;
  readonly apiUrl: string;
  readonly consoleUrl: string;
  readonly adminToken: string;
}

export async function startHost(dataDir: string): Promise<Host> {
  const args = ['--headless', '--port', '0', '--json', '--no-open', '--lang', 'ru', '--data-dir', dataDir];
  const host = spawn(process.execPath, [join(ROOT, 'out', 'main', 'headless.js'), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(host.stdout), 'line')) as [string];
  const { apiUrl, consoleUrl } = JSON.parse(line) as Pick<Host, 'apiUrl' | 'consoleUrl'>;
  return { process: host, apiUrl, consoleUrl, adminToken: readFileSync(join(dataDir, 'admin-token'), 'utf8').trim() };
}

/** Submits contacts at an even rate and closes each after it has been held for a while, until stopped. */
export class Traffic {
  readonly #host: Host;
  /** how many of the sources contacts come from */
  readonly #sources: number;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 32 });
  readonly #began = performance.now();
  readonly #timer: NodeJS.Timeout;
  #sent = 0;
  /** epoch milliseconds when the response for a contact arrived; its commit was earlier */
  readonly answered = new Map<number, number>();
  failed = 0;
  /** milliseconds of the slowest response since the last read */
  slowestMs = 0;

  constructor(host: Host, sources: number) {
    this.#host = host;
    this.#sources = sources;
    this.#timer = setInterval(() => this.#send(), 5);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #send(): void {
    for (; this.#sent < ((performance.now() - this.#began) / 1000) * RATE; this.#sent++) {
      const n = this.#sent;
      const body = { phone: phoneOf(999_000_000 - n), name: 'Анна Петрова', message: 'Здравствуйте! Подскажите цену.' };
      const token = keyOf(1 + (n % this.#sources));
      void this.#post('/contacts', token, body, `console-${n}`).then((answer) => {
        if (typeof answer?.id !== 'number') return;
        const { id } = answer;
        this.answered.set(id, Date.now());
        setTimeout(() => void this.#post(`/contacts/${id}/close`, this.#host.adminToken), HELD_MS);
      });
    }
  }

  async #post(path: string, token: string, body?: object, key?: string): Promise<{ id?: unknown } | null> {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
    };
    const call = request(new URL(path, this.#host.apiUrl), { method: 'POST', agent: this.#agent, headers });
    const sent = performance.now();
    call.end(body && JSON.stringify(body));
    try {
      const [response] = (await once(call, 'response')) as [import('node:http').IncomingMessage];
      const parts = await response.toArray();
      this.slowestMs = Math.max(this.slowestMs, performance.now() - sent);
      if ((response.statusCode ?? 500) >= 300) this.failed += 1;
      return JSON.parse(Buffer.concat(parts).toString()) as { id?: unknown };
    } catch {
      this.failed += 1;
      return null;
    }
  }
}
