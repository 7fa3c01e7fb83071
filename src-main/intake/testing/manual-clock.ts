import type { Clock } from '#intake/clock.ts';
import type { Every } from '#shared/time.ts';

/** A clock that only the test advances. */
export class ManualClock implements Clock {
  #now = 0;
  readonly #tasks = new Set<{ readonly ms: number; next: number; readonly task: () => void }>();

  readonly now = (): number => this.#now;

  readonly every: Every = (ms, task) => {
    const entry = { ms, next: this.#now + ms, task };
    this.#tasks.add(entry);
    return () => this.#tasks.delete(entry);
  };

  advance(ms: number): void {
    this.#now += ms;
    for (const entry of this.#tasks)
      while (entry.next <= this.#now) {
        entry.next += entry.ms;
        entry.task();
      }
  }
}
