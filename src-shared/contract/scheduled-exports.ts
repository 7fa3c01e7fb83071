/** Reports that are written into a folder by themselves. */
import { z } from 'zod';
import { fileFormats, reportFilter, reportNames } from './reports.ts';

const { hours, weekdays, operator_ids, source_ids, group_by, measure, service_seconds, wait_from_ms, wait_to_ms } = reportFilter.shape;

/** The question without its period, which is that of each time: the day before, or the last week. */
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
  /** an absolute path of a folder that is there */
  folder: z.string().min(1).max(4096),
  every: z.enum(['day', 'week']),
  /** 1 Monday … 7 Sunday, when it is written every week */
  weekday: z.int().min(1).max(7).default(1),
  /** `07:00`, on the workspace's clock */
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 07:00'),
});
export type ScheduleInput = z.infer<typeof scheduleInput>;

export interface Schedule extends ScheduleInput {
  readonly id: number;
  /** epoch milliseconds: when it is written next */
  readonly next_at: number;
}

/** One time that a scheduled report was written, or could not be. */
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
