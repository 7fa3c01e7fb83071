import { Button, Modal } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ruleText } from '#kit/board/rule-text.ts';
import { Scrollable } from '#kit/layout/Scrollable.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { useProblem } from '#kit/notices/useProblem.ts';
import type { Outcome } from '#link/attempt.ts';
import { currentBoard, useBoard } from '#link/board.ts';
import type { Preset } from '#shared/contract/presets.ts';
import { changesOfPreset } from '#shared/presets.ts';
import { withEdits } from './draft.ts';
import { applyPreset, removePreset, show, usePresets } from './presets.ts';
import { Shifts } from './Shifts.tsx';
import styles from './Weights.module.css';

/** Preview of what applying a preset would change now. */
export function PresetPreview() {
  const { t } = useTranslation();
  const shown = usePresets((state) => state.shown);
  return (
    <Modal opened={shown !== null} onClose={() => show(null)} title={shown?.name ?? ''} size={720} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {shown && <Preview key={shown.id} preset={shown} />}
    </Modal>
  );
}

function Preview({ preset }: { preset: Preset }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const teller = useNotify();
  const weightsNow = useBoard((board) => board.weights);
  const sources = useBoard((board) => board.sources);
  const operators = useBoard((board) => board.operators);
  const rulesNow = useBoard((board) => board.rules);
  const [busy, setBusy] = useState(false);
  const { problem, sayFailure } = useProblem();
  const { weights, limits, rules } = useMemo(
    () => changesOfPreset({ ...currentBoard(), operators, sources, weights: weightsNow, rules: rulesNow }, preset.content),
    [preset, operators, sources, weightsNow, rulesNow],
  );
  const edits = useMemo(
    () =>
      withEdits(
        {},
        weights.map(({ source_id, operator_id, after }) => ({ source_id, operator_id, weight: after })),
      ),
    [weights],
  );
  const run = async (call: (id: number) => Promise<Outcome<null>>, said: string) => {
    setBusy(true);
    const outcome = await call(preset.id);
    setBusy(false);
    if (!outcome.ok) return sayFailure(outcome.problem);
    show(null);
    teller.changed(outcome, said);
  };
  const changed = [
    ...(weights.length > 0 ? [t('presets.weights', { count: weights.length })] : []),
    ...(limits.length > 0 ? [t('presets.limits', { count: limits.length })] : []),
    ...(rules.length > 0 ? [t('presets.rules', { count: rules.length })] : []),
  ];
  const isSame = weights.length === 0 && limits.length === 0 && rules.length === 0;
  return (
    <div className={styles.presets}>
      {isSame ? <p>{t('presets.same')}</p> : <p>{t('presets.changes', { what: changed.join(', ') })}</p>}
      {!isSame && (
        <Scrollable className={styles.preview} label={t('presets.preview')}>
          <Shifts edits={edits} withLimits={limits.length > 0} />
          {limits.length > 0 && (
            <ul className={styles.shifts}>
              {limits.map(({ operator_id, before, after }) => (
                <li key={operator_id}>
                  <span className={styles['shift-source']}>{operators[operator_id]?.name}</span>
                  <span className={styles['shift-limit']}>
                    {t('operators.limit')} <span className={styles.was}>{number(before)}</span> → <b>{number(after)}</b>
                  </span>
                </li>
              ))}
            </ul>
          )}
          {rules.length > 0 && (
            <ul className={styles.shifts}>
              {rules.map(({ source_id, before, after }) => (
                <li key={source_id}>
                  <span className={styles['shift-source']}>{sources[source_id]?.name}</span>
                  <span>
                    <span className={styles.was}>{ruleText(before, t)}</span> → <b>{ruleText(after, t)}</b>
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Scrollable>
      )}
      {problem && <p role="alert">{problem}</p>}
      <div className={styles.foot}>
        <Button
          variant="subtle"
          className={styles.first ?? ''}
          disabled={busy}
          onClick={() => void run(removePreset, t('presets.removed', { name: preset.name }))}
        >
          {t('presets.remove')}
        </Button>
        <span className={styles.grow} />
        <Button variant="default" disabled={busy} onClick={() => show(null)}>
          {t('common.cancel')}
        </Button>
        <Button loading={busy} disabled={isSame} data-autofocus="" onClick={() => void run(applyPreset, t('presets.applied', { name: preset.name }))}>
          {t('common.apply')}
        </Button>
      </div>
    </div>
  );
}
