import { Check, X } from 'lucide-react';
import { ruleText } from '#kit/board/rule-text.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { useBoard, useCalmBoard } from '#link/board.ts';
import { checkedCases } from '#link/kept-cases.ts';
import { defaultRule } from '#shared/distribution/rule.ts';
import styles from './Rule.module.css';
import { RuleForm } from './RuleForm.tsx';
import { useRuleDrafts } from './rule-drafts.ts';

/** Below its source: the rule being edited, or in words if it is not the default one or has kept cases. */
export function RuleRow({ source_id, columns }: { source_id: number; columns: number }) {
  const { t } = useFormats();
  const draft = useRuleDrafts((drafts) => drafts[source_id]);
  const rule = useBoard((board) => board.rules[source_id]);
  const hasCases = useBoard((board) => Object.values(board.cases).some((kept) => kept.source_id === source_id));
  if (!draft && !rule && !hasCases) return null;
  return (
    <tr className={styles.row} data-testid={`rule-${source_id}`}>
      <td colSpan={columns}>
        {draft ? (
          <RuleForm source_id={source_id} draft={draft} />
        ) : (
          <span className={styles.sentence}>
            {ruleText(rule ?? defaultRule, t)}
            {hasCases && <CaseMarks source_id={source_id} />}
          </span>
        )}
      </td>
    </tr>
  );
}

/** Whether the kept cases of the source hold. */
function CaseMarks({ source_id }: { source_id: number }) {
  const { t, number } = useFormats();
  const cases = checkedCases(useCalmBoard(), source_id);
  const broken = cases.filter(({ holds }) => !holds).length;
  return (
    <span className={styles.marks} data-holds={broken === 0} data-testid={`cases-${source_id}`}>
      {broken === 0 ? <Check size={14} aria-hidden="true" /> : <X size={14} aria-hidden="true" />}
      {broken === 0 ? t('cases.all_hold', { count: cases.length }) : t('cases.some_broken', { broken: number(broken), n: number(cases.length) })}
    </span>
  );
}
