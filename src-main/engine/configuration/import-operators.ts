import type { Write } from '#engine/core/write.ts';
import { USUAL_LIMIT } from '#shared/contract/limits.ts';
import type { Imported, ImportedOperator } from '#shared/contract/operators.ts';
import { fail, notInUse, ok, type Result } from '#shared/contract/problems.ts';
import { nameKey } from '#shared/plain-text.ts';
import { insertOperator, operatorNamed } from '#store/tables/operators.ts';
import { announceOperator } from '#things/operator/thing.ts';
import { changing, configure } from './configuration.ts';
import type { Wanted } from './things/thing.ts';

/**
 * Adds operators and updates existing ones, matched by name, with their weights, in one step; all or nothing.
 * Everything that the rows do not name is kept: limits, weights, other operators.
 */
export function importOperators(write: Write, rows: readonly ImportedOperator[]): Result<Imported> {
  const seen = new Set<string>();
  for (const { name, weights } of rows) {
    if (seen.has(nameKey(name))) return fail('validation_failed', `${name} occurs twice.`, { params: { name } });
    seen.add(nameKey(name));
    const stranger = weights.find(({ source_id }) => write.board.sources[source_id]?.is_archived !== false);
    if (stranger) return notInUse('source', stranger.source_id, write.board.sources[stranger.source_id]);
  }
  const wanted: Wanted[] = [];
  const added = new Set<number>();
  for (const { name, max_load, is_active, inactive_reason, tags, weights } of rows) {
    let id = operatorNamed(write.tx, name);
    if (id === undefined) {
      id = insertOperator(write.tx, {
        name,
        max_load: max_load ?? USUAL_LIMIT,
        is_active: is_active ?? true,
        inactive_reason: inactive_reason ?? null,
        tags,
        now: write.now,
      });
      announceOperator(write, null, id);
      added.add(id);
    } else {
      const fields = {
        ...(max_load !== undefined && { max_load }),
        ...(is_active !== undefined && { is_active }),
        ...(inactive_reason !== undefined && { inactive_reason }),
        ...(tags !== undefined && { tags }),
      };
      wanted.push({ kind: 'operator', id, fields });
    }
    for (const { source_id, weight } of weights) wanted.push({ kind: 'weights', id: source_id, fields: { [id]: weight } });
  }
  // computed before the change: operators that already match do not count as changed
  const changed = new Set(changing(write, wanted).flatMap(({ kind, id, fields }) => (kind === 'operator' ? [id] : Object.keys(fields).map(Number))));
  const result = configure(write, wanted);
  if (!result.ok) throw new Error(`an import that was checked was refused: ${result.problem.detail}`); // rolls back the added operators
  return ok({ added: added.size, changed: [...changed].filter((id) => !added.has(id)).length });
}
