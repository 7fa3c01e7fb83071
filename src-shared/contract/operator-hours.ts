/** How an operator keeps a schedule: fields of operators. */
import { z } from 'zod';
import { atEnds, defaultHours, starts } from '../operator-hours.ts';

/** Longest pattern of a schedule, in days. */
export const PATTERN_DAYS_MAX = 56;
const CLOSING_SECONDS_MAX = 4 * 3600;

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};
export const timeZone = z.string().max(100).refine(isZone, 'must be a time zone by its IANA name, as in Europe/Moscow').meta({ example: 'Europe/Moscow' });
export const hoursFields = {
  schedule_id: z.int().min(1).nullable().meta({ description: 'The schedule by which the desk switches the operator on and off; null: none' }),
  shift_offset: z
    .int()
    .min(1 - PATTERN_DAYS_MAX)
    .max(PATTERN_DAYS_MAX - 1)
    .meta({ description: "Days by which the schedule's pattern begins later for this operator" }),
  time_zone: timeZone.nullable().meta({ description: 'null: that of the schedule' }),
  start: z.enum(starts).meta({ description: 'Whether the desk switches the operator on when a shift begins (`auto`), or the operator has to be (`check_in`)' }),
  closing_seconds: z.int().min(0).max(CLOSING_SECONDS_MAX).meta({ description: 'So long before the end of a shift nothing new is assigned' }),
  at_end: z.enum(atEnds).meta({
    description:
      'What becomes of the contacts held at the end of a shift: they stay (`keep`), go back into the queue (`put_back`), or go to whoever can take them, at once or as soon as a slot opens (`hand_over`)',
  }),
};
export const givenHours = Object.fromEntries(Object.entries(hoursFields).map(([key, field]) => [key, field.optional()])) as {
  [K in keyof typeof hoursFields]: z.ZodOptional<(typeof hoursFields)[K]>;
}; // the same keys

/** The fields of an operator's hours, with null for those that are as without a schedule. */
export const hoursGiven = (given: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) =>
      key in defaultHours && value !== undefined ? [[key, value === defaultHours[key as keyof typeof defaultHours] ? null : value]] : [],
    ),
  );
