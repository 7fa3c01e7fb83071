/**
 * Compares each operator's drawn contacts with the expectation: the sum of its probabilities over the sets of operators that were
 * actually eligible, rather than its bare weight, which an operator who is full or inactive cannot reach. Shows which differences are chance, and why weights were not reached.
 */
import { Luck } from '#domain/fairness.ts';
import { FAIRNESS_LEVEL, type Table, type Verdict } from '#shared/contract/reports.ts';
import { chance } from '#shared/distribution/chance.ts';
import type { RosterFact } from './eligible-sets.ts';
import { type History, KIND, NONE } from './history.ts';
import type { Steps } from './protocol.ts';
import type { Scope } from './scope.ts';
import { type Row, ratio, tableOf } from './tables.ts';

/** Number of sets processed before the generator yields. */
const SETS_A_TURN = 500;

/** Sums by operator number. */
interface Tallies {
  readonly drawn: Float64Array;
  readonly by_hand: Float64Array;
  /** contacts that came back to their own operator, without a draw */
  readonly to_owner: Float64Array;
  /** draws for sources in its competence, by whether the operator was eligible or why it was passed over */
  readonly eligible: Float64Array;
  readonly passed_full: Float64Array;
  /** draws in which the operator could have taken the contact, but the rule preferred others or barred the operator */
  readonly passed_rule: Float64Array;
  readonly passed_inactive: Float64Array;
  readonly passed_zero_weight: Float64Array;
  /** contacts that had to wait because no operator, including this one, was eligible */
  readonly nobody_eligible: Float64Array;
  /** expectation from weights alone: weight / sum of the source's weights */
  readonly by_weight: Float64Array;
  /** sums over its draws, see `Luck` */
  readonly expected: Float64Array;
  readonly variance: Float64Array;
  readonly third: Float64Array;
}

/** How often each set occurred, and the sets by roster. */
interface Seen {
  /** by set: number of draws from it */
  readonly drawnFrom: Float64Array;
  /** by set of those whom the rule alone passed over: number of draws */
  readonly ruledOutOf: Float64Array;
  /** by set: number of contacts that had to wait */
  readonly waitedBefore: Float64Array;
  readonly setsOf: readonly (readonly number[])[];
  /** by set: sum of its members' weights */
  readonly weightOf: Float64Array;
}

