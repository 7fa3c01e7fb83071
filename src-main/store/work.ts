/** Work on database files that takes long, off the event loop: each task in a thread of its own, which ends with it. */
import { Worker } from 'node:worker_threads';
import type { Tasks } from './tasks.ts';

/** What a thread answers. */
export type Answer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown };

export class Workshop {
  readonly #entry: string;
  readonly #busy = new Set<Worker>();

  /** @param entry the file of `worker.ts`, or what it was bundled to */
  constructor(entry: string) {
    this.#entry = entry;
  }

  /** @throws what the task threw, or that the thread ended before it was done */
  run<K extends keyof Tasks>(name: K, input: Parameters<Tasks[K]>[0]): Promise<Awaited<ReturnType<Tasks[K]>>> {
    return new Promise((resolve, reject) => {
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

  /** Ends what is being done. What it was writing is cleared away at the next start. */
  async close(): Promise<void> {
    await Promise.all([...this.#busy].map((worker) => worker.terminate()));
  }
}
