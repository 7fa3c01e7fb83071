import type { Write } from '#engine/core/write.ts';
import type { Read } from '#engine/views/queries.ts';
import type { Board } from '#shared/board.ts';
import { notFound, notInUse, ok, type Result } from '#shared/contract/problems.ts';
import type { RulePatch, SourceRule } from '#shared/contract/rules.ts';
import { defaultRule } from '#shared/distribution/rule.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { presentRule } from '#store/tables/rules.ts';
import { lineField } from '#things/rule/thing.ts';
import { configure } from './configuration.ts';

function presented(db: Reading, board: Board, source_id: number): Result<SourceRule> {
  if (!board.sources[source_id]) return notFound('source', source_id);
  const { rule, version } = presentRule(db, source_id) ?? { rule: defaultRule, version: 1 };
  const { line_of: _, ...fields } = rule;
  return ok({ ...fields, lines: [...fields.lines], needs: [...fields.needs], version });
}

/** The rule of a source. */
export const ruleOf = (read: Read, source_id: number): Result<SourceRule> => presented(read.store.reading, read.board(), source_id);

/** Changes fields of a source's rule in one step; fields not named are kept. */
export function updateRule(write: Write, source_id: number, patch: RulePatch): Result<SourceRule> {
  const source = write.board.sources[source_id];
  if (!source || source.is_archived) return notInUse('source', source_id, source);
  const fields = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const result = configure(write, [{ kind: 'rule', id: source_id, fields }]);
  return result.ok ? presented(write.tx, write.board, source_id) : result;
}

interface OnLine {
  readonly source_id: number;
  readonly operator_id: number;
  readonly line: number;
}

/** Puts competences of a source on these lines, in one step. */
export const setLines = (write: Write, source_id: number, lines: readonly Omit<OnLine, 'source_id'>[]): Result<null> =>
  place(
    write,
    lines.map((one) => ({ ...one, source_id })),
  );

/** Puts competences of any sources on a line, in one step. */
export const putOnLine = (write: Write, competences: readonly Omit<OnLine, 'line'>[], line: number): Result<null> =>
  place(
    write,
    competences.map((one) => ({ ...one, line })),
  );

function place(write: Write, competences: readonly OnLine[]): Result<null> {
  const fieldsOf = new Map<number, Record<string, number | null>>();
  for (const { source_id, operator_id, line } of competences) {
    const source = write.board.sources[source_id];
    if (!source || source.is_archived) return notInUse('source', source_id, source);
    if (write.board.weights[source_id]?.[operator_id] === undefined) return notFound('competence', `of operator ${operator_id} for source ${source_id}`);
    const fields = fieldsOf.get(source_id) ?? {};
    fields[lineField(operator_id)] = line === 1 ? null : line;
    fieldsOf.set(source_id, fields);
  }
  return configure(
    write,
    Array.from(fieldsOf, ([id, fields]) => ({ kind: 'rule', id, fields })),
  );
}

/** Removes the lines of operators whose competence was removed, as part of the same step. */
export function forgetLines(write: Write, source_id: number, operator_ids: readonly number[]): Result<null> {
  const { line_of = {} } = write.board.rules[source_id] ?? {};
  const fields = Object.fromEntries(operator_ids.filter((id) => line_of[id] !== undefined).map((id) => [lineField(id), null]));
  return configure(write, [{ kind: 'rule', id: source_id, fields }]);
}
