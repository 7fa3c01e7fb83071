import { setCompetence } from '#engine/competences.ts';
import type { Write } from '#engine/engine.ts';
import { createOperator } from '#engine/operators.ts';
import { createSource } from '#engine/sources.ts';
import { ok, type Result } from '#shared/contract/problems.ts';
import type { DemoWorkspace } from './workspace.ts';

/** Sources with this setting are the demo's own: the bot posts to them and to no others. */
export const DEMO_SETTING = 'demo';

/** Makes the demo's operators, sources and weights in an empty workspace, all or nothing. */
export function fillWorkspace(write: Write, { sources, operators }: DemoWorkspace): Result<null> {
  const source_ids = sources.map((name) => made(createSource(write, { name, settings: { [DEMO_SETTING]: true } })).id);
  for (const { name, max_load, is_active, weights } of operators) {
    const { id } = made(createOperator(write, { name, max_load, is_active }));
    weights.forEach((weight, nth) => {
      const source_id = source_ids[nth];
      if (weight !== null && source_id !== undefined) made(setCompetence(write, id, source_id, weight));
    });
  }
  return ok(null);
}

/** @throws Error, which takes the whole command back: in an empty workspace nothing is refused */
function made<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`the demo cannot be made: ${result.problem.code}`);
  return result.value;
}
