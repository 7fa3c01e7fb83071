import type { HostParts } from '#console/parts.ts';
import { createSchedule, removeSchedule, updateSchedule } from '#engine/configuration/schedules.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { workScheduleCalls } from '#shared/contract/schedules.ts';

export const workScheduleHost = ({ write }: HostParts): HostOf<typeof workScheduleCalls> => ({
  saveWorkSchedule: (principal, { id, schedule }) => write(principal, (w) => (id === null ? createSchedule(w, schedule) : updateSchedule(w, id, schedule))),
  removeWorkSchedule: (principal, { id }) => write(principal, (w) => removeSchedule(w, id)),
});
