import type { WaitingPast } from '#shared/board.ts';
import type { Reading } from '#store/sqlite/open.ts';

/** Operators that a contact was assigned to, and those of them who let it go: it was returned from them to the queue. */
export interface Past {
  readonly had: ReadonlySet<number>;
  readonly let_go: ReadonlySet<number>;
}

/** The contact's past, from its decisions. */
export function pastOf(db: Reading, contact_id: number): Past {
  const [had, let_go] = [new Set<number>(), new Set<number>()];
  let holder: number | null = null;
  for (const { operator_id } of db.all<{ operator_id: number | null }>('SELECT operator_id FROM decisions WHERE contact_id = ? ORDER BY id', contact_id)) {
    if (operator_id !== null) had.add(operator_id);
    else if (holder !== null) let_go.add(holder);
    holder = operator_id;
  }
  return { had, let_go };
}

/** The contact's past as the board shows it. */
export function pastToShow(db: Reading, contact_id: number): WaitingPast {
  const { had, let_go } = pastOf(db, contact_id);
  return { had: [...had], let_go: [...let_go] };
}
