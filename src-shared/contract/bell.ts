/** Wakes one sleeper; a ring while nobody sleeps is not lost. */
export class Bell {
  #ringing = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#ringing = true;
    this.#wake?.();
  }

  /** True when it rang, false when `signal` was aborted first. */
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
