/** How an operator keeps a schedule. */
import type { Hours, Interval, Schedule } from './schedule.ts';

export const starts = ['auto', 'check_in'] as const;
export const atEnds = ['keep', 'put_back', 'hand_over'] as const;

export interface OperatorHours {
  /** null: none */
  readonly schedule_id: number | null;
  /** days by which the schedule's pattern begins later */
  readonly shift_offset: number;
  /** null: that of the schedule */
  readonly time_zone: string | null;
  /** who switches the operator on when a shift begins: the desk, or the operator */
  readonly start: (typeof starts)[number];
  /** before the end of a shift nothing new is assigned for so long */
  readonly closing_seconds: number;
  /** what becomes of the contacts held at the end of a shift */
  readonly at_end: (typeof atEnds)[number];
}

export const defaultHours: OperatorHours = { schedule_id: null, shift_offset: 0, time_zone: null, start: 'auto', closing_seconds: 0, at_end: 'keep' };

export const shiftKinds = ['work', 'vacation', 'sick', 'swap'] as const;

/** What an operator does on one date instead of what the schedule says. */
export interface OwnShift {
  readonly kind: (typeof shiftKinds)[number];
  /** none on a day off */
  readonly intervals: readonly Interval[];
  readonly note: string | null;
}

/** What the board has of an operator's hours. */
interface Keeper {
  readonly is_active: boolean;
  readonly inactive_reason: string | null;
  readonly is_archived: boolean;
  readonly hours?: OperatorHours;
  readonly shifts?: Readonly<Record<string, OwnShift>>;
}

/** When the operator is to be at work; null: no schedule says. */
export function hoursOf({ schedules }: { readonly schedules: Readonly<Record<number, Schedule>> }, { hours, shifts, is_archived }: Keeper): Hours | null {
  const schedule = is_archived || !hours || hours.schedule_id === null ? undefined : schedules[hours.schedule_id];
  if (!hours || !schedule) return null;
  const { shift_offset, time_zone, closing_seconds } = hours;
  return { schedule, shift_offset, time_zone, closing_seconds, ...(shifts && { exceptions: shifts }) };
}

/** Whether the operator has gone home, and what it holds is for others. */
export const isAbsent = ({ is_active, inactive_reason, hours }: Keeper): boolean =>
  !is_active && inactive_reason === 'shift_over' && hours?.at_end === 'hand_over';
