import type { Fields } from '#engine/configuration/field-rules.ts';
import { between, type Thing } from '#engine/configuration/things/thing.ts';
import { notFound, notInUse } from '#shared/contract/problems.ts';
import { deleteCompetence, putCompetence } from '#store/tables/competences.ts';
import { lineField } from '#things/rule/thing.ts';

/** Maximum number of weights that the audit log lists for one change; a larger one shows the first ones and their number. */
const WEIGHTS_SHOWN = 100;

/** The weights of a source. Its fields are operator ids; a weight of null is no competence. */
export const weightsThing = {
  fields: ({ board }, id) => (board.sources[id] ? (board.weights[id] ?? {}) : null),
  problem({ fieldOf, isGone }, { id, fields, present }) {
    if (!present) return notFound('source', id);
    for (const key in fields) if (fields[key] !== null && isGone('operator', Number(key))) return notFound('operator', key);
    // the operator's weights there are archived and restored with the operator
    if (isGone('source', id) && Object.keys(fields).some((key) => fieldOf('operator', Number(key), 'is_archived') === undefined))
      return notInUse('source', id, present);
    return null;
  },
  /** A removed competence loses its line. */
  consequences({ board }, id, fields) {
    const { line_of = {} } = board.rules[id] ?? {};
    const gone = Object.keys(fields).filter((key) => fields[key] === null && line_of[Number(key)] !== undefined);
    if (gone.length === 0 || board.sources[id]?.is_archived !== false) return [];
    return [{ kind: 'rule', id, fields: Object.fromEntries(gone.map((key) => [lineField(Number(key)), null])) }];
  },
  isLate: true,
  /** Writes one competence as a single effect, several as the whole source. */
  put(write, { id: source_id, fields, note }) {
    const before = write.board.weights[source_id] ?? {};
    const after: Record<number, number> = { ...before };
    for (const key in fields) {
      const operator_id = Number(key);
      const weight = fields[key] as number | null; // fields of `weights` are numbers or null
      if (weight === null) {
        deleteCompetence(write.tx, source_id, operator_id);
        delete after[operator_id];
      } else {
        putCompetence(write.tx, { source_id, operator_id, weight });
        after[operator_id] = weight;
      }
    }
    const [only, ...others] = Object.keys(fields).map(Number);
    if (only !== undefined && others.length === 0) {
      const weight = after[only] ?? null;
      write.emit({ kind: 'competence_saved', source_id, operator_id: only, weight }, { before: before[only] ?? null, after: weight, ...note });
    } else write.emit({ kind: 'competences_replaced', source_id, weights: after }, { before, after, ...note });
  },
  differences: {
    competence_saved: ({ source_id, operator_id }, { before, after }) =>
      source_id === null || operator_id === null ? null : between({ kind: 'weights', id: source_id }, { [operator_id]: before }, { [operator_id]: after }),
    competences_replaced: ({ source_id }, { before, after }) => (source_id === null ? null : between({ kind: 'weights', id: source_id }, before, after)),
  },
  shown: {
    competences_replaced(data, changed) {
      const { before, after = {} } = changed() ?? {};
      const keys = Object.keys(after);
      const first = (fields: Fields = {}) => Object.fromEntries(keys.slice(0, WEIGHTS_SHOWN).map((key) => [key, fields[key]]));
      return { ...data, before: first(before), after: first(after), weights: keys.length };
    },
  },
} satisfies Thing<'weights'>;
