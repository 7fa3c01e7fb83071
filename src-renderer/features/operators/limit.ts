/** Parses a new limit for several operators: `8`, or `+2` and `−2` relative to each present limit. Pure. */
import { MAX_LOAD_MAX } from '#shared/contract/limits.ts';
import type { OperatorsChange } from '#shared/contract/operators.ts';

export type LimitChange = Extract<OperatorsChange, { do: 'set_limit' | 'move_limit' }>;

/** Null: the text is no limit, or above the maximum. */
export function limitIn(text: string): LimitChange | null {
  const [, sign, digits] = /^([+\-–−]?)\s*(\d{1,6})$/.exec(text.trim()) ?? [];
  const n = Number(digits);
  if (digits === undefined || n > MAX_LOAD_MAX) return null;
  if (!sign) return { do: 'set_limit', max_load: n };
  return { do: 'move_limit', by: sign === '+' ? n : -n };
}

/** The operator's limit after the change, kept between 0 and the maximum. */
export const limitAfter = (before: number, change: LimitChange): number =>
  change.do === 'set_limit' ? change.max_load : Math.min(MAX_LOAD_MAX, Math.max(0, before + change.by));
