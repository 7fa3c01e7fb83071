import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NameForm } from '#kit/fields/NameForm.tsx';
import { useNotify } from '#kit/notices/useNotify.ts';
import { useBoard } from '#link/board.ts';
import { AwaitFirst, FirstArrived } from './FirstContact.tsx';
import { StepItem } from './StepItem.tsx';
import { addFirstOperator, addFirstSource, startDemo, stepOf, useWelcome } from './store.ts';
import styles from './Welcome.module.css';

export function WelcomeScreen() {
  const { t } = useTranslation();
  const teller = useNotify();
  const { under_way, api_key } = useWelcome();
  const step = useBoard((board) => stepOf(board, api_key));
  const operators = useBoard((board) => board.operators);
  const [busy, setBusy] = useState(false);
  const demo = async () => {
    setBusy(true);
    const outcome = await startDemo();
    setBusy(false);
    if (!outcome.ok) teller.failure(outcome.problem);
  };
  const addSource = async (name: string) => {
    const outcome = await addFirstSource(name, ids);
    // The source was made but its weights were not; the form that would show the error is gone.
    if (!outcome.ok && useWelcome.getState().api_key !== null) teller.failure(outcome.problem);
    return outcome;
  };
  const ids = Object.values(operators)
    .filter((operator) => !operator.is_archived)
    .map((operator) => operator.id);
  const past = (own: 'operator' | 'source') => step !== own && (own === 'operator' || step !== 'operator');
  return (
    <div className={styles.screen}>
      <div className={styles.column}>
        <h2 className={styles.title}>{t('welcome.title')}</h2>
        <p className={styles.lead}>{t('welcome.lead')}</p>
        <ol className={styles.steps}>
          <StepItem number={1} title={t('welcome.operator')} text={t('welcome.operator_text')} state={past('operator') ? 'done' : 'now'}>
            <NameForm size="sm" key="operator" label={t('operators.new_name')} button={t('operators.add')} onName={addFirstOperator} />
          </StepItem>
          <StepItem
            number={2}
            title={t('welcome.source')}
            text={t('welcome.source_text')}
            state={past('source') ? 'done' : step === 'source' ? 'now' : 'later'}
          >
            <NameForm size="sm" key="source" label={t('sources.new_name')} button={t('sources.add')} onName={addSource} />
          </StepItem>
          <StepItem
            number={3}
            title={t('welcome.contact')}
            text={t('welcome.contact_text')}
            state={step === 'done' ? 'done' : step === 'contact' ? 'now' : 'later'}
          >
            {api_key && <AwaitFirst api_key={api_key} />}
          </StepItem>
        </ol>
        {step === 'done' && <FirstArrived />}
        {!under_way && (
          <div className={styles.demo} data-needs="admin">
            <div>
              <b>{t('welcome.demo')}</b>
              <p>{t('welcome.demo_text')}</p>
            </div>
            <Button variant="default" loading={busy} onClick={() => void demo()}>
              {t('welcome.demo_start')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
