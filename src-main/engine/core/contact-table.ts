/** The table from which a contact's operator is chosen: the candidates of its source, arranged by the source's rule and the contact's past. */
import { type Board, candidates } from '#shared/board.ts';
import { arrange } from '#shared/distribution/arrange.ts';
import { defaultRule } from '#shared/distribution/rule.ts';
import type { Candidate } from '#shared/distribution/table.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { type Past, pastOf } from '#store/tables/decisions.ts';

/** A contact that waits, or that is about to be placed. */
export interface Waits {
  /** 0: not yet inserted */
  readonly id: number;
  readonly source_id: number;
  /** epoch milliseconds */
  readonly created_at: number;
  /** how often it was returned to the queue */
  readonly returned: number;
}

/** @param leaving an operator from whom the contact is being returned to the queue */
export function tableFor(
  look: { readonly tx: Reading; readonly board: Board; readonly now: number; readonly pastOf?: (contact_id: number) => Past },
  contact: Waits,
  table: readonly Candidate[] = candidates(look.board, contact.source_id),
  leaving: number | null = null,
): readonly Candidate[] {
  const rule = look.board.rules[contact.source_id];
  if (contact.returned === 0 && leaving === null && !rule) return table;
  let past = contact.returned > 0 || leaving !== null ? (look.pastOf?.(contact.id) ?? pastOf(look.tx, contact.id)) : null;
  if (past !== null && leaving !== null) past = { had: past.had, let_go: new Set([...past.let_go, leaving]) };
  return arrange(table, rule ?? defaultRule, { created_at: contact.created_at, past }, look.now);
}
