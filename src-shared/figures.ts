/** The figures of the pulse, and the limits at which each needs attention. Shared by consoles, wallboard, tray and alerts. Pure; runs anywhere. */
import type { Board } from './board.ts';
import { fallingFigures, type ThresholdFigure, type Thresholds } from './contract/settings.ts';
import type { Today } from './contract/today.ts';
import { countedFrom } from './source-hours.ts';

/** Amber needs attention, red needs action. */
export type Tone = 'calm' | 'warn' | 'bad';

export interface Pulse {
  readonly waiting: number;
  /** the contact that has waited longest while its source was open, and from when that counts */
  readonly oldest: { readonly contact_id: number; readonly since: number } | null;
  readonly load: number;
  readonly capacity: number;
  readonly active: number;
  readonly operators: number;
  readonly refused: number;
}

/** Load and capacity count online operators only: the slots of others are not available. */
export function pulseOf(board: Board, now: number): Pulse {
  let [load, capacity, active, operators] = [0, 0, 0, 0];
  for (const key in board.operators) {
    const operator = board.operators[key as unknown as number]; // a record's keys are strings; as an index they are the same
    if (!operator) continue;
    if (operator.is_archived) continue;
    operators += 1;
    if (!operator.is_active) continue;
    active += 1;
    load += Math.min(operator.load, operator.max_load);
    capacity += operator.max_load;
  }
  return { waiting: waitingTotal(board), oldest: oldestOf(board, now), load, capacity, active, operators, refused: board.refused };
}

function oldestOf(board: Board, now: number): Pulse['oldest'] {
  let oldest: Pulse['oldest'] = null;
  for (const { contact_id, source_id, created_at } of board.queue) {
    const since = countedFrom(board, board.rules[source_id], created_at, now);
    if (oldest === null || since < oldest.since) oldest = { contact_id, since };
  }
  return oldest;
}

/** Number of waiting contacts of all sources. */
export function waitingTotal({ waiting }: Pick<Board, 'waiting'>): number {
  let total = 0;
  for (const source_id in waiting) total += waiting[source_id as unknown as number] ?? 0;
  return total;
}

/** Below this number of contacts a share says nothing about the service. */
const SERVED_AT_LEAST = 10;

/** Of today's contacts that have been served or are late, the share that was served in time; null if there are none. */
export function serviceLevel(today: Pick<Today, 'in_time' | 'late'> | null): number | null {
  const counted = today ? today.in_time + today.late : 0;
  return today && counted > 0 ? today.in_time / counted : null;
}

/** The value compared with the thresholds; null: nothing to compare. */
export type Readings = Readonly<Record<ThresholdFigure, number | null>>;

/** The current value of each figure that has thresholds. */
export function readingsOf(pulse: Pulse, today: Today | null, now: number): Readings {
  const level = serviceLevel(today);
  const enough = today !== null && today.in_time + today.late >= SERVED_AT_LEAST;
  return {
    waiting: pulse.waiting,
    oldest_wait_seconds: pulse.oldest === null ? 0 : Math.max(0, Math.floor((now - pulse.oldest.since) / 1000)),
    load_percent: pulse.capacity === 0 ? null : (100 * pulse.load) / pulse.capacity,
    active_operators: pulse.operators === 0 ? null : pulse.active,
    service_level_percent: level === null || !enough ? null : 100 * level,
  };
}

/** Limits are inclusive: 5 has passed the limit 5. */
export function toneOf(figure: ThresholdFigure, reading: number | null, thresholds: Thresholds): Tone {
  if (reading === null) return 'calm';
  const falls = fallingFigures.has(figure);
  const passed = (limit: number | null) => limit !== null && (falls ? reading <= limit : reading >= limit);
  const { warning, critical } = thresholds[figure];
  return passed(critical) ? 'bad' : passed(warning) ? 'warn' : 'calm';
}
