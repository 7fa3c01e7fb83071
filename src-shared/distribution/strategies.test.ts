import { describe, expect, test } from 'vitest';
import { MAX_LOAD_MAX } from '../contract/limits.ts';
import { candidate, tables } from '../testing/tables.ts';
import { entitlements, withKeys } from './arrange.ts';
import { chances, pick, replay, stretches, undrawn } from './choose.ts';
import { CONTACT, creditsAfter, even } from './strategies/even.ts';
import { type StrategyName, strategies, strategyNames } from './strategies.ts';
import type { Memory } from './strategy.ts';
import { type Candidate, canBeTaken, passedOver } from './table.ts';

/** Credits and latest decisions that differ, with some ties. */
const memory: Memory = { credit: (id) => ((id * 7) % 5) - 2, latestDecision: (id) => (id * 3) % 4 };
const total = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0);
const never = () => {
  throw new Error('nothing is to be drawn');
};

describe.each(strategyNames)('the strategy %s', (strategy) => {
  const keyed = tables.map((table) => withKeys(table, { strategy }, memory));
  const small = keyed.filter((table) => total(table.map(({ weight }) => weight)) <= 60);
  const leads = (table: readonly Candidate[]) => chances(table).filter((p) => p > 0).length;
  /** The operator for each possible r; the only one where nothing is drawn. */
  const outcomes = (table: readonly Candidate[]): (number | null)[] =>
    Array.from({ length: undrawn(table).sum }, (_r, r) => pick(table, () => r).chosen?.operator_id ?? null);

  test('produces whole numbers as keys', () => {
    const keys = keyed.flat().flatMap(({ key }) => (key === undefined ? [] : [key]));
    expect(keys.length).toBe(strategies[strategy].key === null ? 0 : tables.flat().length);
    expect(keys.filter((key) => !Number.isSafeInteger(key) || Math.abs(key) > 2 ** 52)).toEqual([]);
  });

  test('gives a candidate the same key for every contact: whatever it costs, whoever is barred, on whichever line', () => {
    const keysOf = (table: readonly Candidate[]) => withKeys(table, { strategy }, memory).map(({ key }) => key);
    const arranged = tables.map((table) => table.map((one): Candidate => ({ ...one, cost: 7, line: 3, barred: 'saved', until: 99 })));
    expect(arranged.map(keysOf)).toEqual(tables.map(keysOf));
  });

  test('tells a reader the same of candidates whose keys are the same', () => {
    const of = strategies[strategy].compares?.of ?? (() => 0);
    const different = keyed.flatMap((table) => table.flatMap((one) => table.filter((other) => one.key === other.key && of(one) !== of(other))));
    expect(different).toEqual([]);
  });

  test('picks an eligible candidate if there is one, and does not call the dice when there is nothing to draw', () => {
    for (const table of keyed) {
      const isDrawn = canBeTaken(table) && (strategies[strategy].key === null || leads(table) > 1);
      const { chosen, evidence } = pick(table, isDrawn ? (sum) => sum - 1 : never);
      expect(canBeTaken(table) ? table.filter((one) => passedOver(one) === null) : [null]).toContain(chosen);
      expect([evidence.sum > 0, evidence.r]).toEqual([canBeTaken(table), isDrawn ? evidence.sum - 1 : null]);
    }
  });

  test('gives each candidate as many values of r as its probability says', () => {
    expect(small.length).toBeGreaterThan(500);
    for (const table of small) {
      const found = outcomes(table);
      const expected = table.map(({ operator_id }) => found.filter((one) => one === operator_id).length / Math.max(1, found.length));
      expect(chances(table)).toEqual(expected);
    }
  });

  test('returns intervals of r without gaps that agree with the probabilities, in the order of the table', () => {
    for (const table of small) {
      const laid = stretches(table);
      expect(laid.flatMap(({ candidate: { operator_id }, from, to }) => Array.from({ length: to - from + 1 }, () => operator_id))).toEqual(outcomes(table));
      expect(laid.map(({ share }) => share)).toEqual(chances(table).filter((p) => p > 0));
      expect(total(chances(table))).toBeCloseTo(canBeTaken(table) ? 1 : 0, 9);
      expect(total(entitlements(table, strategy))).toBeCloseTo(canBeTaken(table) ? 1 : 0, 9);
    }
  });

  test('replays every pick from its evidence', () => {
    for (const table of keyed) {
      const { chosen, evidence } = pick(table, (sum) => sum >> 1);
      expect(replay(table, evidence, null)).toBe(chosen?.operator_id ?? null);
    }
  });

  test('refuses to replay what cannot have been drawn from the table', () => {
    for (const table of small.filter((one) => leads(one) > 1)) expect(() => replay(table, { sum: undrawn(table).sum, r: null }, null)).toThrow(RangeError);
    for (const table of small) {
      const { sum } = undrawn(table);
      for (const r of [-1, 0.5, sum]) expect(() => replay(table, { sum, r }, null)).toThrow(RangeError);
    }
  });

  test('fills the same list for many tables', () => {
    const into: number[] = [];
    const [table, free] = [[10, 0].map((load) => [candidate(1), candidate(2, { weight: 3, load }), candidate(3, { weight: 3 })])]
      .flat()
      .map((one) => withKeys(one, { strategy }, memory));
    expect(chances(table ?? [], into)).toBe(into);
    expect([[...into], [...chances(free ?? [], into)]]).toEqual([chances(table ?? []), chances(free ?? [])]);
  });
});

