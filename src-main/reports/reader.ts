/**
 * The way to run long queries: in a separate thread with its own read-only connection.
 * The thread starts with the first question and ends after some idle minutes. Independent of the questions themselves.
 */
import { Worker } from 'node:worker_threads';
import type { FromThread, ThreadData, ToThread } from './protocol.ts';
import type { Answer, Input, Question } from './questions.ts';

/** The thread ended before answering, because the program is stopping or the database was replaced. Ask again. */
export class NotAnswered extends Error {}

export interface ReaderOptions {
  /** path of `thread.ts` or its bundle */
  readonly entry: string;
  /** the database's file */
  readonly database: string;
  /** idle time after which the thread and its memory are released */
  readonly idleMs?: number;
}

export interface Asking {
  readonly signal?: AbortSignal | undefined;
  /** receives the progress, 0 … 1 */
  readonly onProgress?: ((progress: number) => void) | undefined;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: ((progress: number) => void) | undefined;
  readonly onChunk: ((chunk: Uint8Array) => void) | undefined;
}

const IDLE_MS = 10 * 60_000;

/** An `ask` that repeats a question once when the thread ended meanwhile, as happens when the database is replaced. */
export function insistent(reader: Pick<Reader, 'ask'>): Reader['ask'] {
  return async (name, input, asking) => {
    try {
      return await reader.ask(name, input, asking);
    } catch (error) {
      if (!(error instanceof NotAnswered)) throw error;
      return reader.ask(name, input, asking);
    }
  };
}

/** The reader thread seen from the host: asks questions, cancels them, restarts the thread when it ends. */
export class Reader {
  readonly #options: ReaderOptions;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #nextId = 1;
  #closed = false;
  /** resolves when the database may be opened again */
  #held: Promise<void> = Promise.resolve();

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  /** Asks a question. @throws what the question threw, `NotAnswered`, or the signal's reason */
  async ask<Q extends Question>(name: Q, input: Input<Q>, asking: Asking = {}): Promise<Answer<Q>> {
    return this.#ask(name, input, asking, undefined).then(({ answer }) => answer);
  }

  /**
   * Asks a question whose answer comes with chunks. `write` is awaited for each; the thread stays at most a few chunks ahead.
   * @throws what the question or `write` threw, `NotAnswered`, or the signal's reason
   */
  async stream<Q extends Question>(name: Q, input: Input<Q>, write: (chunk: Uint8Array) => Promise<void>, asking: Asking = {}): Promise<Answer<Q>> {
    const stop = new AbortController();
    const signal = asking.signal ? AbortSignal.any([asking.signal, stop.signal]) : stop.signal;
    let written = Promise.resolve();
    const { answer } = await this.#ask(name, input, { ...asking, signal }, (chunk, taken) => {
      written = written.then(async () => {
        if (signal.aborted) return;
        await write(chunk);
        taken();
      });
      written.catch((error: unknown) => stop.abort(error));
    });
    await written;
    return answer;
  }

  /** Ends the thread, runs `work`, and holds new questions until it is done, so that the database file can be replaced. */
  async whileClosed<T>(work: () => Promise<T>): Promise<T> {
    await this.#held;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held = promise;
    try {
      await this.#end();
      return await work();
    } finally {
      resolve();
    }
  }

  /** Aborts running questions and accepts no more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#end();
  }

  async #ask<Q extends Question>(
    name: Q,
    input: Input<Q>,
    { signal, onProgress }: Asking,
    onChunk: ((chunk: Uint8Array, taken: () => void) => void) | undefined,
  ): Promise<{ answer: Answer<Q> }> {
    await this.#held;
    signal?.throwIfAborted();
    if (this.#closed) throw new NotAnswered('the program stops');
    const worker = this.#started();
    const id = this.#nextId++;
    const send = (message: ToThread) => worker.postMessage(message);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const taken = () => send({ kind: 'taken', id });
    this.#pending.set(id, { resolve, reject, onProgress, onChunk: onChunk && ((chunk) => onChunk(chunk, taken)) });
    clearTimeout(this.#idle);
    worker.ref();
    const cancel = () => {
      send({ kind: 'cancel', id });
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    send({ kind: 'ask', id, name, input });
    try {
      return { answer: (await promise) as Answer<Q> }; // the thread ran this question
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.#pending.delete(id);
      if (this.#pending.size === 0) {
        worker.unref(); // must not keep the process alive
        this.#idle = setTimeout(() => void this.#end(), this.#options.idleMs ?? IDLE_MS).unref();
      }
    }
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    const { entry, database } = this.#options;
    const worker = new Worker(entry, { workerData: { database } satisfies ThreadData });
    const gone = (error: unknown) => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      for (const { reject } of this.#pending.values()) reject(error);
    };
    worker.on('message', (message: FromThread) => this.#receive(message));
    worker.on('error', gone);
    worker.on('exit', () => gone(new NotAnswered('the thread ended before answering')));
    this.#worker = worker;
    return worker;
  }

  #receive(message: FromThread): void {
    const pending = this.#pending.get(message.id);
    if (!pending) return; // cancelled meanwhile
    switch (message.kind) {
      case 'answer':
        pending.resolve(message.value);
        return;
      case 'failed':
        pending.reject(message.error);
        return;
      case 'progress':
        pending.onProgress?.(message.progress);
        return;
      case 'chunk':
        pending.onChunk?.(message.chunk);
        return;
      default:
        message satisfies never;
    }
  }

  async #end(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#worker?.terminate();
  }
}
