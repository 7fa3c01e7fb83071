/** Console calls for scheduled reports. */
import { initTRPC } from '@trpc/server';
import { z } from 'zod';
import { id } from './entities.ts';
import type { Result } from './problems.ts';
import { type ExportRun, type Schedule, type ScheduleInput, scheduleInput } from './scheduled-exports.ts';

export interface ScheduledExportsHost {
  schedules(): Schedule[];
  createSchedule(input: ScheduleInput): Promise<Result<Schedule>>;
  removeSchedule(id: number): Promise<Result<null>>;
  /** Writes it now, with the period it would have if it were due. The result also appears in the log. */
  runSchedule(id: number): Promise<Result<ExportRun>>;
  /** The newest entries of all schedules, newest first, including removed ones. */
  exportRuns(): ExportRun[];
}

const { procedure } = initTRPC.context<{ host: ScheduledExportsHost }>().create();
const byId = z.object({ id });
export const scheduledExportProcedures = {
  schedules: procedure.query(({ ctx }) => ctx.host.schedules()),
  createSchedule: procedure.input(scheduleInput).mutation(({ ctx, input }) => ctx.host.createSchedule(input)),
  removeSchedule: procedure.input(byId).mutation(({ ctx, input }) => ctx.host.removeSchedule(input.id)),
  runSchedule: procedure.input(byId).mutation(({ ctx, input }) => ctx.host.runSchedule(input.id)),
  exportRuns: procedure.query(({ ctx }) => ctx.host.exportRuns()),
};
