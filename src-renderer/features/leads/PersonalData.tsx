import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { saveFile } from '#kit/files/save-file.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import styles from './Leads.module.css';
import type { Card } from './store.ts';

/** What people may request by law: a copy of all stored data about them, and its erasure. */
export function PersonalData({ card, lead_id, isErased }: { card: Card; lead_id: number; isErased: boolean }) {
  const { t } = useTranslation();
  const teller = useNotify();
  const [asks, setAsks] = useState(false);
  const save = async () => {
    const data = teller.valueIn(await card.exported());
    if (data) saveFile(`lead-${lead_id}.json`, 'application/json', `${JSON.stringify(data, null, 2)}\n`);
  };
  return (
    <footer className={styles.personal}>
      {asks && !isErased ? (
        <Erase card={card} lead_id={lead_id} onDone={() => setAsks(false)} />
      ) : (
        <>
          <Button variant="default" onClick={() => void save()}>
            {t('leads.export')}
          </Button>
          {!isErased && (
            <Button variant="default" className={styles.danger ?? ''} data-needs="admin" onClick={() => setAsks(true)}>
              {t('leads.erase')}
            </Button>
          )}
        </>
      )}
    </footer>
  );
}

/** Erasure cannot be undone: a typed word guards against accidents. */
function Erase({ card, lead_id, onDone }: { card: Card; lead_id: number; onDone: () => void }) {
  const { t } = useTranslation();
  const teller = useNotify();
  const busy = useStore(card.store, (state) => state.busy);
  const [typed, setTyped] = useState('');
  const word = t('leads.erase_word');
  const isSure = typed.trim().toLocaleLowerCase() === word;
  const erase = async () => {
    const erased = teller.valueIn(await card.erase());
    if (!erased) return;
    teller.done(t('leads.erased', { id: lead_id, count: erased.contacts }));
    onDone();
  };
  return (
    <form
      className={styles.erase}
      onSubmit={(event) => {
        event.preventDefault();
        if (isSure && !busy) void erase();
      }}
    >
      <b>{t('leads.erase_title', { id: lead_id })}</b>
      <p>{t('leads.erase_text')}</p>
      <div className={styles.sure}>
        <TextInput
          label={t('leads.erase_type', { word })}
          value={typed}
          autoComplete="off"
          data-autofocus
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" disabled={!isSure} loading={busy} className={styles['erase-now'] ?? ''}>
          {t('leads.erase_now')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('leads.erase_no')}
        </Button>
      </div>
    </form>
  );
}
