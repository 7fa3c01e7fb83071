/** Weights (and limits) under a name, put in place in one step: day, night, weekend. */
import { z } from 'zod';
import { MAX_WEIGHT } from '../distribution.ts';
import { id, maxLoad } from './entities.ts';
import type { Result } from './problems.ts';

const idKey = z.coerce.number().int().min(1);
export const presetContent = z.object({
  /** who and what was there when it was saved: others are left as they are when it is applied */
  operator_ids: z.array(id),
  source_ids: z.array(id),
  /** weights[source_id][operator_id]; a pair that is not there is removed */
  weights: z.record(idKey, z.record(idKey, z.int().min(0).max(MAX_WEIGHT))),
  /** max_load by operator; null: the preset leaves limits alone */
  limits: z.record(idKey, maxLoad).nullable(),
});
export interface PresetContent {
  readonly operator_ids: readonly number[];
  readonly source_ids: readonly number[];
  readonly weights: Readonly<Record<number, Readonly<Record<number, number>>>>;
  readonly limits: Readonly<Record<number, number>> | null;
}

export interface Preset {
  readonly id: number;
  readonly name: string;
  readonly content: PresetContent;
  /** epoch milliseconds */
  readonly updated_at: number;
}

export interface PresetsHost {
  presets(): Preset[];
  /** Keeps the weights of now under the name, in the place of a preset that has it already. */
  savePreset(name: string, with_limits: boolean): Promise<Result<Preset>>;
  removePreset(id: number): Promise<Result<null>>;
  applyPreset(id: number): Promise<Result<null>>;
}
