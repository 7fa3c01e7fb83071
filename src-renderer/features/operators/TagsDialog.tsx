import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNotify } from '#kit/notices/useNotify.ts';
import { useProblem } from '#kit/notices/useProblem.ts';
import { useCalmBoard } from '#link/board.ts';
import { tags as tagList } from '#shared/contract/entities.ts';
import { changeOperators } from './calls.ts';
import styles from './Operators.module.css';

type Change = 'add_tags' | 'remove_tags';

/** Adds tags to several operators, or takes them away. */
export function TagsDialog({ ids, onClose }: { ids: readonly number[]; onClose: () => void }) {
  const { t } = useTranslation();
  const teller = useNotify();
  const { operators } = useCalmBoard();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState<Change | null>(null);
  const { problem, sayFailure } = useProblem();
  const name = operators[ids[0] ?? 0]?.name ?? '';
  const present = [...new Set(ids.flatMap((id) => operators[id]?.tags ?? []))].sort();
  const parsed = tagList.min(1).safeParse(text.split(',').flatMap((one) => one.trim() || []));
  const given = parsed.success ? parsed.data : null;
  const save = async (change: Change) => {
    if (!given || busy !== null) return;
    setBusy(change);
    const outcome = await changeOperators(ids, { do: change, tags: given });
    setBusy(null);
    if (!outcome.ok) return sayFailure(outcome.problem);
    onClose();
    const { changed } = outcome.value;
    const said = change === 'add_tags' ? t('operators.tags_added', { count: changed }) : t('operators.tags_removed', { count: changed });
    teller.changed(outcome, changed === 0 ? t('operators.tags_same') : said);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={ids.length > 1 ? t('operators.tags_title', { count: ids.length }) : t('operators.tags_whose', { name })}
      size={480}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        className={styles.question}
        onSubmit={(event) => {
          event.preventDefault();
          void save('add_tags');
        }}
      >
        <TextInput
          data-autofocus=""
          label={t('operators.tags_given')}
          description={t('operators.tags_hint')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <p className={styles.plain}>
          {t('operators.tags_known')}: <bdi>{present.length > 0 ? present.join(', ') : t('operators.tags_none')}</bdi>
        </p>
        {problem && (
          <p role="alert" className={styles.problem}>
            {problem}
          </p>
        )}
        <div className={styles.foot}>
          <Button variant="default" disabled={busy !== null} onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button variant="default" loading={busy === 'remove_tags'} disabled={!given || busy !== null} onClick={() => void save('remove_tags')}>
            {t('operators.tags_remove')}
          </Button>
          <Button type="submit" loading={busy === 'add_tags'} disabled={!given || busy === 'remove_tags'}>
            {t('operators.tags_add')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
