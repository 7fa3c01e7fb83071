import { Button, Kbd } from '@mantine/core';
import { memo, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OperatorPicker } from '#kit/board/OperatorPicker.tsx';
import type { Work } from '#kit/board/useWork.ts';
import { useUnderWay } from '#kit/board/work-under-way.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { Working } from '#kit/notices/Working.tsx';
import marks from '#kit/table/Marks.module.css';
import styles from './Contacts.module.css';
import { clearMarks, meant, useMarks } from './selection.ts';

const ARMED_MS = 4_000;

/** Actions on the selected contacts, or on the current row. Always visible, so that nothing moves. */
export const ActionBar = memo(function ActionBar({ work }: { work: Work }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const marked = useMarks((state) => state.marked.size);
  const current = useMarks((state) => state.current);
  const [picking, setPicking] = useState<readonly number[] | null>(null);
  const [armed, setArmed] = useState<string | null>(null);
  useEffect(() => {
    if (armed === null) return;
    const timer = setTimeout(() => setArmed(null), ARMED_MS);
    return () => clearTimeout(timer);
  }, [armed]);
  const isNothing = marked === 0 && current === null;
  /** Closing cannot be undone, so it takes two clicks about the same contacts. */
  const close = () => {
    const ids = meant();
    const key = ids.join();
    setArmed(armed === key ? null : key);
    if (armed === key) void work.close(ids);
  };
  const underWay = useUnderWay((state) => state.now);
  if (underWay)
    return (
      <div className={marks.actions}>
        <Working label={t('work.under_way')} since={underWay.since} done={underWay.done} of={underWay.of} />
        <Button variant="default" onClick={underWay.stop}>
          {t('work.stop')}
        </Button>
      </div>
    );
  const key = (name: string) => <Kbd size="xs">{name}</Kbd>;
  return (
    <div className={marks.actions} data-needs="supervisor">
      <span className={marks.meant} role="status">
        {marked > 0 ? t('contacts.marked', { count: marked }) : current === null ? t('contacts.none_meant') : t('decision.contact', { id: current })}
      </span>
      <Button variant="default" disabled={isNothing} data-reassign="" rightSection={key('R')} onClick={() => setPicking(meant())}>
        {t('contacts.reassign')}
      </Button>
      <Button variant="default" disabled={isNothing} data-put-back="" rightSection={key('B')} onClick={() => void work.move(meant(), null)}>
        {t('decision.return')}
      </Button>
      <Button
        variant="default"
        disabled={isNothing}
        data-close=""
        rightSection={key('C')}
        data-armed={armed !== null || undefined}
        className={styles.close ?? ''}
        onClick={close}
      >
        {armed === null ? t('contacts.close') : marked > 1 ? t('contacts.close_sure_all', { n: number(marked) }) : t('contacts.close_sure')}
      </Button>
      {marked > 0 && (
        <Button variant="default" onClick={clearMarks}>
          {t('contacts.unmark')}
        </Button>
      )}
      {picking && (
        <OperatorPicker
          title={t('contacts.reassign_title', { count: picking.length })}
          count={picking.length}
          onClose={() => setPicking(null)}
          onPick={(operator_id) => {
            setPicking(null);
            void work.move(picking, operator_id);
          }}
        />
      )}
    </div>
  );
});
