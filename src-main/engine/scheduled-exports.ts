/** Which reports are written by themselves, and what was written. They are no part of the desk's history: nothing of it is journalled. */
import { notFound, ok, type Result } from '#shared/contract/problems.ts';
import { type ExportRun, NEWEST_RUNS, type Schedule, type ScheduleInput } from '#shared/contract/scheduled-exports.ts';
import { allSchedules, deleteSchedule, insertRun, insertSchedule, newestRuns, type ScheduleRow, scheduleById, setNextAt } from '#store/scheduled-exports.ts';
import type { Read } from './queries.ts';
import type { Write } from './write.ts';

const presentSchedule = ({ id, settings, next_at }: ScheduleRow): Schedule => ({ ...(JSON.parse(settings) as ScheduleInput), id, next_at }); // createSchedule wrote it

export function schedules(read: Read): Schedule[] {
  return allSchedules(read.store.reading).map(presentSchedule);
}

export function exportRuns(read: Read): ExportRun[] {
  return newestRuns(read.store.reading, NEWEST_RUNS);
}

export function createSchedule(write: Write, input: ScheduleInput, next_at: number): Result<Schedule> {
  return ok({ ...input, id: insertSchedule(write.tx, { settings: JSON.stringify(input), next_at, now: write.now }), next_at });
}

/** When it is due again. */
export function postponeSchedule(write: Write, id: number, next_at: number): Result<null> {
  if (!scheduleById(write.tx, id)) return notFound('schedule', id);
  setNextAt(write.tx, id, next_at);
  return ok(null);
}

export function removeSchedule(write: Write, id: number): Result<null> {
  if (!scheduleById(write.tx, id)) return notFound('schedule', id);
  deleteSchedule(write.tx, id);
  return ok(null);
}

/** Keeps what came of it. @param next_at when it is due again; null: as it was */
export function recordRun(write: Write, run: Omit<ExportRun, 'id'>, next_at: number | null): Result<ExportRun> {
  if (next_at !== null) setNextAt(write.tx, run.schedule_id, next_at);
  return ok({ ...run, id: insertRun(write.tx, run) });
}
