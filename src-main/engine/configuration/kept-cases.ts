import { isDeepStrictEqual } from 'node:util';
import type { Write } from '#engine/core/write.ts';
import type { Read } from '#engine/views/queries.ts';
import { type Board, candidates } from '#shared/board.ts';
import type { StoredCase } from '#shared/contract/kept-cases.ts';
import { notFound, ok, type Result } from '#shared/contract/problems.ts';
import { isExpected, type KeptCase, outcomeOf } from '#shared/distribution/kept-case.ts';
import { defaultRule } from '#shared/distribution/rule.ts';
import { freeCaseId } from '#store/tables/kept-cases.ts';
import { configure } from './configuration.ts';

const ordered = (ids: readonly number[]): number[] => [...new Set(ids)].sort((a, b) => a - b);

/** Keeps a case, or gives the one with this id another content. The same case is kept only once. Returns its id. */
export function keepCase(write: Write, id: number | null, given: KeptCase): Result<number> {
  const on_line = ordered(given.on_line);
  const content: KeptCase = { ...given, on_line, full: ordered(given.full).filter((one) => on_line.includes(one)) };
  const { cases } = write.board;
  const named = [...on_line, ...(given.owner_id === null ? [] : [given.owner_id]), ...('operator_id' in given.expected ? [given.expected.operator_id] : [])];
  const unknown = named.find((one) => !write.board.operators[one]);
  if (unknown !== undefined) return notFound('operator', unknown);
  if (id !== null && !cases[id]) return notFound('kept_case', id);
  const same = Object.keys(cases).find((key) => isDeepStrictEqual(cases[Number(key)], content));
  if (id === null && same !== undefined) return ok(Number(same));
  const at = id ?? freeCaseId(write.tx);
  const result = configure(write, [{ kind: 'kept_case', id: at, fields: { content } }]);
  return result.ok ? ok(at) : result;
}

/** The kept cases of a source, by id. */
export function casesOf(read: Read, source_id: number): Result<StoredCase[]> {
  const board = read.board();
  if (!board.sources[source_id]) return notFound('source', source_id);
  return ok(Object.keys(board.cases).flatMap((id) => presentCase(board, source_id, Number(id)) ?? []));
}

/** A case of the source; undefined: the source has none with this id. */
export function presentCase(board: Board, source_id: number, id: number): StoredCase | undefined {
  const kept = board.cases[id];
  if (kept?.source_id !== source_id) return undefined;
  const rule = board.rules[source_id] ?? defaultRule;
  const tagsOf = (operator_id: number) => board.operators[operator_id]?.tags ?? [];
  const holds = isExpected(kept.expected, outcomeOf(kept, { table: candidates(board, source_id), rule, tagsOf }));
  return { id, ...kept, attributes: { ...kept.attributes }, on_line: [...kept.on_line], full: [...kept.full], holds };
}

/** Removes a case; `undoChange` brings it back under its id. */
export function removeCase(write: Write, id: number): Result<null> {
  if (!write.board.cases[id]) return notFound('kept_case', id);
  return configure(write, [{ kind: 'kept_case', id, fields: { content: null } }]);
}
