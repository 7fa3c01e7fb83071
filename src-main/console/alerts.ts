/** Watches the figures of the pulse and notifies listeners. Checks once a second, and not at all without listeners. */
import { type Alert, type AlertState, calmState, isQuiet, step } from '#shared/alerts.ts';
import type { Board } from '#shared/board.ts';
import type { Today } from '#shared/contract/today.ts';
import { pulseOf, readingsOf } from '#shared/figures.ts';
import type { Every } from '#shared/time.ts';

const LOOK_EVERY_MS = 1_000;
/** Interval of counting the day's figures, which change slowly. */
const COUNT_EVERY_MS = 5_000;

export interface AlertParts {
  readonly board: () => Board;
  readonly today: (within_ms: number) => Promise<Today>;
  readonly now: () => number;
  /** calls back periodically until the returned function is called */
  readonly every: Every;
  /** IANA name */
  readonly timeZone: string;
  readonly log: (message: string, error: unknown) => void;
}

/** Notifies listeners of figures beyond their thresholds. Checks only while somebody listens. */
export class AlertWatch {
  readonly #parts: AlertParts;
  readonly #listeners = new Set<(alerts: readonly Alert[]) => void>();
  readonly #clock: Intl.DateTimeFormat;
  #state: AlertState = calmState;
  #today: Today | null = null;
  #counted_at = Number.NEGATIVE_INFINITY;
  #stop: (() => void) | undefined;

  constructor(parts: AlertParts) {
    this.#parts = parts;
    this.#clock = new Intl.DateTimeFormat('en-GB', { timeZone: parts.timeZone, hour: '2-digit', minute: '2-digit' });
  }

  watch(listener: (alerts: readonly Alert[]) => void): () => void {
    this.#listeners.add(listener);
    this.#stop ??= this.#parts.every(LOOK_EVERY_MS, () => this.look());
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#stop?.();
      this.#stop = undefined;
    };
  }

  /** Checks the figures once. */
  look(): void {
    const { now, board } = this.#parts;
    const at = now();
    this.#count(at);
    const seen = board();
    const { settings } = seen;
    const readings = readingsOf(pulseOf(seen, at), this.#today, at);
    const is_quiet = isQuiet(settings.quiet_hours, this.#clock.format(at));
    const next = step(this.#state, { now: at, readings, thresholds: settings.thresholds, is_quiet });
    this.#state = next.state;
    if (next.alerts.length > 0) for (const listener of this.#listeners) listener(next.alerts);
  }

  /** Requests the day's figures for the next checks. */
  #count(at: number): void {
    if (at - this.#counted_at < COUNT_EVERY_MS) return;
    this.#counted_at = at;
    const { today, board, log } = this.#parts;
    today(board().settings.service_level_seconds * 1000).then(
      (figures) => {
        this.#today = figures;
      },
      (error: unknown) => log('the figures of the day could not be counted', error),
    );
  }
}
