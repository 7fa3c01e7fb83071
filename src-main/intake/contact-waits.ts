/**
 * Requests that wait until a contact changes, for bots that cannot read event streams. Each one is answered once: when the contact has changed, when
 * its time is over, or when a restore or a stop makes further waiting pointless.
 */
import type { ServerResponse } from 'node:http';
import type { Engine } from '#engine/core/engine.ts';
import { contactHasChanged } from '#engine/views/events.ts';
import type { Problem } from '#shared/contract/problems.ts';
import { type Change, effectKind } from '#shared/effects/effects.ts';
import type { Clock } from './clock.ts';

/** Maximum number of waiting requests, shared by the sources and the admin. */
export const MAX_WAITS = 128;
/** Number of changes that are searched for one of the contact. A caller that is further behind is answered at once. */
export const MOST_BEHIND = 1000;

const tooMany: Problem = {
  code: 'overloaded',
  detail: `${MAX_WAITS} requests wait for contacts to change, and nobody has more of them than you. Try again when one has been answered.`,
};

interface Wish {
  readonly contact_id: number;
  /** the last revision that the caller knows */
  readonly since: number;
  readonly seconds: number;
  /** null: the admin or a person */
  readonly source_id: number | null;
  readonly response: ServerResponse;
  /** re-evaluated when keys change */
  readonly mayStay: () => boolean;
}

interface Wait extends Pick<Wish, 'contact_id' | 'source_id' | 'mayStay'> {
  readonly end: () => void;
}

/** All waiting requests. */
export class ContactWaits {
  readonly #engine: Engine;
  readonly #clock: Clock;
  readonly #waits = new Set<Wait>();
  readonly #stop: () => void;
  #closed = false;

  constructor(engine: Engine, clock: Clock) {
    this.#engine = engine;
    this.#clock = clock;
    this.#stop = engine.watch((changes) => this.#announce(changes));
  }

  /**
   * Resolves with null when the request is to be answered. At the maximum, the newest wait of whoever has most ends early; resolves with a problem
   * when nobody has more than this caller.
   */
  changed(wish: Wish): Promise<Problem | null> {
    if (this.#closed || this.#isBehind(wish)) return Promise.resolve(null);
    if (this.#waits.size >= MAX_WAITS) {
      const other = this.#lastOfMost(wish.source_id);
      if (other === null) return Promise.resolve(tooMany);
      other.end();
    }
    return new Promise((resolve) => {
      const { contact_id, source_id, mayStay, response, seconds } = wish;
      const end = () => {
        this.#waits.delete(wait);
        stopClock();
        response.off('close', end);
        resolve(null);
      };
      const wait: Wait = { contact_id, source_id, mayStay, end };
      const stopClock = this.#clock.every(1000 * seconds, end);
      response.once('close', end); // the caller has left
      this.#waits.add(wait);
    });
  }

  /** Ends all waits; later ones end at once. */
  close(): void {
    this.#closed = true;
    this.#stop();
    this.#endAll();
  }

  /** Whether the contact may have changed already. A revision that the desk does not know is one from before a restore. */
  #isBehind({ contact_id, since }: Wish): boolean {
    const latest = this.#engine.board().revision;
    return since > latest || latest - since > MOST_BEHIND || contactHasChanged(this.#engine.read, contact_id, since);
  }

  #lastOfMost(newcomer: number | null): Wait | null {
    const counts = new Map([[newcomer, 1]]);
    for (const { source_id } of this.#waits) counts.set(source_id, (counts.get(source_id) ?? 0) + 1);
    const most = Math.max(...counts.values());
    if (counts.get(newcomer) === most) return null;
    return [...this.#waits].findLast(({ source_id }) => counts.get(source_id) === most) ?? null;
  }

  #announce(changes: readonly Change[]): void {
    if (this.#waits.size === 0) return;
    if (changes.length === 0) {
      this.#endAll(); // the board was reloaded
      return;
    }
    const changed = new Set(changes.map((change) => effectKind(change.kind).subject?.(change).contact_id));
    const keysMayDiffer = changes.some(({ kind }) => kind === 'source_keys_changed' || kind === 'source_saved');
    for (const wait of [...this.#waits]) if (changed.has(wait.contact_id) || (keysMayDiffer && !wait.mayStay())) wait.end();
  }

  #endAll(): void {
    for (const wait of [...this.#waits]) wait.end();
  }
}
