import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { ConfirmButton } from '#kit/fields/ConfirmButton.tsx';
import { useClock } from '#kit/locale/clock.ts';
import { formatMoment } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { openLead } from '#kit/navigation/route.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import table from '#kit/table/table.module.css';
import type { Merge } from '#shared/contract/entities.ts';
import styles from './Leads.module.css';
import type { Card } from './store.ts';

export function Merges({ card, lead_id, merges }: { card: Card; lead_id: number; merges: readonly Merge[] }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3>{t('leads.merges')}</h3>
      <ul className={styles.merges}>
        {merges.map((merge) => (
          <Item key={merge.id} card={card} lead_id={lead_id} merge={merge} />
        ))}
      </ul>
    </section>
  );
}

function Item({ card, lead_id, merge }: { card: Card; lead_id: number; merge: Merge }) {
  const { t } = useTranslation();
  const { language, zone } = useFormats();
  const teller = useNotify();
  const busy = useStore(card.store, (state) => state.busy);
  const { merged_id, survivor_id, contact_id, undone_at, created_at } = merge;
  const other = merged_id === lead_id ? survivor_id : merged_id;
  const [merged, undone] = useClock((now) =>
    [created_at, undone_at].map((time) => (time === null ? '' : formatMoment(Date.parse(time), now, language, zone))).join('|'),
  ).split('|');
  const undo = async () => {
    const done = teller.valueIn(await card.undoMerge(merge.id));
    if (done) teller.done(t('leads.parted', { id: merged_id }));
  };
  return (
    <li data-testid={`merge-${merge.id}`}>
      <span>
        {t(merged_id === lead_id ? 'leads.merged_into' : 'leads.merged_from', { time: merged })}{' '}
        <button type="button" className={styles.link} onClick={() => openLead(other)}>
          {t('leads.lead', { id: other })}
        </button>
        {contact_id !== null && <span className={styles.kind}>{` · ${t('leads.shown_by', { id: contact_id })}`}</span>}
      </span>
      {undone_at !== null ? (
        <span className={styles.kind}>{t('leads.taken_back', { time: undone })}</span>
      ) : (
        !busy && (
          <ConfirmButton needs="supervisor" name={t('leads.part_of', { id: merged_id })} className={table.link} onConfirm={() => void undo()}>
            {t('leads.part')}
          </ConfirmButton>
        )
      )}
    </li>
  );
}
