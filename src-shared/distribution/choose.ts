/**
 * Chooses one of the candidates who can take a contact. Knows neither strategies nor rules: lines, bars and keys are in the table.
 *
 * G is the set of eligible candidates on the lowest line with the smallest key there, Σ the sum of their weights. Their weights form consecutive
 * intervals in the order of the table; r, uniform in [0, Σ), falls into one of them. Exactly `weight` values of r select a candidate, so its
 * probability is weight / Σ.
 */
import { chance } from './chance.ts';
import { type Candidate, passedOver } from './table.ts';

/** Returns a uniformly distributed whole number r, 0 ≤ r < sum. */
export type Dice = (sum: number) => number;

/** What a decision stores beside its table so that it can be replayed. */
export interface Evidence {
  /** sum of the weights of G, so the number of possible values of r; 0: nobody could take the contact */
  readonly sum: number;
  /** the r that was drawn; null: no draw */
  readonly r: number | null;
}

export interface Picked {
  /** null: nobody can take the contact */
  readonly chosen: Candidate | null;
  readonly evidence: Evidence;
}

/** The values of r that select one candidate: from … to, both included. */
export interface Stretch<Row extends Candidate> {
  readonly candidate: Row;
  readonly from: number;
  readonly to: number;
  /** share of all values of r, 0 … 1 */
  readonly share: number;
}

/** What the members of G have in common. `sum` is 0, and `only` null, if nobody is eligible. */
interface Leading {
  readonly line: number;
  readonly key: number;
  readonly sum: number;
  /** the only member of G; null if there are several */
  readonly only: Candidate | null;
}

function leading(table: readonly Candidate[]): Leading {
  let [line, key, sum] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0];
  let only: Candidate | null = null;
  for (const candidate of table) {
    if (passedOver(candidate) !== null) continue;
    const [its_line, its_key] = [candidate.line ?? 1, candidate.key ?? 0];
    if (its_line > line || (its_line === line && its_key > key)) continue;
    const isFirst = its_line < line || its_key < key;
    if (isFirst) [line, key, sum] = [its_line, its_key, 0];
    sum += candidate.weight;
    only = isFirst ? candidate : null;
  }
  return { line, key, sum, only };
}

const isLeading = (candidate: Candidate, { line, key }: Leading): boolean =>
  (candidate.key ?? 0) === key && (candidate.line ?? 1) === line && passedOver(candidate) === null;

/** The candidate whose interval contains r. */
function meantBy(table: readonly Candidate[], leaders: Leading, r: number): Candidate {
  if (!Number.isInteger(r) || r < 0) throw new RangeError(`r = ${r} is not a whole number from 0`);
  let rest = r;
  for (const candidate of table) {
    if (!isLeading(candidate, leaders)) continue;
    if (rest < candidate.weight) return candidate;
    rest -= candidate.weight;
  }
  throw new RangeError(`r = ${r} is beyond the sum of the weights`);
}

/** The lead's own operator, if that one can take the contact whatever its line; undefined: not so. */
export function ownerWhoTakes(table: readonly Candidate[], owner_id: number | null): Candidate | undefined {
  if (owner_id === null) return undefined;
  const owner = table.find(({ operator_id }) => operator_id === owner_id);
  const why = owner && passedOver(owner);
  return why === null || why === 'line_closed' ? owner : undefined;
}

/**
 * Chooses a candidate. Calls the dice once if there is something to draw: always under `weighted`, whose candidates have no keys; else if several lead.
 * @throws RangeError if the dice return a number outside [0, sum)
 */
export function pick(table: readonly Candidate[], dice: Dice): Picked {
  const leaders = leading(table);
  const { sum, only } = leaders;
  if (sum === 0) return { chosen: null, evidence: { sum, r: null } };
  if (only?.key !== undefined) return { chosen: only, evidence: { sum, r: null } };
  const r = dice(sum);
  return { chosen: meantBy(table, leaders, r), evidence: { sum, r } };
}

/**
 * The probability of each candidate being chosen, in the order of the table; 0 for those who are passed over.
 * @param into filled and returned, to avoid allocation when many tables are counted
 */
export function chances(table: readonly Candidate[], into: number[] = []): number[] {
  const leaders = leading(table);
  let place = 0;
  for (const candidate of table) into[place++] = isLeading(candidate, leaders) ? chance(candidate.weight, leaders.sum) : 0;
  return into;
}

/** The interval of r for each candidate, in ascending order. */
export function stretches<Row extends Candidate>(table: readonly Row[]): Stretch<Row>[] {
  const leaders = leading(table);
  const found: Stretch<Row>[] = [];
  let from = 0;
  for (const candidate of table) {
    if (!isLeading(candidate, leaders)) continue;
    found.push({ candidate, from, to: from + candidate.weight - 1, share: chance(candidate.weight, leaders.sum) });
    from += candidate.weight;
  }
  return found;
}

/** What a decision without a draw over this table stores. */
export function undrawn(table: readonly Candidate[]): Evidence {
  return { sum: leading(table).sum, r: null };
}

/**
 * The operator that the rules chose; null: nobody.
 * @param owner_id the lead's own operator, as stored with the decision
 * @throws RangeError if the decision cannot have been made from this table
 */
export function replay(table: readonly Candidate[], { r }: Evidence, owner_id: number | null): number | null {
  const owner = ownerWhoTakes(table, owner_id);
  if (owner) return owner.operator_id;
  const leaders = leading(table);
  if (r !== null) return meantBy(table, leaders, r).operator_id;
  if (leaders.sum === 0) return null;
  if (leaders.only?.key === undefined) throw new RangeError('nothing was drawn, and there was something to draw');
  return leaders.only.operator_id;
}
