import type { Write } from '#engine/core/write.ts';
import { iso } from '#engine/views/present.ts';
import type { Read } from '#engine/views/queries.ts';
import type { Board } from '#shared/board.ts';
import { notFound, notInUse, ok, type Result } from '#shared/contract/problems.ts';
import type { SchedulePatch, Shifts, StoredSchedule } from '#shared/contract/schedules.ts';
import { hoursOf, type OwnShift } from '#shared/operator-hours.ts';
import { piecesBetween, type Schedule } from '#shared/schedule.ts';
import { dayOfText, textOfDay } from '#shared/zone.ts';
import { freeScheduleId } from '#store/tables/schedules.ts';
import { configure } from './configuration.ts';

const NOTHING = { name: null, time_zone: null, anchor_date: null, days: null, exceptions: null } satisfies Record<keyof Schedule, null>;

function presented({ schedules }: Pick<Board, 'schedules'>, id: number): Result<StoredSchedule> {
  const found = schedules[id];
  if (!found) return notFound('work_schedule', id);
  const exceptions = found.exceptions.map((one) => ({ ...one, intervals: [...one.intervals] }));
  return ok({ id, ...found, days: found.days.map((day) => [...day]), exceptions });
}

/** All schedules by id. */
export const schedules = (read: Read): StoredSchedule[] =>
  Object.keys(read.board().schedules).flatMap((id) => {
    const one = presented(read.board(), Number(id));
    return one.ok ? [one.value] : [];
  });

export const schedule = (read: Read, id: number): Result<StoredSchedule> => presented(read.board(), id);

/** Adds a schedule. Fails with `name_taken`. */
export function createSchedule(write: Write, input: Schedule): Result<StoredSchedule> {
  return put(write, freeScheduleId(write.tx), { ...input });
}

/** Changes fields of a schedule; those not named are kept. Whoever has it follows it from its next boundary. */
export function updateSchedule(write: Write, id: number, patch: SchedulePatch): Result<StoredSchedule> {
  if (!write.board.schedules[id]) return notFound('work_schedule', id);
  return put(write, id, Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)));
}

function put(write: Write, id: number, fields: Readonly<Record<string, unknown>>): Result<StoredSchedule> {
  const result = configure(write, [{ kind: 'work_schedule', id, fields }]);
  return result.ok ? presented(write.board, id) : result;
}

/** Removes a schedule. Fails with `in_use` while anybody has it. */
export function removeSchedule(write: Write, id: number): Result<null> {
  if (!write.board.schedules[id]) return notFound('work_schedule', id);
  return configure(write, [{ kind: 'work_schedule', id, fields: NOTHING }]);
}

export interface DatedShift {
  readonly operator_id: number;
  readonly date: string;
  /** null: what the schedule says */
  readonly shift: OwnShift | null;
}

/** Sets what operators do on single dates, in one step. */
export function setShifts(write: Write, dated: readonly DatedShift[]): Result<null> {
  const fieldsOf = new Map<number, Record<string, OwnShift | null>>();
  for (const { operator_id, date, shift } of dated) {
    const operator = write.board.operators[operator_id];
    if (!operator || operator.is_archived) return notInUse('operator', operator_id, operator);
    const fields = fieldsOf.get(operator_id) ?? {};
    fields[date] = shift;
    fieldsOf.set(operator_id, fields);
  }
  return configure(
    write,
    Array.from(fieldsOf, ([id, fields]) => ({ kind: 'shifts' as const, id, fields })),
  );
}

/** The shifts of an operator that begin on these dates of the operator's time zone, both included. */
export function shiftsOf(read: Read, id: number, { from, to }: { readonly from: string; readonly to: string }): Result<Shifts> {
  const board = read.board();
  const operator = board.operators[id];
  if (!operator) return notFound('operator', id);
  const hours = hoursOf(board, operator);
  const pieces = hours ? piecesBetween(hours, dayOfText(from), dayOfText(to)) : [];
  return ok({ items: pieces.map((one) => ({ date: textOfDay(one.day), from: iso(one.from), to: iso(one.to), kind: one.kind })) });
}
