/** Console calls that change competences. */
import { z } from 'zod';
import { command } from './call.ts';
import { type Competence, competencesInput, id, weightInput } from './entities.ts';
import type { Result } from './problems.ts';

/** null removes the competence. */
const weightChange = z.object({ operator_id: id, source_id: id, weight: weightInput.shape.weight.nullable() });
export type WeightInput = Omit<Competence, 'weight' | 'line'> & { readonly weight: number | null };

export const competenceCalls = {
  setCompetence: command('supervisor', weightChange).answers<Result<null>>(),
  /** Replaces all competences of a source. */
  replaceCompetences: command('supervisor', z.object({ source_id: id, competences: competencesInput })).answers<Result<null>>(),
  /** All of them in one step. */
  saveWeights: command('supervisor', z.object({ changes: z.array(weightChange).min(1).max(100_000) })).answers<Result<null>>(),
};
