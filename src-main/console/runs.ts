import type { Change } from '#shared/board.ts';
import { EncodedRun } from '#shared/contract/runs.ts';

/** Changes that were committed within this time of each other travel to consoles together. */
export const TOGETHER_MS = 40;

/**
 * Changes for all consoles: gathered for a moment, written as text once, handed to everybody who watches. Who has just come may be told of
 * what was committed a moment before.
 */
export class Runs {
  readonly #follow: (listener: (changes: readonly Change[]) => void) => () => void;
  readonly #listeners = new Set<(run: EncodedRun) => void>();
  #pending: Change[] = [];
  #timer: NodeJS.Timeout | undefined;
  #stop: (() => void) | undefined;

  /** @param follow calls back after every commit with its changes, with none when the board was read anew, until the returned function is called */
  constructor(follow: (listener: (changes: readonly Change[]) => void) => () => void) {
    this.#follow = follow;
  }

  /** Calls back with each run, until the returned function is called. */
  watch(listener: (run: EncodedRun) => void): () => void {
    this.#listeners.add(listener);
    this.#stop ??= this.#follow((changes) => this.#gather(changes));
    return () => {
      if (!this.#listeners.delete(listener) || this.#listeners.size > 0) return;
      this.#stop?.();
      this.#stop = undefined;
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#pending = [];
    };
  }

  #gather(changes: readonly Change[]): void {
    if (changes.length === 0) {
      this.#tell([]); // what is pending is on the board that will be asked for
      return;
    }
    this.#pending.push(...changes);
    this.#timer ??= setTimeout(() => this.#tell(this.#pending), TOGETHER_MS);
  }

  #tell(changes: readonly Change[]): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending = [];
    const run = new EncodedRun(changes);
    for (const listener of this.#listeners) listener(run);
  }
}
