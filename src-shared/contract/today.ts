/** What became of the day so far: how soon those who came were assigned, and what chance should have given each operator beside what it gave. */
import { z } from 'zod';

export const todayInput = z.object({
  /** an assignment no later than this after the contact came is in time */
  within_ms: z.int().min(0),
});

/** One operator's part of the draws of the day; those who were never in one are absent. */
export interface DrawnToday {
  readonly operator_id: number;
  /** draws that fell on the operator */
  readonly drawn: number;
  /** sum of its probabilities, weight / sum, over all draws at which it was eligible */
  readonly expected: number;
  /** sum of p · (1 − p) over the same draws: the variance of `drawn` */
  readonly variance: number;
}

export interface Today {
  /** `2026-11-22`, in the workspace's time zone */
  readonly day: string;
  /** contacts that came today */
  readonly came: number;
  /** of them: assigned within the time asked about */
  readonly in_time: number;
  /** of them: assigned later than that, or waiting longer already; the others still have time */
  readonly late: number;
  /** contacts that somebody got today, each once, whenever they came */
  readonly assigned: number;
  /** draws that fell on somebody, new contacts and those who had waited alike */
  readonly draws: number;
  readonly operators: readonly DrawnToday[];
}

export interface TodayHost {
  /** Figures of the day so far, from the decisions as they are kept. */
  today(within_ms: number): Promise<Today>;
}
