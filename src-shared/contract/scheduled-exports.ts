/** Reports that are written into a folder on a schedule. */
import { z } from 'zod';
import { byId, command, query } from './call.ts';
import type { Result } from './problems.ts';
import { fileFormats, reportFilter, reportNames } from './reports.ts';

const { hours, weekdays, operator_ids, source_ids, group_by, measure, service_seconds, wait_from_ms, wait_to_ms } = reportFilter.shape;

/** The query without its period, which follows from each run: the previous day or week. */
export const scheduledQuestion = z.object({
  report: z.enum(reportNames),
  hours,
  weekdays,
  operator_ids,
  source_ids,
  group_by,
  measure,
  service_seconds,
  wait_from_ms,
  wait_to_ms,
});

export const scheduleInput = z.object({
  question: scheduledQuestion,
  format: z.enum(fileFormats),
  language: z.enum(['ru', 'en']),
  /** the absolute path of an existing folder */
  folder: z.string().min(1).max(4096),
  every: z.enum(['day', 'week']),
  /** 1 Monday … 7 Sunday, for a weekly report */
  weekday: z.int().min(1).max(7).default(1),
  /** `07:00`, in the workspace's time zone */
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 07:00'),
});
export type ScheduleInput = z.infer<typeof scheduleInput>;

export interface Schedule extends ScheduleInput {
  readonly id: number;
  /** epoch milliseconds: the next run */
  readonly next_at: number;
}

/** One run of a scheduled report, successful or not. */
export interface ExportRun {
  readonly id: number;
  readonly schedule_id: number;
  /** epoch milliseconds */
  readonly at: number;
  /** the file's path; null: it was not written */
  readonly file: string | null;
  readonly rows: number | null;
  readonly bytes: number | null;
  /** English, from the system */
  readonly error: string | null;
}

export const NEWEST_RUNS = 100;

export const scheduledExportCalls = {
  schedules: query('viewer').answers<Schedule[]>(),
  createSchedule: command('supervisor', scheduleInput).answers<Result<Schedule>>(),
  removeSchedule: command('supervisor', byId).answers<Result<null>>(),
  /** Writes it now, with the period it would have if it were due. The result also appears in the log. */
  runSchedule: command('supervisor', byId).answers<Result<ExportRun>>(),
  /** The newest entries of all schedules, newest first, including removed ones. */
  exportRuns: query('viewer').answers<ExportRun[]>(),
};
