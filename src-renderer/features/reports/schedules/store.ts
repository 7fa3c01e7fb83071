/** State of scheduled reports: list, log and actions. */
import { create } from 'zustand';
import { ask, attempt, type Failure, type Outcome } from '#link/attempt.ts';
import { client } from '#link/client.ts';
import type { ExportRun, Schedule, ScheduleInput } from '#shared/contract/scheduled-exports.ts';

interface SchedulesState {
  /** null until loaded */
  readonly schedules: readonly Schedule[] | null;
  readonly runs: readonly ExportRun[];
  readonly failure: Failure | null;
}

/** Timeout that allows for a report over a long history. */
const WRITTEN_WITHIN_MS = 15 * 60_000;

export const useSchedules = create<SchedulesState>(() => ({ schedules: null, runs: [], failure: null }));

/** Loads schedules and their latest runs. */
export async function loadSchedules(): Promise<void> {
  const [schedules, runs] = await Promise.all([
    ask((signal) => client.schedules.query(undefined, { signal })),
    ask((signal) => client.exportRuns.query(undefined, { signal })),
  ]);
  if (schedules.ok && runs.ok) useSchedules.setState({ schedules: schedules.value, runs: runs.value, failure: null });
  else useSchedules.setState({ failure: schedules.ok ? (runs.ok ? null : runs.problem) : schedules.problem });
}

async function thenLoad<T>(outcome: Promise<Outcome<T>>): Promise<Outcome<T>> {
  const said = await outcome;
  await loadSchedules();
  return said;
}

export const createSchedule = (input: ScheduleInput): Promise<Outcome<Schedule>> =>
  thenLoad(attempt((signal) => client.createSchedule.mutate(input, { signal })));

export const removeSchedule = (id: number): Promise<Outcome<null>> => thenLoad(attempt((signal) => client.removeSchedule.mutate({ id }, { signal })));

/** Runs a schedule now. Resolves when its file is written. */
export const runSchedule = (id: number): Promise<Outcome<ExportRun>> =>
  thenLoad(attempt((signal) => client.runSchedule.mutate({ id }, { signal }), WRITTEN_WITHIN_MS));
