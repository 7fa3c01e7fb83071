import { creditsAfter } from '#shared/distribution/strategies/even.ts';
import { readsOf } from '#shared/distribution/strategies.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { latestKeyed, tableOf } from '#store/tables/decisions.ts';
import { rulesWith } from '#store/tables/rules.ts';

/** The credits of the source's operators, in billionths of a contact: they follow from its latest decision under a strategy that reads credits. */
export function creditsOf(db: Reading, source_id: number): Map<number, number> {
  const row = latestKeyed(
    db,
    rulesWith(db, source_id, ({ strategy }) => readsOf(strategy) === 'credit'),
  );
  if (!row) return new Map();
  const table = tableOf(row);
  const credits = creditsAfter(table, row.operator_id);
  return new Map(table.map(({ operator_id }, i) => [operator_id, credits[i] ?? 0]));
}