const firstOf = (strategy: StrategyName, table: readonly Candidate[], about: Partial<Memory> = {}) =>
  chances(withKeys(table, { strategy }, { ...memory, ...about })).flatMap((p, i) => (p > 0 ? [table[i]?.operator_id] : []));

describe('who comes first', () => {
  test('by least_load: the fewest contacts, whatever the limits; ties are drawn by weight', () => {
    const table = [candidate(1, { load: 2, weight: 5 }), candidate(2, { load: 1 }), candidate(3, { load: 1, weight: 3 }), candidate(4, { is_active: false })];
    expect(chances(withKeys(table, { strategy: 'least_load' }, memory))).toEqual([0, 0.25, 0.75, 0]);
  });

  test('by least_share: 3 of 10 before 2 of 6, and equal shares of different limits together', () => {
    expect(firstOf('least_share', [candidate(1, { load: 3, max_load: 10 }), candidate(2, { load: 2, max_load: 6 })])).toEqual([1]);
    expect(firstOf('least_share', [candidate(1, { load: 1, max_load: 3 }), candidate(2, { load: 2, max_load: 6 })])).toEqual([1, 2]);
  });

  test('by least_share: the two closest shares of the largest limits differ', () => {
    const [load, max_load] = [MAX_LOAD_MAX / 2, MAX_LOAD_MAX];
    expect(firstOf('least_share', [candidate(1, { load, max_load }), candidate(2, { load: load - 1, max_load: max_load - 1 })])).toEqual([2]);
  });

  test('by longest_idle: the oldest latest contact, and before all those who never had one', () => {
    const table = [candidate(1), candidate(2), candidate(3)];
    expect(firstOf('longest_idle', table, { latestDecision: (id) => [0, 9, 4, 12][id] ?? 0 })).toEqual([2]);
    expect(firstOf('longest_idle', table, { latestDecision: (id) => [0, 9, 0, 0][id] ?? 0 })).toEqual([2, 3]);
  });

  test('a line comes before all keys, and only its members are drawn from', () => {
    const table = [candidate(1, { load: 5, weight: 2 }), candidate(2, { line: 2 }), candidate(3, { load: 10 }), candidate(4, { load: 5, weight: 6 })];
    expect(chances(withKeys(table, { strategy: 'least_load' }, memory))).toEqual([0.25, 0, 0, 0.75]);
  });
});

type Key = (candidate: Candidate, memory: Memory) => number;

/** Whether one candidate comes before another, by fractions and ids themselves instead of keys. */
const comesBefore = {
  least_load: (a: Candidate, b: Candidate) => a.load < b.load,
  least_share: (a: Candidate, b: Candidate) => a.load * b.max_load < b.load * a.max_load,
  longest_idle: (a: Candidate, b: Candidate) => memory.latestDecision(a.operator_id) < memory.latestDecision(b.operator_id),
} satisfies Partial<Record<StrategyName, (a: Candidate, b: Candidate) => boolean>>;

