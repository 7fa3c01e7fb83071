import type { Fields } from '#engine/configuration/field-rules.ts';
import { between, type Plan, type Refused, type Thing } from '#engine/configuration/things/thing.ts';
import { closesAt } from '#engine/core/place.ts';
import type { Write } from '#engine/core/write.ts';
import { candidates } from '#shared/board.ts';
import { fail, notFound, notInUse } from '#shared/contract/problems.ts';
import { isExpected, outcomeOf } from '#shared/distribution/kept-case.ts';
import { defaultRule, type Rule } from '#shared/distribution/rule.ts';
import type { Candidate } from '#shared/distribution/table.ts';
import { insertRule, isDefault } from '#store/tables/rules.ts';

const LINE = 'line_';
/** The field of an operator's line. */
export const lineField = (operator_id: number): string => `${LINE}${operator_id}`;

const fieldsOfRule = ({ line_of, ...others }: Rule): Fields => ({
  ...others,
  ...Object.fromEntries(Object.entries(line_of).map(([operator_id, line]) => [lineField(Number(operator_id)), line])),
});

/** The fields that make one rule of another. */
export const fieldsToRule = (before: Rule, after: Rule): Fields => ({
  ...Object.fromEntries(Object.keys(before.line_of).map((operator_id) => [lineField(Number(operator_id)), null])),
  ...fieldsOfRule(after),
});

function ruleOfFields(fields: Fields): Rule {
  const line_of: Record<number, number> = {};
  for (const key in fields)
    if (key.startsWith(LINE) && typeof fields[key] === 'number' && fields[key] !== 1) line_of[Number(key.slice(LINE.length))] = fields[key];
  const others = Object.fromEntries(Object.entries(fields).filter(([key]) => !key.startsWith(LINE)));
  return { ...(others as unknown as Omit<Rule, 'line_of'>), line_of }; // as `fieldsOfRule` made them
}

/** Refuses a rule under which a case would no longer hold that holds under the present one, with the weights that the step sets. */
function caseBroken({ board, fieldOf, isGone }: Plan, source_id: number, present: Rule, next: Rule): Refused | null {
  const weightOf = ({ operator_id, weight }: Candidate) => {
    const planned = fieldOf('weights', source_id, String(operator_id)) as number | null | undefined; // as weights.ts has them
    return planned === undefined ? weight : planned;
  };
  const table = candidates(board, source_id).flatMap((one) => {
    const weight = isGone('operator', one.operator_id) ? null : weightOf(one);
    return weight === null ? [] : [{ ...one, weight }];
  });
  const tagsOf = (operator_id: number) => board.operators[operator_id]?.tags ?? [];
  for (const [id, kept] of Object.entries(board.cases)) {
    if (kept.source_id !== source_id) continue;
    const holds = (rule: Rule) => isExpected(kept.expected, outcomeOf(kept, { table, rule, tagsOf }));
    if (!holds(present) || holds(next)) continue;
    return fail('case_broken', `Kept case ${id} of source ${source_id} would no longer hold. Change or remove it first.`, { params: { case_id: Number(id) } });
  }
  return null;
}

/** The time after which the contacts of a source are closed has changed: for those that are assigned it begins anew, so that none is closed at once. */
function closeLater(write: Write, source_id: number): void {
  const due_at = closesAt(write, source_id);
  write.setClosing(source_id, due_at === null ? null : { since: write.now, due_at });
}

/** The rule of a source, by the source's id. The line of each operator is a field of its own; null is line 1. */
export const ruleThing = {
  fields({ board }, id) {
    if (!board.sources[id]) return null;
    const { id: _, version: __, ...rule } = board.rules[id] ?? { id: 0, version: 1, ...defaultRule };
    return fieldsOfRule(rule);
  },
  problem(plan, { id, fields, present }) {
    if (!present) return notFound('source', id);
    if (plan.isGone('source', id)) return notInUse('source', id, present);
    const { schedule_id = null } = fields as Partial<Rule>;
    if (schedule_id !== null && !plan.board.schedules[schedule_id] && typeof plan.fieldOf('work_schedule', schedule_id, 'name') !== 'string')
      return notFound('work_schedule', schedule_id);
    return caseBroken(plan, id, ruleOfFields(present), ruleOfFields({ ...present, ...fields }));
  },
  isLate: true,
  put(write, { id: source_id, fields, before, next, note }) {
    const row = insertRule(write.tx, source_id, ruleOfFields(next), write.now);
    const only = (all: Fields) => Object.fromEntries(Object.keys(fields).map((key) => [key, all[key] ?? null]));
    const rule = isDefault(row.rule) ? null : { id: row.id, version: row.version, ...row.rule };
    write.emit({ kind: 'rule_saved', source_id, rule }, { before: only(before), after: only(next), ...note });
    if (fields.close_after_seconds !== undefined && fields.close_after_seconds !== before.close_after_seconds) closeLater(write, source_id);
  },
  differences: {
    rule_saved: ({ source_id }, { before, after }) => (source_id === null ? null : between({ kind: 'rule', id: source_id }, before, after)),
  },
} satisfies Thing<'rule'>;
