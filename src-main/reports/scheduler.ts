/** Runs scheduled exports when they are due, each once, also when the program was not running at that time. */
import { accessSync, constants, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { dueAfter, periodBefore, type Recurrence } from '#domain/recurrence.ts';
import type { Actor } from '#shared/contract/principal.ts';
import { fail, notFound, type Result } from '#shared/contract/problems.ts';
import { fileName, reportQuery } from '#shared/contract/reports.ts';
import type { ExportRun, Schedule, ScheduleInput } from '#shared/contract/scheduled-exports.ts';
import type { Every } from '#shared/time.ts';
import { DAY_MS } from '#shared/time.ts';
import { fileStream } from './files/stream.ts';
import { writeFile } from './files/write-file.ts';
import type { Reports } from './reports.ts';

const MINUTE_MS = 60_000;

/** Storage of schedules and their runs. */
interface Schedules {
  list(): Schedule[];
  create(actor: Actor, input: ScheduleInput, next_at: number): Promise<Result<Schedule>>;
  postpone(id: number, next_at: number): Promise<Result<null>>;
  record(actor: Actor, run: Omit<ExportRun, 'id'>, next_at: number | null): Promise<Result<ExportRun>>;
}

export interface SchedulerOptions {
  readonly schedules: Schedules;
  readonly reports: Reports;
  readonly now: () => number;
  /** IANA name */
  readonly timeZone: string;
  readonly every: Every;
  readonly log: (message: string, detail: unknown) => void;
}

/** Runs scheduled exports, one at a time. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  #stop: (() => void) | undefined;
  /** serialises runs */
  #doing: Promise<unknown> = Promise.resolve();

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  /** Starts, with the exports that fell due while the program was not running. */
  start(): void {
    this.#stop = this.#options.every(MINUTE_MS, () => void this.tick());
    void this.tick();
  }

  close(): void {
    this.#stop?.();
  }

  /** Runs the exports that are due. Of several missed times, only the last is exported. Never throws. */
  tick(): Promise<void> {
    return this.#alone(async () => {
      for (const schedule of this.#options.schedules.list())
        if (schedule.next_at <= this.#options.now()) await this.#write(schedule, this.#lastDue(schedule), 'desk');
        else if (this.#isBeyondNext(schedule)) await this.#setRight(schedule);
    }).catch((error: unknown) => this.#options.log('scheduled reports could not be written', error));
  }

  async create(actor: Actor, input: ScheduleInput): Promise<Result<Schedule>> {
    const unusable = whyUnusable(input.folder);
    if (unusable !== null) return fail('export_folder_unusable', unusable);
    const { now, timeZone, schedules } = this.#options;
    return schedules.create(actor, input, dueAfter(recurrenceOf(input), timeZone, now()));
  }

  /** Runs a schedule as if it were due now. */
  run(actor: Actor, id: number): Promise<Result<ExportRun>> {
    return this.#alone(async () => {
      const schedule = this.#options.schedules.list().find((one) => one.id === id);
      return schedule ? this.#write(schedule, this.#options.now(), actor) : notFound('schedule', id);
    });
  }

  async #write(schedule: Schedule, due: number, actor: Actor): Promise<Result<ExportRun>> {
    const { now, timeZone, reports, schedules } = this.#options;
    const recurrence = recurrenceOf(schedule);
    const query = reportQuery.parse({ ...schedule.question, ...periodBefore(recurrence, timeZone, due) });
    // two schedules may export the same report to one folder
    const path = join(schedule.folder, fileName(query, `${schedule.id}.${schedule.format}`).replace(/\.(\d+\.\w+)$/, '-$1'));
    let run: Omit<ExportRun, 'id'> = { schedule_id: schedule.id, at: now(), file: null, rows: null, bytes: null, error: null };
    try {
      let rows = 0;
      const file = { query, format: schedule.format, language: schedule.language };
      await writeFile(
        path,
        fileStream(reports, file, {
          onDone: (count) => {
            rows = count ?? 0;
          },
        }),
      );
      run = { ...run, file: path, rows, bytes: (await stat(path)).size };
    } catch (error) {
      run = { ...run, error: (error as Error).message };
    }
    return schedules.record(actor, run, actor === 'desk' ? dueAfter(recurrence, timeZone, now()) : null);
  }

  /** The latest due time up to now. */
  #lastDue(schedule: Schedule): number {
    const { now, timeZone } = this.#options;
    let due = schedule.next_at;
    for (let next = due; next <= now(); next = dueAfter(recurrenceOf(schedule), timeZone, next)) due = next;
    return due;
  }

  /** Whether the next due time was computed while the clock was far ahead. Without this check the schedule would not run until then. Setting the clock back a little repeats nothing. */
  #isBeyondNext(schedule: Schedule): boolean {
    const { now, timeZone } = this.#options;
    const period = schedule.every === 'week' ? 7 * DAY_MS : DAY_MS;
    return schedule.next_at - dueAfter(recurrenceOf(schedule), timeZone, now()) > period + DAY_MS / 2;
  }

  async #setRight(schedule: Schedule): Promise<void> {
    const { now, timeZone, schedules } = this.#options;
    await schedules.postpone(schedule.id, dueAfter(recurrenceOf(schedule), timeZone, now()));
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#doing.then(work);
    this.#doing = done.catch(() => undefined);
    return done;
  }
}

function recurrenceOf({ every, weekday, time }: ScheduleInput): Recurrence {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return { every, weekday, minute: hour * 60 + minute };
}

function whyUnusable(folder: string): string | null {
  if (!isAbsolute(folder)) return 'The path is not absolute.';
  try {
    if (!statSync(folder).isDirectory()) return `${folder} is not a folder.`;
    accessSync(folder, constants.W_OK);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
