import { isDeepStrictEqual } from 'node:util';
import type { Write } from '#engine/core/write.ts';
import { notFound, ok, type Result } from '#shared/contract/problems.ts';
import type { KeptCase } from '#shared/distribution/kept-case.ts';
import { freeCaseId } from '#store/tables/kept-cases.ts';
import { configure } from './configuration.ts';

const ordered = (ids: readonly number[]): number[] => [...new Set(ids)].sort((a, b) => a - b);

/** Keeps a case, or gives the one with this id another content. The same case is kept only once. Returns its id. */
export function keepCase(write: Write, id: number | null, given: KeptCase): Result<number> {
  const on_line = ordered(given.on_line);
  const content: KeptCase = { ...given, on_line, full: ordered(given.full).filter((one) => on_line.includes(one)) };
  const { cases } = write.board;
  if (id !== null && !cases[id]) return notFound('kept_case', id);
  const same = Object.keys(cases).find((key) => isDeepStrictEqual(cases[Number(key)], content));
  if (id === null && same !== undefined) return ok(Number(same));
  const at = id ?? freeCaseId(write.tx);
  const result = configure(write, [{ kind: 'kept_case', id: at, fields: { content } }]);
  return result.ok ? ok(at) : result;
}

/** Removes a case; `undoChange` brings it back under its id. */
export function removeCase(write: Write, id: number): Result<null> {
  if (!write.board.cases[id]) return notFound('kept_case', id);
  return configure(write, [{ kind: 'kept_case', id, fields: { content: null } }]);
}