/** The tables in which this key lets others come first than the rule says. */
const misled = (strategy: keyof typeof comesBefore, key: Key | null) =>
  tables.filter((table) => {
    const able = table.filter((one) => passedOver(one) === null);
    const first = able.filter((one) => !able.some((other) => comesBefore[strategy](other, one)));
    const chance = chances(table.map((one) => ({ ...one, key: key?.(one, memory) ?? 0 })));
    return table.some((one, i) => first.includes(one) !== (chance[i] as number) > 0);
  });

describe('in every table', () => {
  test.each(['least_load', 'least_share', 'longest_idle'] as const)('those come first who should by %s', (strategy) => {
    expect(misled(strategy, strategies[strategy].key)).toEqual([]);
  });

  test.each<[keyof typeof comesBefore, string, Key]>([
    ['least_load', 'draws by weight only', () => 0],
    ['least_load', 'compares the free slots', ({ load, max_load }) => load - max_load],
    ['least_share', 'draws by weight only', () => 0],
    ['least_share', 'compares the contacts, whatever the limits', ({ load }) => load],
    ['least_share', 'compares the free slots', ({ load, max_load }) => load - max_load],
    ['least_share', 'rounds the shares to thirds', ({ load, max_load }) => Math.floor((3 * load) / Math.max(1, max_load))],
    ['least_share', 'prefers the fullest', ({ load, max_load }) => 0 - Math.floor((1000 * load) / Math.max(1, max_load))],
    ['longest_idle', 'draws by weight only', () => 0],
    ['longest_idle', 'prefers whoever was given the latest', ({ operator_id }, { latestDecision }) => 0 - latestDecision(operator_id)],
    ['longest_idle', 'lets those wait who never had one', ({ operator_id }, { latestDecision }) => latestDecision(operator_id) || Number.MAX_SAFE_INTEGER],
    ['longest_idle', 'asks only whether there was one', ({ operator_id }, { latestDecision }) => Math.sign(latestDecision(operator_id))],
  ])('the check detects a %s that %s', (strategy, _, key) => {
    expect(misled(strategy, key).length).toBeGreaterThan(20);
  });
});

/** Deals contacts by `even` (or another key), with credits as the engine keeps them. */
class Dealer {
  readonly #credits = new Map<number, number>();
  readonly #dice: (sum: number) => number;
  readonly #key: typeof even.key;

  constructor(dice: (sum: number) => number, key = even.key) {
    this.#dice = dice;
    this.#key = key;
  }

