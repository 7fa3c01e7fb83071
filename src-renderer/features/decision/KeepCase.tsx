import { Button } from '@mantine/core';
import { Bookmark } from 'lucide-react';
import { useMemo, useState } from 'react';
import { caseText } from '#kit/board/case-text.ts';
import { useText } from '#kit/locale/locale.ts';
import { problemText } from '#kit/notices/problem-text.ts';
import { useBoard } from '#link/board.ts';
import { deskOf, keepCase } from '#link/kept-cases.ts';
import type { Contact, Decision } from '#shared/contract/entities.ts';
import { caseOf } from './case-of.ts';
import styles from './Decision.module.css';

/** Keeps what was decided as a case that the source's rule must go on deciding like this. Not offered where a case cannot say why. */
export function KeepCase({ decision, contact }: { decision: Decision; contact: Contact }) {
  const t = useText();
  const [said, say] = useState('');
  const [busy, setBusy] = useState(false);
  const operators = useBoard((board) => board.operators);
  const weights = useBoard((board) => board.weights);
  const rules = useBoard((board) => board.rules);
  const isInUse = useBoard((board) => board.sources[contact.source_id]?.is_archived === false);
  const kept = useMemo(
    () => (isInUse ? caseOf(decision, contact, deskOf({ operators, weights, rules }, contact.source_id)) : null),
    [decision, contact, operators, weights, rules, isInUse],
  );
  if (!kept) return null;
  // the card shows the outcome; a toast would cover its buttons
  const keep = async () => {
    setBusy(true);
    const outcome = await keepCase(kept);
    setBusy(false);
    const what = caseText(kept, (id) => operators[id]?.name ?? `#${id}`, t);
    say(outcome.ok ? t('cases.kept', { what }) : problemText(outcome.problem, t));
  };
  return (
    <>
      <Button
        variant="default"
        data-needs="supervisor"
        loading={busy}
        title={t('cases.keep_hint')}
        leftSection={<Bookmark size={14} />}
        onClick={() => void keep()}
      >
        {t('cases.keep')}
      </Button>
      <span role="status" className={styles.kept}>
        {said}
      </span>
    </>
  );
}
