import { between, type Thing } from '#engine/configuration/things/thing.ts';
import { CASES_MAX } from '#shared/contract/kept-cases.ts';
import { fail, notInUse } from '#shared/contract/problems.ts';
import type { KeptCase } from '#shared/distribution/kept-case.ts';
import { putKeptCase } from '#store/tables/kept-cases.ts';

/** Without a content there is no case. */
export const keptCaseThing = {
  fields: ({ board }, id) => ({ content: board.cases[id] ?? null }),
  problem({ board, isGone }, { id, fields }) {
    const content = fields.content as KeptCase | null; // its only field
    if (content === null) return null;
    const { source_id } = content;
    if (isGone('source', source_id)) return notInUse('source', source_id, board.sources[source_id]);
    const others = Object.entries(board.cases).filter(([key, one]) => Number(key) !== id && one.source_id === source_id);
    if (others.length < CASES_MAX) return null;
    return fail('validation_failed', `Source ${source_id} has ${CASES_MAX} kept cases, the most that a source can have.`, {
      errors: [{ path: '/source_id', message: 'has too many kept cases' }],
    });
  },
  put(write, { id, before, next, note }) {
    const [was, content] = [before.content, next.content] as (KeptCase | null)[];
    const source_id = (content ?? was)?.source_id ?? 0; // only a case is removed
    putKeptCase(write.tx, id, content ?? null);
    write.emit({ kind: 'kept_case_saved', case_id: id, source_id, content: content ?? null }, { case_id: id, before: was, after: content, ...note });
  },
  differences: {
    kept_case_saved: (_row, { case_id, before, after }) =>
      case_id === undefined ? null : between({ kind: 'kept_case', id: case_id }, { content: before }, { content: after }),
  },
} satisfies Thing<'kept_case'>;
