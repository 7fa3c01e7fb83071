import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { ConfirmButton } from '#kit/fields/ConfirmButton.tsx';
import { Panel } from '#kit/layout/Panel.tsx';
import { useClock } from '#kit/locale/clock.ts';
import { formatHandle, formatMoment } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { openContact, openLead } from '#kit/navigation/route.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import table from '#kit/table/table.module.css';
import { useBoard } from '#link/board.ts';
import type { SuggestedMerge } from '#shared/contract/suggested-merges.ts';
import styles from './Leads.module.css';
import { createSuggested, type Suggested } from './suggested-store.ts';

function useSuggested(lead_id?: number): { readonly suggested: Suggested; readonly items: readonly SuggestedMerge[] } {
  const [suggested] = useState(() => createSuggested(lead_id));
  useEffect(() => suggested.open(), [suggested]);
  return { suggested, items: useStore(suggested.store, (state) => state.items) };
}

/** All suggested merges awaiting a decision, on the leads screen. Renders nothing while there are none. */
export function SuggestedPanel() {
  const { t } = useTranslation();
  const { number } = useFormats();
  const { suggested, items } = useSuggested();
  const all = useBoard((board) => board.suggested_merges);
  if (items.length === 0) return null;
  return (
    <Panel
      className={styles.suggestions}
      title={t('leads.suggested')}
      aside={<span className={styles.kind}>{number(Math.max(all, items.length))}</span>}
      testId="suggested-merges"
    >
      <List suggested={suggested} items={items} />
    </Panel>
  );
}

/** Suggested merges that name the lead, on its card. */
export function SuggestedOfLead({ lead_id }: { lead_id: number }) {
  const { t } = useTranslation();
  const { suggested, items } = useSuggested(lead_id);
  if (items.length === 0) return null;
  return (
    <section data-testid="suggested-of-lead">
      <h3>{t('leads.suggested')}</h3>
      <List suggested={suggested} items={items} />
    </section>
  );
}

function List({ suggested, items }: { suggested: Suggested; items: readonly SuggestedMerge[] }) {
  return (
    <ul className={styles.suggested}>
      {items.map((item) => (
        <Item key={item.id} suggested={suggested} item={item} />
      ))}
    </ul>
  );
}

function Item({ suggested, item }: { suggested: Suggested; item: SuggestedMerge }) {
  const { t } = useTranslation();
  const { language, zone } = useFormats();
  const teller = useNotify();
  const busy = useStore(suggested.store, (state) => state.busy_id === item.id);
  const source = useBoard((board) => board.sources[item.source_id]?.name ?? '');
  const moment = useClock((now) => formatMoment(Date.parse(item.created_at), now, language, zone));
  const { id, survivor, merged, contact_id, identifiers } = item;
  const ids = { survivor: survivor.id, merged: merged.id };
  const what = identifiers.map(({ kind, value }) => `${t(`leads.kind.${kind}`)} ${kind === 'phone' ? formatHandle(value) : value}`).join(', ');
  const accept = async () => {
    const merge = teller.valueIn(await suggested.accept(id));
    if (!merge) return;
    const undo = async () => {
      if (teller.valueIn(await suggested.undo(merge.id))) teller.done(t('leads.parted', { id: merged.id }));
    };
    teller.done(t('leads.merged', ids), { label: t('common.undo'), run: () => void undo() });
  };
  const dismiss = async () => {
    teller.changed(await suggested.dismiss(id), t('leads.dismissed', ids));
  };
  return (
    <li data-testid={`suggested-${id}`} data-row="" tabIndex={-1}>
      <div>
        <Side side={survivor} /> <span className={styles.kind}>{t('leads.and')}</span> <Side side={merged} />
        <p className={styles.since}>
          {t('leads.suggested_by', { time: moment, source })}{' '}
          <button type="button" className={styles.link} onClick={() => openContact(contact_id)}>
            {t('leads.contact', { id: contact_id })}
          </button>{' '}
          {t('leads.suggested_why', { survivor: survivor.id, merged: merged.id, what })}
        </p>
      </div>
      <div className={styles.decide} data-needs="supervisor">
        <button type="button" className={table.link} disabled={busy} aria-label={t('leads.merge_them', ids)} onClick={() => void accept()}>
          {t('leads.merge')}
        </button>
        <ConfirmButton name={t('leads.dismiss_them', ids)} className={table.link} onConfirm={() => void dismiss()}>
          {t('leads.dismiss')}
        </ConfirmButton>
      </div>
    </li>
  );
}

function Side({ side: { id, name, handle } }: { side: SuggestedMerge['survivor'] }) {
  const { t } = useTranslation();
  return (
    <>
      <button type="button" className={styles.link} onClick={() => openLead(id)}>
        {t('leads.lead', { id })}
      </button>{' '}
      <b>{[name, formatHandle(handle)].filter(Boolean).join(' · ')}</b>
    </>
  );
}
