import type { WaitingPast } from '#shared/board.ts';
import type { DecisionKind, ReturnCause } from '#shared/contract/entities.ts';
import type { Reading } from '#store/sqlite/open.ts';

/** Operators that a contact was assigned to, and those of them who let it go: it was returned from them to the queue. */
export interface Past {
  readonly had: ReadonlySet<number>;
  readonly let_go: ReadonlySet<number>;
  /** who was the last to let it go, and when, if that was by not accepting or by declining it; null: it was not */
  readonly last: { readonly operator_id: number; readonly at: number } | null;
}

/** The contact's past, from its decisions. */
export function pastOf(db: Reading, contact_id: number): Past {
  const [had, let_go] = [new Set<number>(), new Set<number>()];
  let holder: number | null = null;
  let last: Past['last'] = null;
  const rows = db.all<{ operator_id: number | null; at: number; cause: ReturnCause | null; kind: DecisionKind }>(
    'SELECT operator_id, at, cause, kind FROM decisions WHERE contact_id = ? ORDER BY id',
    contact_id,
  );
  for (const { operator_id, at, cause, kind } of rows) {
    if (operator_id !== null) had.add(operator_id);
    else if (holder !== null && kind !== 'closed_by_rule') {
      let_go.add(holder);
      last = cause === null ? null : { operator_id: holder, at };
    }
    holder = operator_id;
  }
  return { had, let_go, last };
}

/** The contact's past as the board shows it. */
export function pastToShow(db: Reading, contact_id: number): WaitingPast {
  const { had, let_go, last } = pastOf(db, contact_id);
  return { had: [...had], let_go: [...let_go], ...(last && { last }) };
}

/** Whether a contact was ever assigned to the operator. */
export const wasAssignedTo = (db: Reading, contact_id: number, operator_id: number): boolean =>
  db.get('SELECT 1 FROM decisions WHERE contact_id = ? AND operator_id = ? LIMIT 1', contact_id, operator_id) !== undefined;

/**
 * Why a contact was last taken from an operator; null: by a person, or undefined: never.
 * @param operator_id undefined: from any operator
 */
export const lastTakenFrom = (db: Reading, contact_id: number, operator_id: number | undefined): ReturnCause | null | undefined =>
  db.get<{ cause: ReturnCause | null }>(
    `SELECT cause FROM (SELECT id, cause, lag(operator_id) OVER (ORDER BY id) AS former FROM decisions WHERE contact_id = ? AND kind <> 'closed_by_rule')
     WHERE former IS NOT NULL AND former = ifnull(?, former) ORDER BY id DESC LIMIT 1`,
    contact_id,
    operator_id ?? null,
  )?.cause;
