/**
 * The carpool rule with weights: R. Fagin, J. H. Williams, "A Fair Carpool Scheduling Algorithm", IBM Journal of Research and Development 27 (1983).
 * At each decision every candidate who could take the contact gains the share that its weight entitles it to, and the chosen one pays the sum of these
 * shares. An operator who is away, full or new neither gains nor pays. The candidate with the most credit comes first, so what each has received stays close to what
 * the decisions entitled it to: for n equal weights at most (n - 1) / 2 contacts.
 */
import type { Strategy } from '../strategy.ts';
import { type Candidate, passedOver } from '../table.ts';

/** One contact in units of credit. With fewer, shares of small weights would be rounded away. */
export const CONTACT = 1_000_000_000;

export const even: Strategy = {
  summary: 'gives each the share of its weight at all times, not only on average',
  key: ({ operator_id }, { credit }) => 0 - credit(operator_id),
  reads: 'credit',
  entitlesByWeight: true,
};

/**
 * The credits after a decision, in the order of the table, in billionths of a contact.
 * @param table its keys are the negative credits before the decision
 * @param chosen null: nobody could take the contact, and nothing changes
 */
export function creditsAfter(table: readonly Candidate[], chosen: number | null): number[] {
  const credits = table.map(({ key = 0 }) => 0 - key);
  const winner = table.findIndex(({ operator_id }) => operator_id === chosen);
  const line = table[winner]?.line ?? 1;
  const sum = table.reduce((all, candidate) => all + (takesPart(candidate, line) ? candidate.weight : 0), 0);
  if (winner === -1 || sum === 0) return credits;
  let paid = 0;
  for (const [i, candidate] of table.entries()) {
    if (!takesPart(candidate, line)) continue;
    const share = Math.floor((CONTACT * candidate.weight) / sum);
    credits[i] = (credits[i] ?? 0) + share;
    paid += share;
  }
  credits[winner] = (credits[winner] ?? 0) - paid;
  return credits;
}

const takesPart = (candidate: Candidate, line: number): boolean => (candidate.line ?? 1) === line && passedOver(candidate) === null;
