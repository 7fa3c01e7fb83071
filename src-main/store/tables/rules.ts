import { isDeepStrictEqual } from 'node:util';
import { defaultRule, type Rule } from '#shared/distribution/rule.ts';
import type { Reading, Writing } from '#store/sqlite/open.ts';

/** One version of a source's rule. */
export interface RuleRow {
  readonly id: number;
  readonly source_id: number;
  readonly version: number;
  readonly rule: Rule;
}

type Stored = Omit<RuleRow, 'rule'> & { content: string };
const decoded = ({ content, ...row }: Stored): RuleRow => ({ ...row, rule: ruleFrom(content) });

/** Whether it is the default rule. */
export const isDefault = (rule: Rule): boolean => Object.keys(differing(rule)).length === 0;

/** The fields that differ from the default rule. */
function differing(rule: Rule): Partial<Rule> {
  return Object.fromEntries(Object.entries(rule).filter(([key, value]) => !isDeepStrictEqual(value, defaultRule[key as keyof Rule])));
}

/** The rule in a stored content, which has the fields that differ from the default. */
export const ruleFrom = (content: string): Rule => ({ ...defaultRule, ...(JSON.parse(content) as Partial<Rule>) }); // insertRule wrote it

/** The present rule of each source that ever had another than the default one. */
export function presentRules(db: Reading): RuleRow[] {
  return db.all<Stored>('SELECT id, source_id, MAX(version) AS version, content FROM rules GROUP BY source_id').map(decoded); // SQLite takes the bare columns from the row with the maximum
}

/** The latest version of a source's rule; undefined while the source has only had the default rule. */
export function presentRule(db: Reading, source_id: number): RuleRow | undefined {
  const row = db.get<Stored>('SELECT id, source_id, version, content FROM rules WHERE source_id = ? ORDER BY version DESC LIMIT 1', source_id);
  return row && decoded(row);
}

/** Stores the next version of a source's rule. */
export function insertRule(tx: Writing, source_id: number, rule: Rule, now: number): RuleRow {
  const version = (presentRule(tx, source_id)?.version ?? 1) + 1;
  const content = JSON.stringify(differing(rule));
  const { lastInsertRowid } = tx.run('INSERT INTO rules (source_id, version, content, created_at) VALUES (?, ?, ?, ?)', source_id, version, content, now);
  return { id: Number(lastInsertRowid), source_id, version, rule };
}

/** Whether any version of a rule ever had a cost: there may be contacts that take more than one slot. */
export const hasCosts = (db: Reading): boolean => db.get(`SELECT 1 FROM rules WHERE content LIKE '%"cost":%' LIMIT 1`) !== undefined;

/** Ids of the versions of a source's rule that match. */
export function rulesWith(db: Reading, source_id: number, matches: (rule: Rule) => boolean): number[] {
  return db
    .all<Stored>('SELECT id, source_id, version, content FROM rules WHERE source_id = ?', source_id)
    .filter(({ content }) => matches(ruleFrom(content)))
    .map(({ id }) => id);
}

/** The strategy of a version of a rule. @throws Error when it does not exist, which a foreign key rules out */
export function strategyOf(db: Reading, rule_id: number): Rule['strategy'] {
  const row = db.get<{ content: string }>('SELECT content FROM rules WHERE id = ?', rule_id);
  if (!row) throw new Error(`rule ${rule_id} is missing`);
  return ruleFrom(row.content).strategy;
}
