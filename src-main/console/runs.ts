import { EncodedRun } from '#shared/contract/runs.ts';
import type { Change } from '#shared/effects/effects.ts';

/** Changes committed within this time are sent to consoles together. */
export const TOGETHER_MS = 40;

/**
 * Changes for all consoles: collected briefly, encoded once, and sent to every watcher. A new watcher may also receive changes that
 * were committed just before it came.
 */
export class Runs {
  readonly #follow: (listener: (changes: readonly Change[]) => void) => () => void;
  readonly #listeners = new Set<(run: EncodedRun) => void>();
  #pending: Change[] = [];
  #timer: NodeJS.Timeout | undefined;
  #stop: (() => void) | undefined;

  /** @param follow calls back after every commit with its changes, or with none when the board was reloaded, until the returned function is called */
  constructor(follow: (listener: (changes: readonly Change[]) => void) => () => void) {
    this.#follow = follow;
  }

  /** Calls `listener` with each run until the returned function is called. */
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
      this.#notify([]); // pending changes are part of the board that consoles will request
      return;
    }
    this.#pending.push(...changes);
    this.#timer ??= setTimeout(() => this.#notify(this.#pending), TOGETHER_MS);
  }

  #notify(changes: readonly Change[]): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending = [];
    const run = new EncodedRun(changes);
    for (const listener of this.#listeners) listener(run);
  }
}
