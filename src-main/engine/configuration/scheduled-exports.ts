/** Scheduled exports and their runs. */

import type { Engine } from '#engine/core/engine.ts';
import type { Write } from '#engine/core/write.ts';
import type { Read } from '#engine/views/queries.ts';
import type { Actor } from '#shared/contract/principal.ts';
import { notFound, ok, type Result } from '#shared/contract/problems.ts';
import { type ExportRun, NEWEST_RUNS, type Schedule, type ScheduleInput } from '#shared/contract/scheduled-exports.ts';
import {
  allSchedules,
  deleteSchedule,
  insertRun,
  insertSchedule,
  newestRuns,
  type ScheduleRow,
  scheduleById,
  setNextAt,
} from '#store/tables/scheduled-exports.ts';

const presentSchedule = ({ id, settings, next_at }: ScheduleRow): Schedule => ({ ...settings, id, next_at }); // createSchedule wrote it

/** All schedules, with when each is due next, in epoch milliseconds. */
export function schedules(read: Read): Schedule[] {
  return allSchedules(read.store.reading).map(presentSchedule);
}

/** The latest runs of all schedules, newest first. */
export function exportRuns(read: Read): ExportRun[] {
  return newestRuns(read.store.reading, NEWEST_RUNS);
}

/** The scheduler's access to schedules and runs. Runs that are due are recorded as the desk's actions. */
export function keptSchedules(engine: Engine) {
  return {
    list: () => schedules(engine.read),
    create: (actor: Actor, input: ScheduleInput, next_at: number) => engine.write(actor, (write) => createSchedule(write, input, next_at)),
    postpone: (id: number, next_at: number) => engine.write('desk', (write) => postponeSchedule(write, id, next_at)),
    /** @param next_at null: the run was requested, not due */
    record: (actor: Actor, run: Omit<ExportRun, 'id'>, next_at: number | null) => engine.write(actor, (write) => recordRun(write, run, next_at)),
  };
}

function createSchedule(write: Write, input: ScheduleInput, next_at: number): Result<Schedule> {
  const schedule = { ...input, id: insertSchedule(write.tx, { settings: input, next_at, now: write.now }), next_at };
  saved(write, schedule.id, null, schedule);
  return ok(schedule);
}

/** Sets a schedule's next due time. */
function postponeSchedule(write: Write, id: number, next_at: number): Result<null> {
  const row = scheduleById(write.tx, id);
  if (!row) return notFound('schedule', id);
  const before = presentSchedule(row);
  setNextAt(write.tx, id, next_at);
  saved(write, id, before, { ...before, next_at });
  return ok(null);
}

/** Deletes a schedule. Its past runs stay listed. */
export function removeSchedule(write: Write, id: number): Result<null> {
  const row = scheduleById(write.tx, id);
  if (!row) return notFound('schedule', id);
  deleteSchedule(write.tx, id);
  saved(write, id, presentSchedule(row), null);
  return ok(null);
}

/** Records a run. @param next_at the next due time; null: unchanged */
function recordRun(write: Write, run: Omit<ExportRun, 'id'>, next_at: number | null): Result<ExportRun> {
  const { schedule_id, file, rows, error } = run;
  const row = scheduleById(write.tx, schedule_id);
  if (next_at !== null) setNextAt(write.tx, schedule_id, next_at);
  const id = insertRun(write.tx, run);
  const report = row && presentSchedule(row).question.report; // undefined: the schedule was removed during the run
  write.emit({ kind: 'report_exported', schedule_id }, { schedule_id, export_run_id: id, report, file, rows, error });
  return ok({ ...run, id });
}

function saved(write: Write, schedule_id: number, before: Schedule | null, after: Schedule | null): void {
  const kept = (schedule: Schedule | null) => {
    if (!schedule) return null;
    const { question, format, folder, every, weekday, time, next_at } = schedule;
    return { report: question.report, format, folder, every, weekday, time, next_at };
  };
  write.emit({ kind: 'schedule_saved', schedule_id }, { schedule_id, before: kept(before), after: kept(after) });
}
