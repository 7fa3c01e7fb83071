import { isDeepStrictEqual } from 'node:util';
import type { Write } from '#engine/core/write.ts';
import type { WeightInput } from '#shared/contract/competences.ts';
import type { CompetencesInput } from '#shared/contract/entities.ts';
import { notFound, notInUse, ok, type Result } from '#shared/contract/problems.ts';
import { deleteCompetence, deleteCompetencesOfSource, putCompetence } from '#store/tables/competences.ts';
import { configure } from './configuration.ts';
import { forgetLines, setLines } from './rules.ts';

function missing(write: Write, source_id: number, operator_ids: readonly number[]): ReturnType<typeof notFound> | null {
  const source = write.board.sources[source_id];
  if (!source || source.is_archived) return notInUse('source', source_id, source);
  const stranger = operator_ids.find((id) => write.board.operators[id]?.is_archived !== false);
  return stranger === undefined ? null : notInUse('operator', stranger, write.board.operators[stranger]);
}

/** Creates or changes a competence; weight null removes it. @param line undefined: it is kept */
export function setCompetence(write: Write, operator_id: number, source_id: number, weight: number | null, line?: number): Result<null> {
  const problem = missing(write, source_id, [operator_id]);
  if (problem) return problem;
  const before = write.board.weights[source_id]?.[operator_id] ?? null;
  if (weight === null && before === null) return notFound('competence', `of operator ${operator_id} for source ${source_id}`);
  if (weight !== before) {
    if (weight === null) deleteCompetence(write.tx, source_id, operator_id);
    else putCompetence(write.tx, { source_id, operator_id, weight });
    write.emit({ kind: 'competence_saved', source_id, operator_id, weight }, { before, after: weight });
  }
  if (weight === null) return forgetLines(write, source_id, [operator_id]);
  return line === undefined ? ok(null) : setLines(write, source_id, [{ operator_id, line }]);
}

/** Sets the weights of any competences in one step; null removes one. Competences not named are kept. */
export function saveWeights(write: Write, changes: readonly WeightInput[]): Result<null> {
  const bySource = new Map<number, Record<number, number | null>>();
  for (const { source_id, operator_id, weight } of changes) {
    const problem = missing(write, source_id, [operator_id]);
    if (problem) return problem;
    const fields = bySource.get(source_id) ?? {};
    fields[operator_id] = weight;
    bySource.set(source_id, fields);
  }
  return configure(
    write,
    Array.from(bySource, ([id, fields]) => ({ kind: 'weights', id, fields })),
  );
}

/** Replaces all competences of the source in one step: those not named are removed. */
export function replaceCompetences(write: Write, source_id: number, competences: CompetencesInput): Result<null> {
  const problem = missing(
    write,
    source_id,
    competences.map((one) => one.operator_id),
  );
  if (problem) return problem;
  const before = write.board.weights[source_id] ?? {};
  const weights = Object.fromEntries(competences.map((one) => [one.operator_id, one.weight]));
  if (!isDeepStrictEqual(before, weights)) {
    deleteCompetencesOfSource(write.tx, source_id);
    for (const { operator_id, weight } of competences) putCompetence(write.tx, { operator_id, weight, source_id });
    write.emit({ kind: 'competences_replaced', source_id, weights }, { before, after: weights });
  }
  const lines = competences.flatMap(({ operator_id, line }) => (line === undefined ? [] : [{ operator_id, line }]));
  const gone = Object.keys(before).map(Number);
  const forgotten = forgetLines(
    write,
    source_id,
    gone.filter((id) => weights[id] === undefined),
  );
  return lines.length === 0 ? forgotten : setLines(write, source_id, lines);
}
