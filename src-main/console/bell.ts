/** Wakes one waiting caller; a ring while nobody waits is kept for the next one. */
export class Bell {
  #ringing = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#ringing = true;
    this.#wake?.();
  }

  /** True if it rang, false if `signal` was aborted first. */
  async rung(signal: AbortSignal | undefined): Promise<boolean> {
    if (!this.#ringing && !signal?.aborted)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        signal?.addEventListener('abort', () => resolve(), { once: true });
      });
    this.#ringing = false;
    return !signal?.aborted;
  }
}
