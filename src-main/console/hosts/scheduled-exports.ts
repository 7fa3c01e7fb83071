import { expectably } from '#console/commands.ts';
import type { HostParts } from '#console/parts.ts';
import { exportRuns, removeSchedule, schedules } from '#engine/configuration/scheduled-exports.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { scheduledExportCalls } from '#shared/contract/scheduled-exports.ts';

export const scheduledExportHost = ({ engine, write, scheduler }: HostParts): HostOf<typeof scheduledExportCalls> => ({
  schedules: () => schedules(engine.read),
  createSchedule: ({ actor }, input) => expectably(scheduler.create(actor, input)),
  removeSchedule: (principal, { id }) => write(principal, (w) => removeSchedule(w, id)),
  runSchedule: ({ actor }, { id }) => scheduler.run(actor, id),
  exportRuns: () => exportRuns(engine.read),
});
