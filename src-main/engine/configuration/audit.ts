import { dayAfter, startOfDay } from '#domain/calendar.ts';
import { cursorOf, idOfCursor, type Read } from '#engine/views/queries.ts';
import type { AuditChange, AuditEntry, AuditKind, AuditPage, AuditQuery } from '#shared/contract/audit.ts';
import { auditKinds } from '#shared/contract/audit.ts';
import { adminPrincipal, type Principal } from '#shared/contract/principal.ts';
import { ok, type Result } from '#shared/contract/problems.ts';
import { auditRows, type JournalEntry, stepOf, stepOfChange } from '#store/journal/journal.ts';
import { personNameOf } from './people.ts';
import { shownOf } from './things/things.ts';
import { differencesOf, isUndoable, mayUndo } from './undo-change.ts';

const ROWS_AT_ONCE = 500;
const inLog: ReadonlySet<string> = new Set(auditKinds());

/** Configuration changes that match the query, newest first, grouped into steps. */
export function audit(read: Read, query: AuditQuery, timeZone: string, asked: Pick<Principal, 'role'> = adminPrincipal): Result<AuditPage> {
  const cursor = idOfCursor(query.cursor);
  if (!cursor.ok) return cursor;
  const db = read.store.reading;
  const kinds = auditKinds(query.topic);
  const from = query.from === undefined ? undefined : startOfDay(query.from, timeZone);
  const to = query.to === undefined ? undefined : startOfDay(dayAfter(query.to), timeZone);
  const steps: number[] = [];
  let before = cursor.value ?? Number.MAX_SAFE_INTEGER;
  for (;;) {
    const rows = auditRows(db, { ...query, kinds, from, to, before, limit: ROWS_AT_ONCE });
    for (const row of rows) {
      const step = stepOf(row) ?? row.revision;
      if (steps.at(-1) !== step) steps.push(step);
      if (steps.length > query.limit) break;
    }
    const last = rows.at(-1);
    if (steps.length > query.limit || rows.length < ROWS_AT_ONCE || !last) break;
    before = last.revision;
  }
  const items = steps.slice(0, query.limit).map((step) => entryOf(read, step, asked));
  const last = items.at(-1);
  return ok({ items, next_cursor: steps.length > query.limit && last ? cursorOf(last.revision) : null });
}

function entryOf(read: Read, step: number, asked: Pick<Principal, 'role'>): AuditEntry {
  const rows = stepOfChange(read.store.reading, step);
  const first = rows[0];
  if (!first) throw new Error(`step ${step} was found but is missing`);
  const { undoes } = (first.data ?? {}) as { undoes?: number };
  return {
    revision: first.revision,
    at: first.at,
    actor: first.actor,
    person: personNameOf(read, first.actor),
    changes: rows.filter(({ kind }) => inLog.has(kind)).map(changeOf),
    is_undoable: mayUndo(asked, rows) && isUndoable({ tx: read.store.reading, board: read.board() }, rows),
    undoes: undoes ?? null,
  };
}

function changeOf(row: JournalEntry): AuditChange {
  const { revision, operator_id, source_id, contact_id } = row;
  const data = shownOf(row, () => differencesOf([row])[0]) as AuditChange['data'];
  return { revision, kind: row.kind as AuditKind, operator_id, source_id, contact_id, data }; // `entryOf` has filtered out other kinds
}
