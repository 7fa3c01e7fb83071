import { ruleText } from '#kit/board/rule-text.ts';
import { useText } from '#kit/locale/locale.ts';
import { useBoard } from '#link/board.ts';
import { defaultRule } from '#shared/distribution/rule.ts';
import styles from './Rule.module.css';
import { RuleForm } from './RuleForm.tsx';
import { useRuleDrafts } from './rule-drafts.ts';

/** Below its source: the rule being edited, or in words if it is not the default one. */
export function RuleRow({ source_id, columns }: { source_id: number; columns: number }) {
  const t = useText();
  const draft = useRuleDrafts((drafts) => drafts[source_id]);
  const rule = useBoard((board) => board.rules[source_id]);
  if (!draft && !rule) return null;
  return (
    <tr className={styles.row} data-testid={`rule-${source_id}`}>
      <td colSpan={columns}>
        {draft ? <RuleForm source_id={source_id} draft={draft} /> : <span className={styles.sentence}>{ruleText(rule ?? defaultRule, t)}</span>}
      </td>
    </tr>
  );
}
