/** What a preset would change. The host applies it; the console previews it. Pure; runs anywhere. */
import type { Board } from './board.ts';
import type { PresetContent } from './contract/presets.ts';
import { defaultRule, type Rule } from './distribution/rule.ts';

export interface WeightChange {
  readonly source_id: number;
  readonly operator_id: number;
  /** null: no competence */
  readonly before: number | null;
  readonly after: number | null;
}
export interface LimitChange {
  readonly operator_id: number;
  readonly before: number;
  readonly after: number;
}

export interface RuleChange {
  readonly source_id: number;
  readonly before: Rule;
  readonly after: Rule;
}

/** The current weights of all operators and sources that are not archived, and limits and rules on request. */
export function presetOf(board: Board, { with_limits, with_rules }: { readonly with_limits: boolean; readonly with_rules: boolean }): PresetContent {
  const inUse = (all: Readonly<Record<number, { readonly id: number; readonly is_archived: boolean }>>) =>
    Object.values(all)
      .filter((one) => !one.is_archived)
      .map((one) => one.id);
  const operator_ids = inUse(board.operators);
  const source_ids = inUse(board.sources);
  const weights: Record<number, Readonly<Record<number, number>>> = {};
  for (const id of source_ids) {
    const pairs = board.weights[id];
    if (pairs) weights[id] = pairs;
  }
  const limits = with_limits ? Object.fromEntries(operator_ids.map((id) => [id, board.operators[id]?.max_load ?? 0])) : null;
  const rules = Object.fromEntries(source_ids.flatMap((id) => (board.rules[id] ? [[id, ruleOf(board, id)]] : [])));
  return { operator_ids, source_ids, weights, limits, ...(with_rules && { rules }) };
}

/** Operators and sources created after the preset was saved are not changed, and archived ones stay archived. */
export function changesOfPreset(board: Board, content: PresetContent): { weights: WeightChange[]; limits: LimitChange[]; rules: RuleChange[] } {
  const operator_ids = content.operator_ids.filter((id) => board.operators[id]?.is_archived === false);
  const weights: WeightChange[] = [];
  for (const source_id of content.source_ids) {
    if (board.sources[source_id]?.is_archived !== false) continue;
    for (const operator_id of operator_ids) {
      const before = board.weights[source_id]?.[operator_id] ?? null;
      const after = content.weights[source_id]?.[operator_id] ?? null;
      if (before !== after) weights.push({ source_id, operator_id, before, after });
    }
  }
  const limits: LimitChange[] = [];
  for (const operator_id of operator_ids) {
    const before = board.operators[operator_id]?.max_load ?? 0;
    const after = content.limits?.[operator_id] ?? before;
    if (before !== after) limits.push({ operator_id, before, after });
  }
  const rules = content.source_ids.flatMap((source_id) =>
    board.sources[source_id]?.is_archived === false ? (ruleChange(board, content, source_id) ?? []) : [],
  );
  return { weights, limits, rules };
}

function ruleOf(board: Board, source_id: number): Rule {
  const { id: _, version: __, ...rule } = { id: 0, version: 1, ...(board.rules[source_id] ?? defaultRule) };
  return rule;
}

/** Lines change for the operators that the preset knows and that are in use. */
function ruleChange(board: Board, { rules, operator_ids }: PresetContent, source_id: number): RuleChange | null {
  if (!rules) return null;
  const before = ruleOf(board, source_id);
  const kept = { ...defaultRule, ...rules[source_id] };
  const line_of: Record<number, number> = {};
  for (const { id, is_archived } of Object.values(board.operators)) {
    const line = operator_ids.includes(id) && !is_archived ? kept.line_of[id] : before.line_of[id];
    if (line !== undefined) line_of[id] = line;
  }
  const after = { ...kept, line_of };
  const isSame = (Object.keys(after) as (keyof Rule)[]).every((key) => JSON.stringify(after[key]) === JSON.stringify(before[key]));
  return isSame ? null : { source_id, before, after };
}