/** For each operator the contacts drawn, how many the rules entitled it to, and whether chance explains the difference. */
export function* fairness(history: History, scope: Scope, names: ReadonlyMap<number, string>): Steps<Table> {
  const tallies = talliesFor(history.operators.ids.length);
  const seen = countSets(history, scope, tallies);
  yield* tally(history, seen, tallies);
  const { drawn, expected, variance, third, eligible } = tallies;
  const beside = ['eligible', 'passed_full', 'passed_rule', 'passed_inactive', 'passed_zero_weight', 'nobody_eligible', 'by_hand', 'to_owner'] as const;
  const shown = history.operators.ids
    .map((id, operator) => ({ id, operator }))
    .filter(({ operator }) => operator > 0 && scope.operators[operator] && beside.some((key) => (tallies[key][operator] as number) > 0))
    .sort((a, b) => a.id - b.id);
  const hasOwners = shown.some(({ operator }) => (tallies.to_owner[operator] as number) > 0);
  const hasRules = shown.some(({ operator }) => (tallies.passed_rule[operator] as number) > 0);
  const luckOf = (by: number) =>
    new Luck({ expected: expected[by] as number, variance: variance[by] as number, third: third[by] as number, draws: eligible[by] as number });
  // an operator who is certain to be drawn, or certain not to be, has no variance to test
  const tested = shown.filter(({ operator }) => (variance[operator] as number) > 0).map(({ operator }) => operator);
  const each = yield* chancesOf(
    tested.filter((operator) => luckOf(operator).canBeExact(drawn[operator] as number, tested.length)),
    history,
    seen,
  );
  const draws = drawn.reduce((sum, n) => sum + n, 0);
  const rows: (Row & { drawn: number; expected: number; by_hand: number; to_owner: number })[] = [];
  for (const { id, operator } of shown) {
    const of = (values: Float64Array): number => values[operator] as number;
    const luck = luckOf(operator);
    const difference = of(drawn) - luck.expected;
    const p_value = luck.variance > 0 ? luck.twoSided(of(drawn), each.get(operator) ?? null) : null;
    rows.push({
      operator_id: id,
      operator: names.get(id) ?? null,
      drawn: of(drawn),
      drawn_share: ratio(of(drawn), draws),
      expected: luck.expected,
      expected_share: ratio(luck.expected, draws),
      weight_share: ratio(of(tallies.by_weight), draws),
      deviation: luck.variance > 0 ? difference / Math.sqrt(luck.variance) : null,
      p_value,
      verdict: verdictOf(p_value, difference, tested.length),
      ...Object.fromEntries(beside.map((key) => [key, of(tallies[key])])),
      by_hand: of(tallies.by_hand),
      to_owner: of(tallies.to_owner),
    });
    yield undefined;
  }
  const sum = (key: 'drawn' | 'expected' | 'by_hand' | 'to_owner') => rows.reduce((all, row) => all + row[key], 0);
  return tableOf(
    [
      ['operator_id', 'id'],
      ['operator', 'text'],
      ['drawn', 'integer'],
      ['drawn_share', 'share'],
      ['expected', 'number'],
      ['expected_share', 'share'],
      ['weight_share', 'share'],
      ['deviation', 'number'],
      ['p_value', 'number'],
      ['verdict', 'code'],
      ['eligible', 'integer'],
      ['passed_full', 'integer'],
      ...(hasRules ? [['passed_rule', 'integer'] as const] : []),
      ['passed_inactive', 'integer'],
      ['passed_zero_weight', 'integer'],
      ['nobody_eligible', 'integer'],
      ['by_hand', 'integer'],
      ...(hasOwners ? [['to_owner', 'integer'] as const] : []),
    ],
    rows,
    { drawn: sum('drawn'), expected: sum('expected'), by_hand: sum('by_hand'), ...(hasOwners && { to_owner: sum('to_owner') }) },
  );
}

/** The significance level is divided among all tested operators (Bonferroni), so that 1 in 100 tables raises a false alarm. */
function verdictOf(p_value: number | null, difference: number, tested: number): Verdict {
  if (p_value === null) return 'too_few';
  if (p_value >= FAIRNESS_LEVEL / tested) return 'luck';
  return difference > 0 ? 'more_than_luck' : 'less_than_luck';
}

function talliesFor(operators: number): Tallies {
  const numbers = () => new Float64Array(operators);
  return {
    drawn: numbers(),
    by_hand: numbers(),
    to_owner: numbers(),
    eligible: numbers(),
    passed_full: numbers(),
    passed_rule: numbers(),
    passed_inactive: numbers(),
    passed_zero_weight: numbers(),
    nobody_eligible: numbers(),
    by_weight: numbers(),
    expected: numbers(),
    variance: numbers(),
    third: numbers(),
  };
}

const increase = (numbers: Float64Array, at: number, by: number): void => {
  numbers[at] = (numbers[at] as number) + by;
};

