import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkName } from '#kit/fields/checks.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { useProblem } from '#kit/notices/useProblem.ts';
import { useBoard } from '#link/board.ts';
import { nameKey } from '#shared/plain-text.ts';
import { countOf } from './draft.ts';
import { nameOne, savePreset, usePresets } from './presets.ts';
import { useWeights } from './store.ts';
import styles from './Weights.module.css';

export function SavePreset() {
  const { t } = useTranslation();
  const isNaming = usePresets((state) => state.isNaming);
  return (
    <Modal opened={isNaming} onClose={() => nameOne(false)} title={t('presets.save_title')} size={440} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <NameForm />
    </Modal>
  );
}

function NameForm() {
  const { t } = useTranslation();
  const teller = useNotify();
  const presets = usePresets((state) => state.presets);
  const [name, setName] = useState('');
  const [with_limits, setWithLimits] = useState(false);
  const [with_rules, setWithRules] = useState(false);
  const hasRules = useBoard(({ rules }) => Object.keys(rules).length > 0);
  const { problem, setProblem, sayFailure } = useProblem();
  const [busy, setBusy] = useState(false);
  const hasDraft = useWeights(({ edits }) => countOf(edits) > 0);
  const replaces = presets.find((preset) => nameKey(preset.name) === nameKey(name));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = checkName(name, t);
    setProblem(wrong);
    if (wrong) return;
    setBusy(true);
    const outcome = await savePreset(name.trim(), { with_limits, with_rules });
    setBusy(false);
    if (!outcome.ok) return sayFailure(outcome.problem);
    nameOne(false);
    teller.changed(outcome, t('presets.saved', { name: outcome.value.name }));
  };
  return (
    <form className={styles.presets} onSubmit={(event) => void submit(event)}>
      <p>{t('presets.save_text')}</p>
      {hasDraft && <p className={styles.warns}>{t('presets.without_draft')}</p>}
      <TextInput
        label={t('presets.name')}
        placeholder={t('presets.name_example')}
        data-autofocus=""
        value={name}
        error={problem}
        errorProps={{ role: 'alert' }}
        onChange={(event) => {
          setName(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <Checkbox size="xs" label={t('presets.with_limits')} checked={with_limits} onChange={(event) => setWithLimits(event.currentTarget.checked)} />
      {hasRules && <Checkbox size="xs" label={t('presets.with_rules')} checked={with_rules} onChange={(event) => setWithRules(event.currentTarget.checked)} />}
      {replaces && <p role="status">{t('presets.replaces', { name: replaces.name })}</p>}
      <div className={styles.foot}>
        <span className={styles.grow} />
        <Button type="submit" loading={busy}>
          {t('presets.keep')}
        </Button>
      </div>
    </form>
  );
}
