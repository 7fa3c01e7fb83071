import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { CopyButton } from '#kit/fields/CopyButton.tsx';
import { useClock } from '#kit/locale/clock.ts';
import { formatHandle, formatMoment } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { openLead } from '#kit/navigation/route.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import table from '#kit/table/table.module.css';
import { useBoard } from '#link/board.ts';
import type { IdentifierDetail, LeadDetail } from '#shared/contract/entities.ts';
import styles from './Leads.module.css';
import type { Card } from './store.ts';

type Identifier = LeadDetail['identifiers'][number];

const kinds: readonly Identifier['kind'][] = ['phone', 'external_id', 'email'];

/** Grouped by kind, each in the order first seen. */
export function Identifiers({ card, identifiers }: { card: Card; identifiers: readonly Identifier[] }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3>{t('leads.identifiers')}</h3>
      <ul className={styles.identifiers}>
        {kinds.flatMap((kind) =>
          identifiers.filter((identifier) => identifier.kind === kind).map((identifier) => <Item key={identifier.id} card={card} identifier={identifier} />),
        )}
      </ul>
    </section>
  );
}

function Item({ card, identifier: { id, kind, value, created_at, is_shared, shared_by, source_id } }: { card: Card; identifier: Identifier }) {
  const { t } = useTranslation();
  const { language, zone } = useFormats();
  const teller = useNotify();
  const busy = useStore(card.store, (state) => state.busy);
  const [preview, setPreview] = useState<IdentifierDetail | null>(null);
  const since = useClock((now) => formatMoment(Date.parse(created_at), now, language, zone));
  const source = useBoard((board) => (source_id === null ? null : (board.sources[source_id]?.name ?? null)));
  const shown = kind === 'phone' ? formatHandle(value) : value;
  const unshare = async () => {
    if (teller.valueIn(await card.unshare(id))) teller.done(t('leads.now_unshared', { value: shown }));
  };
  const share = async () => {
    if (!teller.valueIn(await card.share(id))) return;
    setPreview(null);
    teller.done(t('leads.now_shared', { value: shown }), { label: t('common.undo'), run: () => void unshare() });
  };
  const ask = async () => setPreview(teller.valueIn(await card.identifier(id)) ?? null);
  return (
    <li data-testid={`identifier-${id}`}>
      <span className={styles.kind}>{t(`leads.kind.${kind}`)}</span>
      <span className={styles.value}>
        <b title={value}>{shown}</b>
        {source !== null && <span className={styles.kind}>{t('leads.own_space', { source })}</span>}
        {is_shared && <span className={styles.kind}>{t('leads.shared')}</span>}
      </span>
      <time dateTime={created_at}>{since}</time>
      <CopyButton text={() => value} />
      {is_shared ? (
        <button
          type="button"
          data-share=""
          data-needs="supervisor"
          className={table.link}
          disabled={busy}
          aria-label={t('leads.unshare_of', { value: shown })}
          onClick={() => void unshare()}
        >
          {t('leads.unshare')}
        </button>
      ) : (
        <button
          type="button"
          data-share=""
          data-needs="supervisor"
          className={table.link}
          disabled={busy}
          aria-expanded={preview !== null}
          aria-label={t('leads.share_of', { value: shown })}
          onClick={() => (preview ? setPreview(null) : void ask())}
        >
          {t('leads.share')}
        </button>
      )}
      {shared_by !== null && !preview && <p className={styles.hint}>{t('leads.shared_by', { count: shared_by })}</p>}
      {preview && !is_shared && <Preview separates={preview.separates} busy={busy} onShare={() => void share()} onCancel={() => setPreview(null)} />}
    </li>
  );
}

interface PreviewProps {
  readonly separates: IdentifierDetail['separates'];
  readonly busy: boolean;
  readonly onShare: () => void;
  readonly onCancel: () => void;
}

/** What marking the identifier as shared would do. */
function Preview({ separates, busy, onShare, onCancel }: PreviewProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.share}>
      <p>{t('leads.share_text')}</p>
      <p>
        {separates.length === 0 ? t('leads.share_separates_none') : t('leads.share_separates')}
        {separates.map(({ id, name }) => (
          <span key={id}>
            {' '}
            <button type="button" className={styles.link} onClick={() => openLead(id)}>
              {[t('leads.lead', { id }), name].filter(Boolean).join(' · ')}
            </button>
          </span>
        ))}
      </p>
      <div className={styles.sure}>
        <Button loading={busy} onClick={onShare}>
          {t('leads.share_now')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('leads.share_no')}
        </Button>
      </div>
    </div>
  );
}
