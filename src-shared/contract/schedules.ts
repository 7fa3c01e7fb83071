/** Schedules: when operators are at work. */
import { z } from 'zod';
import { shiftKinds } from '../operator-hours.ts';
import type { Schedule } from '../schedule.ts';
import { byId, command } from './call.ts';
import { id, name, noteText } from './entities.ts';
import { PATTERN_DAYS_MAX, timeZone } from './operator-hours.ts';
import type { Result } from './problems.ts';

const INTERVALS_MAX = 10;
const EXCEPTIONS_MAX = 1000;
/** Longest span of one question about shifts, in days. */
const SPAN_DAYS_MAX = 400;

const TIME = /^(([0-3]\d|4[0-7]):[0-5]\d|48:00)$/;
const time = z.string().regex(TIME, 'must be a time from 00:00 to 48:00, as in 08:30; hours from 24 on are of the next day');
const interval = z
  .strictObject({
    from: time,
    to: time.meta({ description: 'Hours from 24 on are of the next day: `32:00` is 8 in the morning' }),
    kind: z.enum(['work', 'lunch']).default('work').meta({ description: '`lunch` is taken out of the work that it overlaps' }),
  })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be after from; a time of the next day is written with 24 hours more, as in 30:00' })
  .refine(({ from, kind }) => kind === 'lunch' || from < '24:00', {
    path: ['from'],
    message: 'must be before 24:00: work that begins on the next day belongs there',
  });
const intervals = z.array(interval).max(INTERVALS_MAX);

/** A date that clocks and calendars of every zone know. */
const date = z.iso.date().refine((text) => text >= '2000-01-01' && text < '2200-01-01', 'must be from 2000 to 2199');
const exceptions = z
  .array(z.strictObject({ date, intervals, note: noteText.nullable().default(null) }))
  .max(EXCEPTIONS_MAX)
  .refine((all) => new Set(all.map((one) => one.date)).size === all.length, 'names a date twice');

const fields = {
  name,
  time_zone: timeZone,
  anchor_date: date.meta({ description: 'A date on which the pattern begins with its first day' }),
  days: z.array(intervals).min(1).max(PATTERN_DAYS_MAX).meta({
    description: 'The intervals that begin on each day of the pattern, which repeats: 7 days are a week, two on and two off are 4, of which 2 are empty',
  }),
  exceptions: exceptions.meta({ description: 'Dates with other intervals than the pattern has; without any the date is free' }),
};
/** Unlike other bodies they refuse what they do not know: a misspelt schedule must not be another one without a word. */
export const scheduleInput = z.strictObject({ ...fields, exceptions: exceptions.default([]) }) satisfies z.ZodType<Schedule>;
export type ScheduleInput = z.infer<typeof scheduleInput>;
export const schedulePatch = z.strictObject(fields).partial();
export type SchedulePatch = z.infer<typeof schedulePatch>;
export const storedSchedule = z.object({ id, ...fields });
export type StoredSchedule = z.infer<typeof storedSchedule>;

export const ownShift = z
  .strictObject({
    kind: z.enum(shiftKinds).meta({ description: 'What the operator does on the date instead of what the schedule says' }),
    intervals: intervals.default([]),
    note: noteText.nullable().default(null),
  })
  .refine(({ kind, intervals: its }) => its.length === 0 || kind === 'work' || kind === 'swap', {
    path: ['intervals'],
    message: 'must be empty for a day off; for a day with other hours give the kind work or swap',
  });
export const shiftDate = date;

export const shiftsQuery = z
  .object({ from: date, to: date })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not be before from' })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < SPAN_DAYS_MAX * 86_400_000, {
    path: ['to'],
    message: `must be less than ${SPAN_DAYS_MAX} days after from`,
  });
const moment = z.iso.datetime({ precision: 3 });
export const shifts = z.object({
  items: z.array(
    z.object({ date: date.meta({ description: 'The date on which the shift begins' }), from: moment, to: moment, kind: z.enum(['work', 'lunch']) }),
  ),
});
export type Shifts = z.infer<typeof shifts>;

export const workScheduleCalls = {
  /** Adds a schedule, or gives one that exists other content. */
  saveWorkSchedule: command('supervisor', z.object({ id: id.nullable(), schedule: scheduleInput })).answers<Result<StoredSchedule>>(),
  removeWorkSchedule: command('supervisor', byId).answers<Result<null>>(),
};
