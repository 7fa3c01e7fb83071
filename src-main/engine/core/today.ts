/** Figures of the day so far, counted from the stored decisions: exact, and without cost while nobody asks. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Members, Tally } from '#domain/tally.ts';
import type { Today } from '#shared/contract/today.ts';
import { defaultRule } from '#shared/distribution/rule.ts';
import type { StrategyName } from '#shared/distribution/strategies.ts';
import type { Candidate } from '#shared/distribution/table.ts';
import type { Store } from '#store/sqlite/open.ts';
import { arranged, type CountedDecision, decisionsFrom, decodeLoads, firstDecisionFrom, isArranged, membersOfRoster } from '#store/tables/decisions.ts';
import { strategyOf } from '#store/tables/rules.ts';

/** Number of table members counted in one turn of the event loop: a few milliseconds, so that contacts are not delayed. */
const MEMBERS_A_TURN = 50_000;
const DECISIONS_A_READ = 200;

interface Counted {
  readonly tally: Tally;
  readonly members: Map<number, Members>;
  /** by rule id */
  readonly strategies: Map<number, StrategyName>;
  /** id of the first decision not counted yet */
  next: number;
}

export interface TodayParts {
  readonly store: Store;
  readonly now: () => number;
  readonly dayOf: (at: number) => string;
}

/** Continues counting where it stopped. After a restart, on a new day and after a restore it starts over with the first decision of the day. */
export class TodayFigures {
  readonly #parts: TodayParts;
  #counted: Counted | null = null;
  #catchingUp: Promise<void> | null = null;

  constructor(parts: TodayParts) {
    this.#parts = parts;
  }

  /** Discards the counts: the stored decisions are no longer those that were counted. */
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
      if (!this.#parts.store.isOpen) return;
    }
  }

  #begun(): Counted {
    const { now, dayOf, store } = this.#parts;
    const day = dayOf(now());
    if (this.#counted?.tally.day !== day)
      this.#counted = { tally: new Tally(day), members: new Map(), strategies: new Map(), next: firstDecisionFrom(store.reading, (at) => dayOf(at) < day) };
    return this.#counted;
  }

  #strategy({ strategies }: Counted, { rule_id }: CountedDecision): StrategyName {
    if (rule_id === null) return defaultRule.strategy;
    const strategy = strategies.get(rule_id) ?? strategyOf(this.#parts.store.reading, rule_id);
    strategies.set(rule_id, strategy);
    return strategy;
  }

  /** Counts one decision. Returns the amount of work. */
  #count(counted: Counted, decision: CountedDecision): number {
    const { tally, members } = counted;
    let its = members.get(decision.roster_id);
    if (!its) {
      its = tally.join(membersOfRoster(this.#parts.store.reading, decision.roster_id));
      members.set(decision.roster_id, its);
    }
    const arrange = isArranged(decision) ? (table: readonly Candidate[]) => arranged(table, decision) : null;
    if (this.#parts.dayOf(decision.at) === tally.day)
      tally.add({ ...decision, loads: decodeLoads(decision.loads), strategy: this.#strategy(counted, decision), arrange }, its);
    counted.next = decision.id + 1;
    return its.parts.length + 1;
  }
}
