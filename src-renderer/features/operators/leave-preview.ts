/** Estimates where the contacts of operators who leave would go, by simulating many draws on the board. Writes nothing. Pure. */
import { type Board, candidates } from '#shared/board.ts';
import type { HeldContact } from '#shared/contract/operators.ts';
import { arrange } from '#shared/distribution/arrange.ts';
import { ownerWhoTakes, pick } from '#shared/distribution/choose.ts';
import { defaultRule } from '#shared/distribution/rule.ts';
import type { Candidate } from '#shared/distribution/table.ts';
import { hasAll, neededTags } from '#shared/distribution/tags.ts';

/** Maximum number of runs; fewer on a large desk, so that it stays fast. */
const PLAYED = 200;
/** Total number of operator evaluations. */
const LOOKS = 500_000;

export interface LeavePreview {
  /** contacts that others take, minimum and maximum */
  readonly taken: readonly [least: number, most: number];
  /** average per operator, largest first */
  readonly takers: readonly { readonly operator_id: number; readonly average: number }[];
}

/** Averages over the simulated runs, by weight among those who may take each: with the tags, on an open line. The same contacts give the same preview. @param now epoch ms */
export function previewLeave(board: Board, leaving: readonly number[], held: readonly HeldContact[], now: number): LeavePreview {
  const all = held.map((contact) => ({ ...contact, ...askedBy(board, contact) }));
  const tables = new Map<number, readonly Candidate[]>();
  for (const { source_id } of held)
    if (!tables.has(source_id))
      tables.set(
        source_id,
        candidates(board, source_id).filter((one) => !leaving.includes(one.operator_id)),
      );
  const dice = diceFrom(held.length + (leaving[0] ?? 0));
  const sums = new Map<number, number>();
  const largest = Math.max(1, ...Array.from(tables.values(), (table) => table.length));
  const plays = Math.min(PLAYED, Math.max(10, Math.floor(LOOKS / (held.length * largest || 1))));
  let [least, most] = [held.length, 0];
  for (let nth = 0; nth < plays; nth++) {
    const { tableOf, give } = freshDesk(tables);
    let taken = 0;
    for (const { source_id, created_at, cost, fits, owner_id } of all) {
      const table = arrange(tableOf(source_id), board.rules[source_id] ?? defaultRule, { created_at, past: null, fits, owner_id, cost }, now);
      const chosen = ownerWhoTakes(table, owner_id) ?? pick(table, dice).chosen;
      if (!chosen) continue;
      const taker = chosen.operator_id;
      give(taker, cost);
      sums.set(taker, (sums.get(taker) ?? 0) + 1);
      taken += 1;
    }
    [least, most] = [Math.min(least, taken), Math.max(most, taken)];
  }
  const takers = [...sums].map(([taker, sum]) => ({ operator_id: taker, average: sum / plays }));
  return { taken: [least, most], takers: takers.sort((a, b) => b.average - a.average || a.operator_id - b.operator_id) };
}

/** Who has the tags that the contact asks for, and whose lead it is. */
function askedBy(board: Board, { source_id, asks = {} }: HeldContact) {
  const { needs, owner } = board.rules[source_id] ?? defaultRule;
  const tags = neededTags(needs, asks.needs);
  const has = hasAll(tags);
  const fits = tags.length === 0 ? null : (operator_id: number) => has(board.operators[operator_id]?.tags ?? []);
  return { fits, owner_id: owner.mode === 'off' ? null : (asks.owner_id ?? null) };
}

/** The tables before a run; loads grow in all of them. */
function freshDesk(tables: ReadonlyMap<number, readonly Candidate[]>) {
  const own = new Map(Array.from(tables, ([source_id, table]) => [source_id, table.map((one) => ({ ...one }))]));
  return {
    tableOf: (source_id: number): readonly Candidate[] => own.get(source_id) ?? [],
    give: (operator_id: number, cost: number) => {
      for (const table of own.values()) {
        const one = table.find((candidate) => candidate.operator_id === operator_id);
        if (one) one.load += cost;
      }
    },
  };
}

/** A linear congruential generator: the same board gives the same preview. */
function diceFrom(seed: number): (sum: number) => number {
  let state = seed;
  return (sum) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sum);
  };
}
