/** Statistics of the day so far: how soon contacts were assigned, and each operator's expected and actual share of the draws. */
import { z } from 'zod';
import { query } from './call.ts';

const todayInput = z.object({
  /** an assignment at most this long after arrival is in time */
  within_ms: z.int().min(0),
});

/** One operator's part in the day's draws; operators who were in none are absent. */
export interface DrawnToday {
  readonly operator_id: number;
  /** draws that selected the operator */
  readonly drawn: number;
  /** sum of its probabilities, weight / sum, over all draws in which it was eligible */
  readonly expected: number;
  /** sum of p · (1 − p) over the same draws: the variance of `drawn` */
  readonly variance: number;
}

export interface Today {
  /** `2026-11-22`, in the workspace's time zone */
  readonly day: string;
  /** contacts that arrived today */
  readonly came: number;
  /** of them: assigned within the requested time */
  readonly in_time: number;
  /** of them: assigned later than that, or already waiting longer; the rest are not late yet */
  readonly late: number;
  /** contacts assigned today, each counted once, whenever they arrived */
  readonly assigned: number;
  /** draws that selected an operator, for new and for waiting contacts */
  readonly draws: number;
  readonly operators: readonly DrawnToday[];
}

export const todayCalls = {
  /** Figures of the day so far, computed from the stored decisions. */
  today: query('viewer', todayInput).answers<Today>(),
};
