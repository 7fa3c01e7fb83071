import { isDeepStrictEqual } from 'node:util';
import type { Fields } from '#engine/configuration/field-rules.ts';
import { betweenOrMade, nameTaken, type Thing } from '#engine/configuration/things/thing.ts';
import { lookUpBoundary } from '#engine/core/boundaries.ts';
import type { Write } from '#engine/core/write.ts';
import { fail, notFound, notInUse } from '#shared/contract/problems.ts';
import { defaultHours, type OperatorHours } from '#shared/operator-hours.ts';
import { differingHours, forgetMisses, type OperatorRow, operatorById, operatorNamed, updateOperatorRow } from '#store/tables/operators.ts';

const fieldsOfRow = (row: OperatorRow) => ({
  name: row.name,
  is_active: row.is_active,
  inactive_reason: row.inactive_reason,
  max_load: row.max_load,
  tags: row.tags,
  is_archived: row.archived_at !== null,
  ...differingHours(row.hours),
});

/** The hours in these fields of an operator; null: as without a schedule. */
export function hoursIn(fields: Fields): OperatorHours | null {
  const given = Object.entries(defaultHours).map(([key, usual]) => [key, fields[key] ?? usual]);
  return given.every(([key, value]) => value === defaultHours[key as keyof OperatorHours]) ? null : (Object.fromEntries(given) as OperatorHours); // its keys
}

/** Journals and announces the operator's present row. */
export function announceOperator(write: Write, before: OperatorRow | null, id: number, note: object = {}): OperatorRow {
  const row = operatorById(write.tx, id);
  if (!row) throw new Error(`operator ${id} was written but is missing`);
  const after = fieldsOfRow(row);
  const { name, is_active, inactive_reason, max_load, tags, is_archived } = after;
  const { active_changed_at, hours, switched_by } = row;
  const operator = { id, name, is_active, inactive_reason, max_load, tags, is_archived, active_changed_at, hours, switched_by };
  write.emit({ kind: 'operator_saved', operator }, { before: before && fieldsOfRow(before), after, ...note });
  return row;
}

export const operatorThing = {
  fields({ tx }, id) {
    const row = operatorById(tx, id);
    return row ? fieldsOfRow(row) : null;
  },
  rules: [
    {
      when: ['is_archived', true],
      demands: ['is_active', false],
      message: 'must be false for an archived operator',
      advice: 'is archived. Restore it before it becomes active.',
    },
    {
      when: ['is_archived', true],
      demands: ['inactive_reason', null],
      message: 'is only for an operator in use',
      advice: 'is archived. Restore it before you give a reason.',
    },
    {
      when: ['is_archived', true],
      demands: ['schedule_id', null],
      message: 'is only for an operator in use',
      advice: 'is archived. Restore it before you give it a schedule.',
    },
    {
      when: ['is_active', true],
      demands: ['inactive_reason', null],
      message: 'is only for an operator who is not active',
      advice: 'is active. Give a reason together with is_active: false.',
    },
  ],
  /** An archived operator loses all weights. */
  consequences({ board }, id, { is_archived }) {
    if (is_archived !== true) return [];
    const sources = Object.keys(board.weights).map(Number);
    return sources.flatMap((source_id) => (board.weights[source_id]?.[id] === undefined ? [] : [{ kind: 'weights', id: source_id, fields: { [id]: null } }]));
  },
  problem({ tx, board, fieldOf, isGone }, { id, fields, present }) {
    if (!present || (isGone('operator', id) && fields.is_archived === undefined)) return notInUse('operator', id, present);
    const { schedule_id = null } = fields as Partial<OperatorHours>;
    if (schedule_id !== null && !board.schedules[schedule_id] && typeof fieldOf('work_schedule', schedule_id, 'name') !== 'string')
      return notFound('work_schedule', schedule_id);
    const name = String(fields.name ?? present.name);
    const other = !isGone('operator', id) && (fields.name !== undefined || fields.is_archived === false) ? operatorNamed(tx, name) : undefined;
    if (other !== undefined && other !== id) return nameTaken(name);
    const held = fields.is_archived === true ? (board.operators[id]?.held ?? 0) : 0;
    if (held === 0) return null;
    return fail('operator_holds_contacts', `Operator ${id} (${name}) holds ${held} contacts. Close or move them first.`, { params: { name, load: held } });
  },
  put(write, { id, before, next, note }) {
    const row = operatorById(write.tx, id);
    if (!row) throw new Error(`operator ${id} was looked up but is missing`);
    const { name, is_active, inactive_reason, max_load, tags, is_archived } = next as Fields & ReturnType<typeof fieldsOfRow>; // all of its fields
    const hours = hoursIn(next);
    const hasTurned = is_active !== before.is_active || inactive_reason !== before.inactive_reason;
    updateOperatorRow(write.tx, {
      id,
      name,
      max_load,
      tags,
      is_active: is_active,
      inactive_reason,
      active_changed_at: hasTurned ? write.now : row.active_changed_at,
      archived_at: is_archived ? (row.archived_at ?? write.now) : null,
      hours,
      switched_by: hasTurned ? write.actor : row.switched_by,
    });
    if (hasTurned) forgetMisses(write.tx, id);
    announceOperator(write, row, id, note);
    if (is_archived !== before.is_archived || !isDeepStrictEqual(hours, row.hours)) lookUpBoundary(write, id);
  },
  differences: {
    operator_saved: ({ operator_id }, { before, after }) => (operator_id === null ? null : betweenOrMade({ kind: 'operator', id: operator_id }, before, after)),
  },
} satisfies Thing<'operator'>;
