import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNotify } from '#kit/notices/useNotify.ts';
import { useProblem } from '#kit/notices/useProblem.ts';
import { useCalmBoard } from '#link/board.ts';
import { MAX_LOAD_MAX } from '#shared/contract/limits.ts';
import { changeOperators } from './calls.ts';
import { limitAfter, limitIn } from './limit.ts';
import styles from './Operators.module.css';

/** Asks for a new limit of several operators and shows the resulting limits. */
export function LimitDialog({ ids, onClose }: { ids: readonly number[]; onClose: () => void }) {
  const { t } = useTranslation();
  const teller = useNotify();
  const { operators } = useCalmBoard();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const { problem, sayFailure } = useProblem();
  const change = limitIn(text);
  const present = ids.flatMap((id) => operators[id]?.max_load ?? []);
  const name = operators[ids[0] ?? 0]?.name ?? '';
  const save = async () => {
    if (!change || busy) return;
    setBusy(true);
    const outcome = await changeOperators(ids, change);
    setBusy(false);
    if (!outcome.ok) return sayFailure(outcome.problem);
    onClose();
    const { changed } = outcome.value;
    teller.changed(outcome, changed === 0 ? t('operators.limits_same') : t('operators.limits_changed', { count: changed }));
  };
  const isWrong = text.trim() !== '' && !change && !/^[+\-–−]$/.test(text.trim());
  return (
    <Modal
      opened
      onClose={onClose}
      title={ids.length > 1 ? t('operators.limits_title', { count: ids.length }) : t('operators.limit_of', { name })}
      size={420}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        className={styles.question}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextInput
          data-autofocus=""
          label={t('operators.new_limit')}
          description={t('operators.limit_hint')}
          value={text}
          error={isWrong ? t('operators.limit_wrong', { max: MAX_LOAD_MAX }) : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <p role="status" className={styles.plain}>
          {change
            ? t('operators.limit_becomes', { before: span(present), after: span(present.map((limit) => limitAfter(limit, change))) })
            : t('operators.limit_now', { before: span(present) })}
        </p>
        {problem && (
          <p role="alert" className={styles.problem}>
            {problem}
          </p>
        )}
        <div className={styles.foot}>
          <Button variant="default" disabled={busy} onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={!change}>
            {t('common.apply')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** The smallest and the largest of them. */
function span(all: readonly number[]): string {
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return least === most ? String(least) : `${least}–${most}`;
}
