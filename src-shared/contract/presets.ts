/** Weights (and limits) under a name, put in place in one step: day, night, weekend. */
import type { Result } from './problems.ts';

export interface PresetContent {
  /** who and what was there when it was saved: others are left as they are when it is applied */
  readonly operator_ids: readonly number[];
  readonly source_ids: readonly number[];
  /** weights[source_id][operator_id]; a pair that is not there is removed */
  readonly weights: Readonly<Record<number, Readonly<Record<number, number>>>>;
  /** max_load by operator; null: the preset leaves limits alone */
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