  /** Whom it deals one contact to. @param plain the candidates */
  deal(plain: readonly Candidate[]): number | null {
    const about: Memory = { credit: (id) => this.#credits.get(id) ?? 0, latestDecision: () => 0 };
    const { chosen } = pick(
      plain.map((one) => ({ ...one, key: this.#key?.(one, about) ?? 0 })),
      this.#dice,
    );
    const after = creditsAfter(withKeys(plain, { strategy: 'even' }, about), chosen?.operator_id ?? null);
    for (const [i, { operator_id }] of plain.entries()) this.#credits.set(operator_id, after[i] ?? 0);
    return chosen?.operator_id ?? null;
  }
}

/** A generator of whole numbers below a limit, from a seed. */
function diceFrom(seed: number) {
  let state = Math.imul(seed + 1, 2_654_435_761) >>> 0; // neighbouring seeds begin far apart
  return (sum: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sum);
  };
}

/** 400 contacts that arrive and end at random, for four operators with weights 40, 30, 20, 10 and limits of 5, as load is held near `share` of them. */
function history(seed: number, share: number, choose: (table: readonly Candidate[]) => number | null): void {
  const dice = diceFrom(seed);
  const loads = [0, 0, 0, 0];
  for (let left = 400; left > 0; ) {
    if (total(loads) > 20 * share || (total(loads) > 0 && dice(5) === 0)) {
      const busy = loads.flatMap((load, i) => Array.from({ length: load }, () => i));
      const ended = busy[dice(busy.length)] ?? 0;
      loads[ended] = (loads[ended] ?? 0) - 1;
      continue;
    }
    const taker = choose(loads.map((load, i) => candidate(i + 1, { weight: 40 - 10 * i, load, max_load: 5 })));
    if (taker !== null) loads[taker - 1] = (loads[taker - 1] ?? 0) + 1;
    left -= 1;
  }
}

/** The furthest that anybody ever was from what the decisions entitled them to, in contacts. */
function furthestIn(seed: number, share: number, key = even.key): number {
  const dealer = new Dealer(diceFrom(seed + 1_000_000), key);
  const [got, entitled] = [
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ];
  let furthest = 0;
  history(seed, share, (plain) => {
    const taker = dealer.deal(plain);
    if (taker === null) return null;
    for (const [i, p] of chances(plain).entries()) entitled[i] = (entitled[i] ?? 0) + p;
    got[taker - 1] = (got[taker - 1] ?? 0) + 1;
    for (const [i, share_of] of entitled.entries()) furthest = Math.max(furthest, Math.abs((got[i] ?? 0) - share_of));
    return taker;
  });
  return furthest;
}

describe('even', () => {
  const five = [1, 2, 3, 4, 5].map((id) => candidate(id));

  test('with five equal weights, every five contacts go to all five operators, in an order that the dice decide', () => {
    const orders = Array.from({ length: 200 }, (_, seed) => {
      const dealer = new Dealer(diceFrom(seed));
      const taken = Array.from({ length: 50 }, () => dealer.deal(five));
      for (let at = 0; at < 50; at += 5) expect(new Set(taken.slice(at, at + 5))).toEqual(new Set([1, 2, 3, 4, 5]));
      return taken.slice(0, 5).join();
    });
    expect(new Set(orders).size).toBeGreaterThan(50);
  });

  test.each([0.6, 0.9])('with limits, at a load of %d, nobody is ever more than two contacts away from what the decisions entitled them to', (share) => {
    expect(Math.max(...Array.from({ length: 300 }, (_, seed) => furthestIn(seed, share)))).toBeLessThanOrEqual(2);
  });

  test.each<[string, Key]>([
    ['draws by weight only', () => 0],
    ['prefers the operator who received most', ({ operator_id }, { credit }) => credit(operator_id)],
    ['rounds credits to multiples of four', ({ operator_id }, { credit }) => 0 - Math.trunc(credit(operator_id) / (4 * CONTACT))],
  ])('the check detects a rule that %s', (_, key) => {
    expect(Math.max(...Array.from({ length: 20 }, (__, seed) => furthestIn(seed, 0.6, key)))).toBeGreaterThan(2);
  });

  test('an operator who was away for 150 contacts neither catches up nor is passed over: 9 to 11 of the next 40, never more than two in a row', () => {
    const four = [1, 2, 3, 4].map((id) => candidate(id));
    const without = four.map((one) => (one.operator_id === 4 ? { ...one, is_active: false } : one));
    for (let seed = 0; seed < 50; seed++) {
      const dealer = new Dealer(diceFrom(seed));
      for (let n = 0; n < 150; n++) dealer.deal(without);
      const since = Array.from({ length: 40 }, () => dealer.deal(four)).join('');
      const theirs = since.replaceAll(/[^4]/g, '').length;
      expect([theirs >= 9 && theirs <= 11, since.includes('444')]).toEqual([true, false]);
    }
  });

  test('the changes of all credits at a decision add up to 0, whatever the weights', () => {
    for (const table of tables) {
      const keyed = withKeys(table, { strategy: 'even' }, memory);
      const { chosen } = pick(keyed, (sum) => sum - 1);
      const before = keyed.map(({ key = 0 }) => -key);
      const after = creditsAfter(keyed, chosen?.operator_id ?? null);
      expect(total(after) - total(before)).toBe(0);
      const changed = after.filter((credit, i) => credit !== before[i]);
      expect(chosen ? [] : changed).toEqual([]);
    }
  });

  test('operators who cannot take a contact, and other lines, neither gain nor pay', () => {
    const table = [
      candidate(1),
      candidate(2, { is_active: false }),
      candidate(3, { load: 10 }),
      candidate(4, { line: 2 }),
      candidate(5, { barred: 'let_go' }),
      candidate(6),
    ];
    const keyed = withKeys(table, { strategy: 'even' }, { ...memory, credit: () => 0 });
    expect(creditsAfter(keyed, 6)).toEqual([CONTACT / 2, 0, 0, 0, 0, -CONTACT / 2]);
  });
});
