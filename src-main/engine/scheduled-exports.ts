/** Which reports are written by themselves, and what was written. They are no part of the desk's history: nothing of it is journalled. */
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
  updateScheduleRow,
} from '#store/scheduled-exports.ts';
import type { Read } from './queries.ts';
import type { Write } from './write.ts';

const presentSchedule = ({ id, settings, next_at }: ScheduleRow): Schedule => ({ ...(JSON.parse(settings) as ScheduleInput), id, next_at }); // saveSchedule wrote it

export function schedules(read: Read): Schedule[] {
  return allSchedules(read.store.reading).map(presentSchedule);
}

export function exportRuns(read: Read): ExportRun[] {
  return newestRuns(read.store.reading, NEWEST_RUNS);
}

/** @param id null: a new one */
export function saveSchedule(write: Write, id: number | null, input: ScheduleInput, next_at: number): Result<Schedule> {
  const settings = JSON.stringify(input);
  if (id === null) return ok({ ...input, id: insertSchedule(write.tx, { settings, next_at, now: write.now }), next_at });
  if (!scheduleById(write.tx, id)) return notFound('schedule', id);
  updateScheduleRow(write.tx, { id, settings, next_at });
  return ok({ ...input, id, next_at });
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
