/**
 * What each operator got by draws against what chance would give: the sum of its probabilities over the sets of operators that were
 * really eligible, and not its bare weight, which nobody can reach who is full or away. Says what is luck, and why the weights were not reachable.
 */
import { Luck } from '#domain/fairness.ts';
import { FAIRNESS_LEVEL, type Table, type Verdict } from '#shared/contract/reports.ts';
import type { RosterFact } from './eligible-sets.ts';
import { type History, KIND } from './history.ts';
import type { Scope } from './scope.ts';
import { ratio, tableOf } from './tables.ts';

interface Tally {
  drawn: number;
  by_hand: number;
  /** draws at which it had a competence, and was eligible or passed over */
  eligible: number;
  passed_full: number;
  passed_inactive: number;
  passed_zero_weight: number;
  /** contacts that had to wait because nobody was eligible, it among them */
  nobody_eligible: number;
  /** what its bare weights would give: weight / all weights of the source */
  by_weight: number;
  readonly luck: Luck;
}

export function fairness(history: History, scope: Scope, names: ReadonlyMap<number, string>): Table {
  const tallies = tally(history, scope);
  const shown = tallies
    .map((one, operator) => ({ one, operator, id: history.operators.ids[operator] as number }))
    .filter(
      ({ one, operator }) => operator > 0 && scope.operators[operator] && (one.eligible > 0 || one.by_hand > 0 || one.nobody_eligible > 0 || passed(one) > 0),
    )
    .sort((a, b) => a.id - b.id);
  // an operator who is drawn at every draw, or at none, leaves nothing to chance
  const tested = shown.filter(({ one }) => one.luck.variance > 0).length;
  const draws = tallies.reduce((sum, { drawn }) => sum + drawn, 0);
  const rows = shown.map(({ one, id }) => {
    const { expected, variance } = one.luck;
    const p_value = variance > 0 ? one.luck.twoSided(one.drawn) : null;
    return {
      operator_id: id,
      operator: names.get(id) ?? null,
      drawn: one.drawn,
      drawn_share: ratio(one.drawn, draws),
      expected,
      expected_share: ratio(expected, draws),
      weight_share: ratio(one.by_weight, draws),
      deviation: variance > 0 ? (one.drawn - expected) / Math.sqrt(variance) : null,
      p_value,
      verdict: verdictOf(p_value, one.drawn - expected, tested),
      eligible: one.eligible,
      passed_full: one.passed_full,
      passed_inactive: one.passed_inactive,
      passed_zero_weight: one.passed_zero_weight,
      nobody_eligible: one.nobody_eligible,
      by_hand: one.by_hand,
    };
  });
  const sum = (key: 'drawn' | 'expected' | 'by_hand') => rows.reduce((all, row) => all + row[key], 0);
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
      ['passed_inactive', 'integer'],
      ['passed_zero_weight', 'integer'],
      ['nobody_eligible', 'integer'],
      ['by_hand', 'integer'],
    ],
    rows,
    { drawn: sum('drawn'), expected: sum('expected'), by_hand: sum('by_hand') },
  );
}

const passed = (one: Tally): number => one.passed_full + one.passed_inactive + one.passed_zero_weight;

/** The level is shared among all who are tested (Bonferroni), so that the whole table raises a false alarm in one of a hundred. */
function verdictOf(p_value: number | null, difference: number, tested: number): Verdict {
  if (p_value === null) return 'too_few';
  if (p_value >= FAIRNESS_LEVEL / tested) return 'luck';
  return difference > 0 ? 'more_than_luck' : 'less_than_luck';
}

function tally(history: History, scope: Scope): Tally[] {
  const tallies = history.operators.ids.map(
    (): Tally => ({
      drawn: 0,
      by_hand: 0,
      eligible: 0,
      passed_full: 0,
      passed_inactive: 0,
      passed_zero_weight: 0,
      nobody_eligible: 0,
      by_weight: 0,
      luck: new Luck(),
    }),
  );
  const { drawnFrom, waitedBefore } = countSets(history, scope, tallies);
  const { sets } = history;
  for (let set = 0; set < sets.size; set++) {
    const drawn = drawnFrom[set] as number;
    const waited = waitedBefore[set] as number;
    if (drawn + waited === 0) continue;
    const roster = sets.rosters[sets.roster[set] as number] as RosterFact; // every set has one
    let sum = 0;
    let all = 0;
    roster.operators.forEach((_, i) => {
      all += roster.weights[i] as number;
      if (sets.has(set, i)) sum += roster.weights[i] as number;
    });
    roster.operators.forEach((operator, i) => {
      const one = tallies[operator] as Tally;
      const weight = roster.weights[i] as number;
      one.nobody_eligible += waited;
      if (sets.has(set, i)) {
        one.eligible += drawn;
        one.luck.add(weight / sum, drawn);
      } else if (weight === 0) one.passed_zero_weight += drawn;
      else if (!roster.active[i]) one.passed_inactive += drawn;
      else one.passed_full += drawn;
      if (all > 0) one.by_weight += (weight / all) * drawn;
    });
  }
  return tallies;
}

/** How often each set was drawn from, and how often a contact had to wait before it. Counts what fell on whom on the way. */
function countSets(history: History, scope: Scope, tallies: Tally[]): { drawnFrom: Float64Array; waitedBefore: Float64Array } {
  const drawnFrom = new Float64Array(history.sets.size);
  const waitedBefore = new Float64Array(history.sets.size);
  const { at, contact, operator, kind, eligible } = history.decisions.column;
  const { source } = history.contacts.column;
  for (let row = 0; row < history.decisions.size; row++) {
    if (!scope.sources[source[contact[row] as number] as number] || scope.slotOf(at[row] as number) < 0) continue;
    const by = operator[row] as number;
    if (kind[row] === KIND.manual) {
      if (by > 0) (tallies[by] as Tally).by_hand += 1;
      continue;
    }
    const counts = by > 0 ? drawnFrom : waitedBefore;
    const set = eligible[row] as number;
    counts[set] = (counts[set] as number) + 1;
    if (by > 0) (tallies[by] as Tally).drawn += 1;
  }
  return { drawnFrom, waitedBefore };
}
