import { useEffect, useState } from 'react';
import { useFormats } from '#kit/locale/locale.ts';
import { useBoard } from '#link/board.ts';
import type { RulePatch, RuleTrial } from '#shared/contract/rules.ts';
import styles from './Rule.module.css';
import { tryRule } from './rule-drafts.ts';

/** A draft is tried when it has not changed for so long. */
const TRIED_AFTER_MS = 400;
/** How many operators are named: those for whom it would differ most. */
const NAMED = 4;

/** What today's contacts would have got under the draft. Mounted anew for each draft. @param patch as JSON */
export function Trial({ source_id, patch }: { source_id: number; patch: string }) {
  const { t, number } = useFormats();
  const operators = useBoard((board) => board.operators);
  const [trial, setTrial] = useState<RuleTrial | null>(null);
  useEffect(() => {
    let isLeft = false;
    const timer = setTimeout(() => {
      void tryRule(source_id, JSON.parse(patch) as RulePatch).then((outcome) => !isLeft && outcome.ok && setTrial(outcome.value));
    }, TRIED_AFTER_MS);
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [source_id, patch]);
  if (!trial) return <p className={styles.trial} aria-hidden="true" />;
  const { contacts, otherwise } = trial;
  const differing = trial.operators.filter(({ was, would }) => was !== would).sort((a, b) => Math.abs(b.would - b.was) - Math.abs(a.would - a.was));
  const named = differing.slice(0, NAMED).map(({ operator_id, was, would }) =>
    t('rules.trial_part', {
      name: operator_id === null ? t('rules.trial_waiting') : (operators[operator_id]?.name ?? `#${operator_id}`),
      was: number(was),
      would: number(would),
    }),
  );
  const others = differing.length - named.length;
  const sum =
    contacts === 0
      ? t('rules.trial_none')
      : otherwise === 0
        ? t('rules.trial_same', { count: contacts })
        : t('rules.trial', { otherwise: number(otherwise), contacts: number(contacts) });
  return (
    <p className={styles.trial} role="status" title={t('rules.trial_hint')} data-testid="rule-trial">
      <b>{sum}</b>
      {named.length > 0 && <bdi>{[...named, ...(others > 0 ? [t('rules.trial_others', { n: others })] : [])].join(', ')}</bdi>}
    </p>
  );
}
