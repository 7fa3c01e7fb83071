/** The contacts behind a number, newest first: which rows they are, and a page of them with what a person reads. */
import type { Cell, ColumnKey, ColumnType, Measure, Table } from '#shared/contract/reports.ts';
import { type ContactDetail, contactDetails } from '#store/facts.ts';
import type { Reading } from '#store/open.ts';
import type { Names } from './groups.ts';
import { type History, KIND, NONE } from './history.ts';
import type { Scope } from './scope.ts';
import { waitOf } from './summary.ts';
import { type Row, tableOf } from './tables.ts';

/** An assignment each, where assignments were counted; else a contact each. */
export interface Listed {
  /** rows of contacts, the newest first */
  readonly contacts: Uint32Array;
  /** what happened, by which they are in order: ids of decisions, or of contacts */
  readonly ids: Uint32Array;
}

export function listed(history: History, scope: Scope): Listed {
  const { measure } = scope.query;
  return measure === 'assigned' || measure === 'drawn' ? assignments(history, scope, measure) : contactsWhere(history, scope, measure);
}

function contactsWhere(history: History, scope: Scope, measure: Exclude<Measure, 'assigned' | 'drawn'>): Listed {
  const { contacts, decisions } = history;
  const { id, source, returning, created_at, first_assigned_at, closed_at, first_operator, last_decision } = contacts.column;
  const { wait_from_ms = 0, wait_to_ms = Number.POSITIVE_INFINITY } = scope.query;
  const found: number[] = [];
  for (let row = contacts.size - 1; row >= 0; row--) {
    if (!scope.sources[source[row] as number]) continue;
    const [created, closed] = [created_at[row] as number, closed_at[row] as number];
    const decision = last_decision[row] as number;
    const by = measure === 'closed' ? (decision === NONE ? 0 : (decisions.column.operator[decision] as number)) : (first_operator[row] as number);
    const at = measure === 'closed' ? closed : created;
    if (Number.isNaN(at) || !scope.operators[by] || !scope.isAskedAbout(scope.clock(at))) continue;
    const wait = waitOf(created, first_assigned_at[row] as number, closed, scope.now);
    if (wait.ms < wait_from_ms || wait.ms >= wait_to_ms) continue;
    const isCounted = {
      received: true,
      closed: true,
      returning: returning[row] === 1,
      waited: wait.waited,
      waiting: wait.waiting,
      late: wait.ms > scope.service_ms,
      in_time: wait.assigned && wait.ms <= scope.service_ms,
    };
    if (isCounted[measure]) found.push(row);
  }
  const rows = Uint32Array.from(found);
  return { contacts: rows, ids: rows.map((row) => id[row] as number) };
}

function assignments(history: History, scope: Scope, measure: 'assigned' | 'drawn'): Listed {
  const { contacts, decisions } = history;
  const { id, at, contact, operator, kind } = decisions.column;
  const found: number[] = [];
  for (let row = decisions.size - 1; row >= 0; row--) {
    const by = operator[row] as number;
    if (by === 0 || !scope.operators[by] || (measure === 'drawn' && kind[row] === KIND.manual)) continue;
    if (!scope.sources[contacts.column.source[contact[row] as number] as number] || !scope.isAskedAbout(scope.clock(at[row] as number))) continue;
    found.push(row);
  }
  const rows = Uint32Array.from(found);
  return { contacts: rows.map((row) => contact[row] as number), ids: rows.map((row) => id[row] as number) };
}

export const CONTACT_COLUMNS: readonly (readonly [ColumnKey, ColumnType])[] = [
  ['contact_id', 'id'],
  ['created_at', 'time'],
  ['source_id', 'id'],
  ['source', 'text'],
  ['lead_id', 'id'],
  ['lead', 'text'],
  ['phone', 'text'],
  ['external_id', 'text'],
  ['email', 'text'],
  ['returning', 'integer'],
  ['status', 'code'],
  ['operator_id', 'id'],
  ['operator', 'text'],
  ['first_assigned_at', 'time'],
  ['assigned_at', 'time'],
  ['closed_at', 'time'],
  ['wait', 'duration'],
  ['handling', 'duration'],
  ['message', 'text'],
];

/** These rows of contacts, as they are now. */
export function contactRows(db: Reading, history: History, names: Names, rows: Uint32Array): (readonly Cell[])[] {
  const { id, returning, first_assigned_at } = history.contacts.column;
  const details = new Map(contactDetails(db, [...new Set(Array.from(rows, (row) => id[row] as number))]).map((detail) => [detail.id, detail]));
  const cells: Row[] = [];
  for (const row of rows) {
    const detail = details.get(id[row] as number);
    if (detail) cells.push(rowOf(detail, returning[row] as number, first_assigned_at[row] as number, names));
  }
  return tableOf(CONTACT_COLUMNS, cells).rows as (readonly Cell[])[];
}

export const contactTable = (rows: readonly (readonly Cell[])[]): Table => ({ ...tableOf(CONTACT_COLUMNS, []), rows });

function rowOf(detail: ContactDetail, returning: number, firstAssigned: number, { operators, sources }: Names): Row {
  const { id, name, source_id, operator_id, created_at, assigned_at, closed_at, ...rest } = detail;
  const first_assigned_at = Number.isNaN(firstAssigned) ? null : firstAssigned;
  return {
    ...rest,
    contact_id: id,
    lead: name,
    source_id,
    source: sources.get(source_id) ?? null,
    operator_id,
    operator: operator_id === null ? null : (operators.get(operator_id) ?? null),
    returning,
    created_at,
    first_assigned_at,
    assigned_at,
    closed_at,
    wait: first_assigned_at === null ? null : first_assigned_at - created_at,
    handling: assigned_at === null || closed_at === null ? null : closed_at - assigned_at,
  };
}
