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
  compares: { as: 'number', of: ({ key = 0 }) => Math.round((0 - key) / (CONTACT / 100)) / 100 },
  entitlesByWeight: true,
};

/**
 * The credits after a decision, in the order of the table, in billionths of a contact.
 * @param table its keys are the negative credits before the decision
 * @param chosen null: nobody could take the contact, and nothing changes
 */
export function creditsAfter(table: readonly Candidate[], chosen: number | null): number[] {
  const credits: number[] = [];
  let winner = -1;
  for (const { operator_id, key = 0 } of table) {
    if (operator_id === chosen) winner = credits.length;
    credits.push(0 - key);
  }
  const line = table[winner]?.line ?? 1;
  let sum = 0;
  for (const candidate of table) if (takesPart(candidate, line)) sum += candidate.weight;
  if (winner === -1 || sum === 0) return credits;
  let [place, paid] = [-1, 0];
  for (const candidate of table) {
    place += 1;
    if (!takesPart(candidate, line)) continue;
    const share = Math.floor((CONTACT * candidate.weight) / sum);
    credits[place] = (credits[place] ?? 0) + share;
    paid += share;
  }
  credits[winner] = (credits[winner] ?? 0) - paid;
  return credits;
}

const takesPart = (candidate: Candidate, line: number): boolean => (candidate.line ?? 1) === line && passedOver(candidate) === null;