/** Works roster by roster: the sets of one roster differ only in eligibility. */
function* tally({ sets }: History, { drawnFrom, waitedBefore, ruledOutOf, setsOf, weightOf }: Seen, tallies: Tallies): Steps<void> {
  let turn = 0;
  for (const [number, mine] of setsOf.entries()) {
    if (mine.length === 0) continue;
    const { operators, weights, active } = sets.rosters[number] as RosterFact; // setsOf has one list for each roster
    const numbers = () => new Float64Array(operators.length);
    const [eligible, expected, variance, third, ruledOut] = [numbers(), numbers(), numbers(), numbers(), numbers()];
    let [drawn, waited] = [0, 0];
    for (const set of mine) {
      if (++turn % SETS_A_TURN === 0) yield undefined;
      const draws = drawnFrom[set] as number;
      drawn += draws;
      waited += waitedBefore[set] as number;
      const without = ruledOutOf[set] as number;
      if (without > 0) for (let i = 0; i < operators.length; i++) if (sets.has(set, i)) increase(ruledOut, i, without);
      if (draws === 0) continue;
      let sum = 0;
      for (let i = 0; i < operators.length; i++) if (sets.has(set, i)) sum += weights[i] as number;
      weightOf[set] = sum;
      for (let i = 0; i < operators.length; i++) {
        if (!sets.has(set, i)) continue;
        const p = chance(weights[i] as number, sum);
        const spread = p * (1 - p) * draws;
        increase(eligible, i, draws);
        increase(expected, i, p * draws);
        increase(variance, i, spread);
        increase(third, i, spread * (1 - 2 * p));
      }
    }
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    operators.forEach((operator, i) => {
      const [weight, taken] = [weights[i] as number, eligible[i] as number];
      increase(tallies.nobody_eligible, operator, waited);
      increase(tallies.eligible, operator, taken);
      increase(tallies.expected, operator, expected[i] as number);
      increase(tallies.variance, operator, variance[i] as number);
      increase(tallies.third, operator, third[i] as number);
      const passed = weight === 0 ? tallies.passed_zero_weight : active[i] ? tallies.passed_full : tallies.passed_inactive;
      increase(passed, operator, drawn - taken);
      if (ruledOut[i]) {
        increase(passed, operator, -ruledOut[i]);
        increase(tallies.passed_rule, operator, ruledOut[i]);
      }
      if (all > 0) increase(tallies.by_weight, operator, chance(weight, all) * drawn);
    });
  }
}

/** The probability of each draw for these operators, where above 0. */
function* chancesOf(wanted: readonly number[], { sets }: History, { drawnFrom, setsOf, weightOf }: Seen): Steps<ReadonlyMap<number, readonly number[]>> {
  const each = new Map(wanted.map((operator): [number, number[]] => [operator, []]));
  let turn = 0;
  for (const [number, mine] of setsOf.entries()) {
    const { operators, weights } = sets.rosters[number] as RosterFact; // as above
    const members = operators.flatMap((operator, i) => {
      const chances = each.get(operator);
      return chances ? [{ i, weight: weights[i] as number, chances }] : [];
    });
    if (members.length === 0) continue;
    for (const set of mine) {
      if (++turn % SETS_A_TURN === 0) yield undefined;
      const draws = drawnFrom[set] as number;
      if (draws === 0) continue;
      for (const { i, weight, chances } of members) {
        if (!sets.has(set, i)) continue;
        const p = chance(weight, weightOf[set] as number);
        for (let n = 0; n < draws; n++) chances.push(p);
      }
    }
  }
  return each;
}

/** Counts draws and waiting contacts by set, and also the assignments of each operator. */
function countSets(history: History, scope: Scope, { drawn, by_hand, to_owner }: Tallies): Seen {
  const drawnFrom = new Float64Array(history.sets.size);
  const waitedBefore = new Float64Array(history.sets.size);
  const ruledOutOf = new Float64Array(history.sets.size);
  const { at, contact, operator, kind, eligible, ruled_out } = history.decisions.column;
  const { source } = history.contacts.column;
  for (let row = 0; row < history.decisions.size; row++) {
    if (!scope.sources[source[contact[row] as number] as number] || scope.slotOf(at[row] as number) < 0) continue;
    const by = operator[row] as number;
    if (kind[row] === KIND.manual) {
      if (by > 0) increase(by_hand, by, 1);
      continue;
    }
    if (kind[row] === KIND.owner) {
      increase(to_owner, by, 1);
      continue;
    }
    if (kind[row] === KIND.returned || kind[row] === KIND.closed_by_rule) continue;
    const counts = by > 0 ? drawnFrom : waitedBefore;
    const set = eligible[row] as number;
    increase(counts, set, 1);
    if (by > 0) increase(drawn, by, 1);
    const without = ruled_out[row] as number;
    if (by > 0 && without !== NONE) increase(ruledOutOf, without, 1);
  }
  const setsOf = history.sets.rosters.map((): number[] => []);
  for (let set = 0; set < history.sets.size; set++)
    if ((drawnFrom[set] as number) + (waitedBefore[set] as number) + (ruledOutOf[set] as number) > 0) setsOf[history.sets.roster[set] as number]?.push(set);
  return { drawnFrom, waitedBefore, ruledOutOf, setsOf, weightOf: new Float64Array(history.sets.size) };
}
