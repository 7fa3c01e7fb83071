/** Computes what an import would change, operator by operator and field by field. Pure. */
import type { Board } from '#shared/board.ts';
import type { InactiveReason } from '#shared/contract/entities.ts';
import { USUAL_LIMIT } from '#shared/contract/limits.ts';
import type { ImportedOperator } from '#shared/contract/operators.ts';
import { nameKey } from '#shared/plain-text.ts';
import type { ImportRow } from './import-table.ts';

/** On line, or not and why; null: no reason given. */
export type Activity = 'on' | InactiveReason | null;

export type FieldChange =
  /** before is null: the operator is new; `isUsual`: the default limit, none was given */
  | { readonly field: 'max_load'; readonly before: number | null; readonly after: number; readonly isUsual: boolean }
  /** `held`: contacts that stay with an operator who goes off line */
  | { readonly field: 'is_active'; readonly isNew: boolean; readonly before: Activity; readonly after: Activity; readonly held: number }
  | { readonly field: 'tags'; readonly before: readonly string[]; readonly after: readonly string[] }
  /** before is null: there was no competence */
  | { readonly field: 'weight'; readonly source_id: number; readonly before: number | null; readonly after: number };

export interface Foreseen {
  readonly row: ImportRow;
  readonly kind: 'wrong' | 'new' | 'changed' | 'same';
  readonly changes: readonly FieldChange[];
}

type Seen = Pick<Board, 'operators' | 'weights'>;

function changesOf({ max_load, is_active, inactive_reason, tags, weights }: ImportedOperator, id: number | undefined, board: Seen): FieldChange[] {
  const known = id === undefined ? undefined : board.operators[id];
  const changes: FieldChange[] = [];
  if (!known)
    changes.push(
      { field: 'max_load', before: null, after: max_load ?? USUAL_LIMIT, isUsual: max_load === undefined },
      { field: 'is_active', isNew: true, before: null, after: is_active === false ? (inactive_reason ?? null) : 'on', held: 0 },
    );
  else {
    if (max_load !== undefined && max_load !== known.max_load) changes.push({ field: 'max_load', before: known.max_load, after: max_load, isUsual: false });
    const before = known.is_active ? 'on' : known.inactive_reason;
    // "not on line" alone keeps the reason of an operator who is not
    const after = is_active === undefined ? before : is_active ? 'on' : (inactive_reason ?? (known.is_active ? null : before));
    if (after !== before) changes.push({ field: 'is_active', isNew: false, before, after, held: before === 'on' ? known.held : 0 });
  }
  const had = known?.tags ?? [];
  if (tags && tags.join() !== had.join()) changes.push({ field: 'tags', before: had, after: tags });
  for (const { source_id, weight } of weights) {
    const before = known ? (board.weights[source_id]?.[known.id] ?? null) : null;
    if (weight !== null && before !== weight) changes.push({ field: 'weight', source_id, before, after: weight });
  }
  return changes;
}

const ORDER = { wrong: 0, new: 1, changed: 1, same: 2 } as const;

/** Rows with errors first, then those with changes, then the rest; each group in table order. */
export function foreseen(rows: readonly ImportRow[], board: Seen): Foreseen[] {
  const ids = new Map(Object.values(board.operators).flatMap(({ id, name, is_archived }) => (is_archived ? [] : [[nameKey(name), id] as const])));
  const all = rows.map((row): Foreseen => {
    if (!row.operator) return { row, kind: 'wrong', changes: [] };
    const id = ids.get(nameKey(row.operator.name));
    const changes = changesOf(row.operator, id, board);
    return { row, kind: id === undefined ? 'new' : changes.length > 0 ? 'changed' : 'same', changes };
  });
  return all.sort((a, b) => ORDER[a.kind] - ORDER[b.kind] || a.row.row - b.row.row);
}
