import { Check, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { caseText, expectedText } from '#kit/board/case-text.ts';
import { useText } from '#kit/locale/locale.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import table from '#kit/table/table.module.css';
import { useBoard } from '#link/board.ts';
import { type CheckedCase, keepCase, removeCase } from '#link/kept-cases.ts';
import { CASES_MAX } from '#shared/contract/kept-cases.ts';
import { expecting } from '#shared/distribution/kept-case.ts';
import type { Rule } from '#shared/distribution/rule.ts';
import { CaseForm } from './CaseForm.tsx';
import styles from './Rule.module.css';

interface CasesProps {
  readonly source_id: number;
  /** the rule that the draft says */
  readonly rule: Rule;
  /** under that rule */
  readonly cases: readonly CheckedCase[];
}

/** The kept cases of a source under the rule of the form: which hold, what comes out of the others, and a form for another one. */
export function Cases({ source_id, rule, cases }: CasesProps) {
  const t = useText();
  const [isAdding, setAdding] = useState(false);
  return (
    <div className={styles.cases}>
      {cases.length > 0 && (
        <ul aria-label={t('cases.title')}>
          {cases.map((one) => (
            <CaseRow key={one.id} checked={one} />
          ))}
        </ul>
      )}
      {isAdding ? (
        <CaseForm source_id={source_id} rule={rule} onClose={() => setAdding(false)} />
      ) : (
        cases.length < CASES_MAX && (
          <button type="button" className={`${table.link} ${styles.add}`} title={t('cases.hint')} onClick={() => setAdding(true)}>
            <Plus size={12} aria-hidden="true" />
            {t('cases.add')}
          </button>
        )
      )}
    </div>
  );
}

function CaseRow({ checked: { id, kept, outcome, holds } }: { checked: CheckedCase }) {
  const t = useText();
  const notify = useNotify();
  const operators = useBoard((board) => board.operators);
  const nameOf = (operator_id: number) => operators[operator_id]?.name ?? `#${operator_id}`;
  const what = caseText(kept, nameOf, t);
  const instead = holds ? null : expecting(outcome);
  const accept = async () => {
    if (!instead) return;
    const next = { ...kept, expected: instead };
    notify.changed(await keepCase(next, id), t('cases.changed', { what: caseText(next, nameOf, t) }));
  };
  const remove = async () => notify.changed(await removeCase(id), t('cases.removed', { what }));
  return (
    <li data-holds={holds} data-testid={`case-${id}`}>
      {holds ? <Check size={14} aria-label={t('cases.holds')} /> : <X size={14} aria-label={t('cases.broken')} />}
      <bdi>{what}</bdi>
      {instead && (
        <>
          <b>{t('cases.instead', { what: expectedText(instead, nameOf, t) })}</b>
          <button type="button" className={table.link} onClick={() => void accept()}>
            {t('cases.accept')}
          </button>
        </>
      )}
      <button type="button" className={table.link} aria-label={t('cases.remove_of', { what })} onClick={() => void remove()}>
        {t('cases.remove')}
      </button>
    </li>
  );
}
