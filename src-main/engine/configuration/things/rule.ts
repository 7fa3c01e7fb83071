import type { Fields } from '#engine/configuration/field-rules.ts';
import { notFound, notInUse } from '#shared/contract/problems.ts';
import { defaultRule, type Rule } from '#shared/distribution/rule.ts';
import { insertRule, isDefault } from '#store/tables/rules.ts';
import { between, type Thing } from './thing.ts';

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

/** The rule of a source, by the source's id. The line of each operator is a field of its own; null is line 1. */
export const ruleThing = {
  fields({ board }, id) {
    if (!board.sources[id]) return null;
    const { id: _, version: __, ...rule } = board.rules[id] ?? { id: 0, version: 1, ...defaultRule };
    return fieldsOfRule(rule);
  },
  problem({ isGone }, { id, present }) {
    if (!present) return notFound('source', id);
    return isGone('source', id) ? notInUse('source', id, present) : null;
  },
  isLate: true,
  put(write, { id: source_id, fields, before, next, note }) {
    const row = insertRule(write.tx, source_id, ruleOfFields(next), write.now);
    const only = (all: Fields) => Object.fromEntries(Object.keys(fields).map((key) => [key, all[key] ?? null]));
    const rule = isDefault(row.rule) ? null : { id: row.id, version: row.version, ...row.rule };
    write.emit({ kind: 'rule_saved', source_id, rule }, { before: only(before), after: only(next), ...note });
  },
  differences: {
    rule_saved: ({ source_id }, { before, after }) => (source_id === null ? null : between({ kind: 'rule', id: source_id }, before, after)),
  },
} satisfies Thing<'rule'>;
