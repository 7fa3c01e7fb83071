/** Figures of the day so far, counted from the decisions as they are kept: exact, and no work for anybody while nobody asks. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Members, Tally } from '#domain/tally.ts';
import type { Today } from '#shared/contract/today.ts';
import { type CountedDecision, decisionsFrom, decodeLoads, firstDecisionFrom, membersOfRoster } from '#store/decisions.ts';
import type { Store } from '#store/open.ts';

/** So many members of tables are counted in one turn of the event loop, some milliseconds' worth; contacts come first. */
const MEMBERS_A_TURN = 50_000;
const DECISIONS_A_READ = 200;

interface Counted {
  readonly tally: Tally;
  readonly members: Map<number, Members>;
  /** the first decision that is not counted yet */
  next: number;
}

export interface TodayParts {
  readonly store: Store;
  readonly now: () => number;
  readonly dayOf: (at: number) => string;
}

/** Goes on counting where it stopped; a restart, a new day and a restored database begin anew with the first decision of the day. */
export class TodayFigures {
  readonly #parts: TodayParts;
  #counted: Counted | null = null;
  #catchingUp: Promise<void> | null = null;

  constructor(parts: TodayParts) {
    this.#parts = parts;
  }

  /** The decisions are no longer those that were counted. */
  forget(): void {
    this.#counted = null;
  }

  async figures(within_ms: number): Promise<Today> {
    const { now, dayOf } = this.#parts;
    this.#catchingUp ??= this.#catchUp().finally(() => {
      this.#catchingUp = null;
    });
    await this.#catchingUp;
    const tally = this.#counted?.tally ?? new Tally(dayOf(now()));
    return tally.figures(now(), within_ms);
  }

  async #catchUp(): Promise<void> {
    for (;;) {
      const counted = this.#begun();
      let steps = 0;
      while (steps < MEMBERS_A_TURN) {
        const decisions = decisionsFrom(this.#parts.store.reading, counted.next, DECISIONS_A_READ);
        for (const decision of decisions) {
          steps += this.#count(counted, decision);
          if (steps >= MEMBERS_A_TURN) break;
        }
        if (decisions.length < DECISIONS_A_READ && steps < MEMBERS_A_TURN) return;
      }
      await nextTurn();
      if (!this.#parts.store.connection.open) return;
    }
  }

  #begun(): Counted {
    const { now, dayOf, store } = this.#parts;
    const day = dayOf(now());
    if (this.#counted?.tally.day !== day)
      this.#counted = { tally: new Tally(day), members: new Map(), next: firstDecisionFrom(store.reading, (at) => dayOf(at) < day) };
    return this.#counted;
  }

  /** How much work it was. */
  #count(counted: Counted, decision: CountedDecision): number {
    const { tally, members } = counted;
    let its = members.get(decision.roster_id);
    if (!its) {
      its = tally.join(membersOfRoster(this.#parts.store.reading, decision.roster_id));
      members.set(decision.roster_id, its);
    }
    if (this.#parts.dayOf(decision.at) === tally.day) tally.add({ ...decision, loads: decodeLoads(decision.loads) }, its);
    counted.next = decision.id + 1;
    return its.parts.length + 1;
  }
}
