/** The contacts behind a figure, newest first: their rows, and a page of them with readable cells. */
import type { Cell, ColumnKey, ColumnType, Measure, Table } from '#shared/contract/reports.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { type ContactDetail, contactDetails } from '#store/tables/facts.ts';
import type { Names } from './groups.ts';
import { type History, KIND, NONE } from './history.ts';
import type { Scope } from './scope.ts';
import { waitOf } from './summary.ts';
import { tableOf } from './tables.ts';

/** One entry for each assignment where assignments are counted, otherwise for each contact. */
export interface Listed {
  /** row numbers of contacts, newest first */
  readonly contacts: Uint32Array;
  /** ids of the decisions or contacts that define the order */
  readonly ids: Uint32Array;
}

/** The rows behind a figure of the summary: assignments or contacts, by the measure asked for. */
export function listed(history: History, scope: Scope): Listed {
  const { measure } = scope.query;
  return measure === 'assigned' || measure === 'drawn' ? assignments(history, scope, measure) : contactsWhere(history, scope, measure);
}

function contactsWhere(history: History, scope: Scope, measure: Exclude<Measure, 'assigned' | 'drawn'>): Listed {
  const { contacts, decisions } = history;
  const { id, source, returning, at_once, created_at, first_assigned_at, closed_at, first_operator, last_decision } = contacts.column;
  const { wait_from_ms = 0, wait_to_ms = Number.POSITIVE_INFINITY } = scope.query;
  const found = new Uint32Array(contacts.size);
  let count = 0;
  for (let row = contacts.size - 1; row >= 0; row--) {
    if (!scope.sources[source[row] as number]) continue;
    const [created, closed] = [created_at[row] as number, closed_at[row] as number];
    const decision = last_decision[row] as number;
    const by = measure === 'closed' ? (decision === NONE ? 0 : (decisions.column.operator[decision] as number)) : (first_operator[row] as number);
    const at = measure === 'closed' ? closed : created;
    if (Number.isNaN(at) || !scope.operators[by] || scope.slotOf(at) < 0) continue;
    const assigned = first_assigned_at[row] as number;
    const ms = waitOf(created, assigned, closed, scope.now);
    if (ms < wait_from_ms || ms >= wait_to_ms) continue;
    const isAssigned = !Number.isNaN(assigned);
    let isCounted = true;
    if (measure === 'returning') isCounted = returning[row] === 1;
    else if (measure === 'waited') isCounted = at_once[row] === 0;
    else if (measure === 'waiting') isCounted = history.isWaiting(row);
    else if (measure === 'late') isCounted = ms > scope.service_ms;
    else if (measure === 'in_time') isCounted = isAssigned && ms <= scope.service_ms;
    if (isCounted) found[count++] = row;
  }
  const rows = found.slice(0, count);
  return { contacts: rows, ids: rows.map((row) => id[row] as number) };
}

function assignments(history: History, scope: Scope, measure: 'assigned' | 'drawn'): Listed {
  const { contacts, decisions } = history;
  const { id, at, contact, operator, kind } = decisions.column;
  const found = new Uint32Array(decisions.size);
  let count = 0;
  for (let row = decisions.size - 1; row >= 0; row--) {
    const by = operator[row] as number;
    if (by === 0 || !scope.operators[by] || (measure === 'drawn' && (kind[row] === KIND.manual || kind[row] === KIND.owner))) continue;
    if (!scope.sources[contacts.column.source[contact[row] as number] as number] || scope.slotOf(at[row] as number) < 0) continue;
    found[count++] = row;
  }
  const rows = found.slice(0, count);
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

/** Table rows of these contacts in their present state. */
export function contactRows(db: Reading, history: History, names: Names, rows: Uint32Array): (readonly Cell[])[] {
  const { id, returning, first_assigned_at } = history.contacts.column;
  const details = new Map<number, ContactDetail>();
  for (const detail of contactDetails(
    db,
    ascending(rows, (row) => id[row] as number),
  ))
    details.set(detail.id, detail);
  const cells: Cell[][] = [];
  for (const row of rows) {
    const detail = details.get(id[row] as number);
    if (!detail) continue;
    const { source_id, lead_id, operator_id, created_at, assigned_at, closed_at } = detail;
    const first = first_assigned_at[row] as number;
    // in the order of `CONTACT_COLUMNS`
    cells.push([
      detail.id,
      created_at,
      source_id,
      names.sources.get(source_id) ?? null,
      lead_id,
      detail.name,
      detail.phone,
      detail.external_id,
      detail.email,
      returning[row] as number,
      detail.status,
      operator_id,
      operator_id === null ? null : (names.operators.get(operator_id) ?? null),
      Number.isNaN(first) ? null : first,
      assigned_at,
      closed_at,
      Number.isNaN(first) ? null : first - created_at,
      assigned_at === null || closed_at === null ? null : closed_at - assigned_at,
      detail.message,
    ]);
  }
  return cells;
}

/** Distinct numbers in ascending order. */
function ascending<T>(items: Iterable<T>, number: (item: T) => number): number[] {
  const numbers = new Set<number>();
  for (const item of items) numbers.add(number(item));
  return Array.from(numbers).sort((a, b) => a - b);
}

/** A table with the columns of a contact list. */
export const contactTable = (rows: readonly (readonly Cell[])[]): Table => ({ ...tableOf(CONTACT_COLUMNS, []), rows });
