import { Button } from '@mantine/core';
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '#kit/fields/CopyButton.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import { type Contact, type Decision, isByRule } from '#shared/contract/entities.ts';
import { asText } from './as-text.ts';
import { CandidateTable } from './CandidateTable.tsx';
import styles from './Decision.module.css';
import { explain, type Words } from './explain.ts';
import { KeepCase } from './KeepCase.tsx';
import { Strip } from './Strip.tsx';
import { replay, stretches } from './table.ts';

interface DecisionViewProps {
  readonly decision: Decision;
  readonly before: Decision | undefined;
  readonly contact: Contact;
  readonly heading: string;
}

/** One decision: the sentence, the table, the strip with the draw, and the replay. */
export function DecisionView({ decision, before, contact, heading }: DecisionViewProps) {
  const { t } = useTranslation();
  const { number, percent, clock } = useFormats();
  const [replayed, setReplayed] = useState<ReturnType<typeof replay>>(null);
  const laid = stretches(decision);
  const words: Words = { t, number, percent, clock };
  const { said, because } = explain(decision, before, laid, words);
  const nameOf = (id: number | null) => decision.table.find((row) => row.operator_id === id)?.name ?? '';
  return (
    <section className={styles.decision} aria-label={t('decision.title')}>
      <p className={styles.sentence}>
        <bdi>{said}</bdi>
        {decision.r !== null && <b>{t('decision.drawn', { r: number(decision.r), sum: number(decision.sum) })}</b>}
      </p>
      {because.length > 0 && <p className={styles.because}>{because.join(' ')}</p>}
      {decision.table.length > 0 && <CandidateTable decision={decision} laid={laid} words={words} />}
      {decision.r !== null && <Strip laid={laid} r={decision.r} sum={decision.sum} chosen={decision.operator_id} />}
      <div className={styles.proof}>
        {isByRule(decision.kind) && (
          <Button variant="default" leftSection={<RotateCcw size={14} />} onClick={() => setReplayed(replay(decision))}>
            {t('decision.check')}
          </Button>
        )}
        <CopyButton text={() => asText(heading, decision, before, laid, words)} />
        <KeepCase decision={decision} contact={contact} />
        <span role="status" className={styles.replayed} data-same={replayed?.same}>
          {replayed && !replayed.same && t('decision.differs')}
          {replayed?.same && (replayed.operator_id === null ? t('decision.same_nobody') : t('decision.same', { name: nameOf(replayed.operator_id) }))}
        </span>
      </div>
    </section>
  );
}
