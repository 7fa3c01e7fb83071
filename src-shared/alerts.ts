/**
 * Decides when to notify about a figure past its threshold: immediately when it gets worse, once while it stays there, and not each time it
 * fluctuates around the limit. Each step takes a state and a reading and returns the next state. Pure; runs anywhere.
 */
import { type ThresholdFigure, type Thresholds, thresholdFigures } from './contract/settings.ts';
import { type Readings, type Tone, toneOf } from './figures.ts';

/** A figure counts as calmer only after it has been so for this long. */
export const CALMS_AFTER_MS = 30_000;
/** No notification is repeated within this time, whatever happened in between, unless the figure gets worse. */
export const AGAIN_AFTER_MS = 5 * 60_000;
/** Minimum time between two notifications; whatever comes in between is combined. */
export const APART_MS = 10_000;

export interface Alert {
  readonly figure: ThresholdFigure;
  readonly tone: Exclude<Tone, 'calm'>;
  readonly reading: number;
}

/** Where the cause of a figure can be seen: a screen of the console. */
export const causes = {
  waiting: 'live',
  oldest_wait_seconds: 'live',
  load_percent: 'live',
  service_level_percent: 'live',
  active_operators: 'operators',
} as const satisfies Record<ThresholdFigure, string>;

/** The alert that determines tone and address when several are combined. */
export const worstOf = (alerts: readonly Alert[]): Alert | undefined => alerts.find(({ tone }) => tone === 'bad') ?? alerts[0];

/** The threshold that was passed; null if it has been removed since. */
export const limitOf = ({ figure, tone }: Alert, thresholds: Thresholds): number | null => thresholds[figure][tone === 'bad' ? 'critical' : 'warning'];

interface FigureState {
  /** the current tone, after the delay for calming down */
  readonly tone: Tone;
  /** the tone that was last notified */
  readonly told: Tone;
  /** since when its readings have been calmer than `tone` */
  readonly calmer_since: number | null;
  /** when each tone was last notified */
  readonly told_at: Readonly<Partial<Record<Tone, number>>>;
}

export interface AlertState {
  readonly figures: Readonly<Record<ThresholdFigure, FigureState>>;
  readonly told_at: number | null;
}

const calm: FigureState = { tone: 'calm', told: 'calm', calmer_since: null, told_at: {} };
export const calmState: AlertState = { figures: Object.fromEntries(thresholdFigures.map((figure) => [figure, calm])) as AlertState['figures'], told_at: null };

const rank = { calm: 0, warn: 1, bad: 2 } as const satisfies Record<Tone, number>;
const lesser = (a: Tone, b: Tone): Tone => (rank[a] < rank[b] ? a : b);

export interface Moment {
  readonly now: number;
  readonly readings: Readings;
  readonly thresholds: Thresholds;
  /** no notifications; whatever still holds at the end of the quiet hours is notified then */
  readonly is_quiet: boolean;
}

/** The notifications due now, combined, and the next state. */
export function step(state: AlertState, moment: Moment): { readonly state: AlertState; readonly alerts: readonly Alert[] } {
  const { now, readings, thresholds, is_quiet } = moment;
  const mayTell = !is_quiet && (state.told_at === null || now - state.told_at >= APART_MS);
  const alerts: Alert[] = [];
  const figures = { ...state.figures };
  for (const figure of thresholdFigures) {
    const reading = readings[figure];
    let its = follow(state.figures[figure], toneOf(figure, reading, thresholds), now);
    const { tone, told, told_at } = its;
    const last = told_at[tone];
    if (mayTell && tone !== 'calm' && reading !== null && rank[tone] > rank[told] && (last === undefined || now - last >= AGAIN_AFTER_MS)) {
      alerts.push({ figure, tone, reading });
      its = { ...its, told: tone, told_at: { ...told_at, [tone]: now } };
    }
    figures[figure] = its;
  }
  return { state: { figures, told_at: alerts.length > 0 ? now : state.told_at }, alerts };
}

/** Worse immediately, calmer after a delay. */
function follow(before: FigureState, tone: Tone, now: number): FigureState {
  if (rank[tone] >= rank[before.tone]) return { ...before, tone, calmer_since: null };
  const since = before.calmer_since ?? now;
  if (now - since < CALMS_AFTER_MS) return { ...before, calmer_since: since };
  return { ...before, tone, told: lesser(before.told, tone), calmer_since: null };
}

/** Whether `at` (`22:05`) is within the hours. If `from` is later than `to` they span midnight; if both are equal they are the whole day. */
export function isQuiet(hours: { readonly from: string; readonly to: string } | null, at: string): boolean {
  if (hours === null) return false;
  const { from, to } = hours;
  return from < to ? at >= from && at < to : at >= from || at < to;
}
