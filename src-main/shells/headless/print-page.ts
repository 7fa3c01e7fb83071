/** Prints a page as PDF with a headless Chromium-based browser, controlled over a pipe (Chrome DevTools Protocol). */
import { spawn } from 'node:child_process';
import { hash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { PAPER } from '#shells/paper.ts';

/** Maximum time for the page to become ready. */
const READY_WITHIN_MS = 60_000;

/** Script for the page: resolves to true once the page reports that it is complete, or to false on timeout. */
const PAGE_IS_READY = `new Promise((resolve) => {
  const began = performance.now();
  const look = () => {
    if (document.documentElement.dataset.ready === 'true') resolve(true);
    else if (performance.now() - began > ${READY_WITHIN_MS}) resolve(false);
    else setTimeout(look, 50);
  };
  look();
})`;

/** Maximum path length in bytes. Chromium creates a socket in the temporary folder, does not start if the path is too long for a socket, and leaves it behind when killed. */
const LONGEST_FOLDER = 60;

interface Page {
  readonly url: string;
  /** a certificate that the browser accepts without checking it, PEM; null: none */
  readonly trusted: string | null;
}

/**
 * @param folder created if necessary; everything that the browser writes goes there, and stays there if this process is killed
 * @throws when the browser exits early or the page is not ready in time
 */
export async function printPage(browser: string, { url, trusted }: Page, folder: string): Promise<Uint8Array> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const own = await mkdtemp(join(folder, '/'));
  const env = Buffer.byteLength(own) <= LONGEST_FOLDER ? { ...process.env, TMPDIR: own } : process.env;
  // Chromium's sandbox does not run as root; it is not needed here, since the page is our own
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const options = [
    '--headless',
    '--remote-debugging-pipe',
    `--user-data-dir=${join(own, 'profile')}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-gpu',
    ...(trusted === null ? [] : [`--ignore-certificate-errors-spki-list=${publicKeyHash(trusted)}`]),
  ];
  const child = spawn(browser, [...options, ...sandbox], { env, stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit').then(
    ([code]) => new Error(`the browser ended with ${String(code)} before the page was printed`),
    (error: unknown) => error as Error,
  );
  try {
    const pipe = new DevTools(child.stdio[3] as Writable, child.stdio[4] as Readable); // both pipes are requested above
    const failed = ended.then((error) => Promise.reject(error));
    return await Promise.race([print(pipe, url), failed]);
  } finally {
    child.kill('SIGKILL');
    await ended;
    await rm(own, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** SHA-256 of the certificate's SubjectPublicKeyInfo, base64. */
const publicKeyHash = (cert: string): string => hash('sha256', new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' }), 'base64');

async function print(pipe: DevTools, url: string): Promise<Uint8Array> {
  const { targetId } = await pipe.call<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await pipe.call<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
  await pipe.call('Page.enable', {}, sessionId);
  const loaded = pipe.event('Page.loadEventFired');
  const { errorText } = await pipe.call<{ errorText?: string }>('Page.navigate', { url }, sessionId);
  if (errorText !== undefined) throw new Error(`the page could not be opened: ${errorText}`);
  await loaded;
  const { result } = await pipe.call<{ result: { value?: unknown } }>(
    'Runtime.evaluate',
    { expression: PAGE_IS_READY, awaitPromise: true, returnByValue: true },
    sessionId,
  );
  if (result.value !== true) throw new Error(`the page was not ready within ${READY_WITHIN_MS / 1000} seconds`);
  const { data } = await pipe.call<{ data: string }>('Page.printToPDF', PAPER, sessionId);
  return Buffer.from(data, 'base64');
}

interface Answered {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** A DevTools connection: JSON messages, each terminated by NUL. */
class DevTools {
  readonly #to: Writable;
  readonly #pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  readonly #events = new Map<string, () => void>();
  #nextId = 1;
  #rest = '';

  constructor(to: Writable, from: Readable) {
    this.#to = to;
    to.on('error', () => undefined); // the browser has exited, which is reported separately
    from.setEncoding('utf8');
    from.on('data', (text: string) => {
      const messages = (this.#rest + text).split('\0');
      this.#rest = messages.pop() ?? '';
      for (const message of messages) this.#receive(JSON.parse(message) as Answered); // the protocol's own format
    });
  }

  call<T>(method: string, params: object, sessionId?: string): Promise<T> {
    const id = this.#nextId++;
    this.#to.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as (value: unknown) => void, reject }); // the method determines the type of the answer
    });
  }

  event(method: string): Promise<void> {
    return new Promise((resolve) => {
      this.#events.set(method, resolve);
    });
  }

  #receive({ id, method, result, error }: Answered): void {
    if (method !== undefined) this.#events.get(method)?.();
    if (id === undefined) return;
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (error) pending?.reject(new Error(error.message));
    else pending?.resolve(result);
  }
}
