/** Runs long work on database files off the event loop. Each task has its own thread, which ends with it. */
import { Worker } from 'node:worker_threads';
import type { Tasks } from './tasks.ts';

/** A worker thread's answer. */
export type Answer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown };

/** Starts tasks in threads and ends those still running when the host stops. */
export class WorkerTasks {
  readonly #entry: string;
  readonly #busy = new Set<Worker>();
  #isClosed = false;

  /** @param entry path of `worker.ts` or its bundle */
  constructor(entry: string) {
    this.#entry = entry;
  }

  /** Runs a task in a new thread. @throws what the task threw, or an error when the thread ended early */
  run<K extends keyof Tasks>(name: K, input: Parameters<Tasks[K]>[0]): Promise<Awaited<ReturnType<Tasks[K]>>> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) throw new Error(`${name} was not begun: the host stops`);
      const worker = new Worker(this.#entry, { workerData: { name, input } });
      this.#busy.add(worker);
      worker.once('message', (answer: Answer) => {
        if (answer.ok)
          resolve(answer.value as Awaited<ReturnType<Tasks[K]>>); // the thread ran this very task
        else reject(answer.error as Error);
      });
      worker.once('error', reject);
      worker.once('exit', () => {
        this.#busy.delete(worker);
        reject(new Error(`${name} was ended before it was done`));
      });
    });
  }

  /** Terminates running tasks and begins no others. Their unfinished files are removed at the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#busy].map((worker) => worker.terminate()));
  }
}
