/** Named sets of weights (and limits, and rules) that are applied in one step: day, night, weekend. */
import { z } from 'zod';
import type { Rule } from '../distribution/rule.ts';
import { byId, command, query } from './call.ts';
import { name } from './entities.ts';
import type { Result } from './problems.ts';

export interface PresetContent {
  /** operators and sources that existed when it was saved; applying it does not change others */
  readonly operator_ids: readonly number[];
  readonly source_ids: readonly number[];
  /** weights[source_id][operator_id]; applying removes a competence that is absent here */
  readonly weights: Readonly<Record<number, Readonly<Record<number, number>>>>;
  /** max_load by operator; null: the preset does not change limits */
  readonly limits: Readonly<Record<number, number>> | null;
  /** rules by source, where they are not the default; absent: the preset does not change rules */
  readonly rules?: Readonly<Record<number, Rule>>;
}

export interface Preset {
  readonly id: number;
  readonly name: string;
  readonly content: PresetContent;
  /** epoch milliseconds */
  readonly updated_at: number;
}

export const presetCalls = {
  presets: query('viewer').answers<Preset[]>(),
  /** Saves the current weights, and limits and rules on request, under the name, replacing a preset of that name. */
  savePreset: command('supervisor', z.object({ name, with_limits: z.boolean(), with_rules: z.boolean().default(false) })).answers<Result<Preset>>(),
  removePreset: command('supervisor', byId).answers<Result<null>>(),
  applyPreset: command('supervisor', byId).answers<Result<null>>(),
};
