/** A host of its own, and contacts that come to it over the real port and are closed again, as evenly as they come. */
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
/** How long a contact is held before it is closed, so that as many are closed as come. */
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

/** Hands contacts in evenly and closes each when it was held for a while, until it is stopped. */
export class Traffic {
  readonly #host: Host;
  /** how many of them contacts come from */
  readonly #sources: number;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 32 });
  readonly #began = performance.now();
  readonly #timer: NodeJS.Timeout;
  #sent = 0;
  /** epoch milliseconds at which the answer to a contact was here: it was committed before */
  readonly answered = new Map<number, number>();
  failed = 0;
  /** milliseconds that the slowest answer took since somebody last looked */
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
