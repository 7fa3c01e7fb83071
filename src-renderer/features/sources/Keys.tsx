import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ConfirmButton } from '#kit/fields/ConfirmButton.tsx';
import { useClock } from '#kit/locale/clock.ts';
import { formatAgo, formatDate } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import table from '#kit/table/table.module.css';
import type { Source, SourceKey } from '#shared/contract/entities.ts';
import styles from './Sources.module.css';
import { addKey, revokeKey } from './store.ts';

/** Maximum of keys per source: one in use and one to switch to. */
const KEYS_MAX = 2;

export function Keys({ source }: { source: Source }) {
  const { t } = useTranslation();
  const { language, zone } = useFormats();
  const teller = useNotify();
  const add = async () => teller.valueIn(await addKey(source));
  const revoke = async (key: SourceKey) => {
    const outcome = await revokeKey(source.id, key.id);
    if (outcome.ok) teller.done(t('sources.key_revoked', { hint: key.hint }));
    else teller.failure(outcome.problem);
  };
  return (
    <span className={styles.keys}>
      {source.keys.length === 0 && <span className={styles.warn}>{t('sources.no_keys')}</span>}
      {source.keys.map((key) => (
        <span key={key.id} className={styles.key} title={t('sources.key_made', { date: formatDate(Date.parse(key.created_at), language, zone) })}>
          {`…${key.hint}`}
          <LastUse of={key} />
          <ConfirmButton
            needs="supervisor"
            name={t('sources.revoke_of', { hint: key.hint, name: source.name })}
            className={styles.revoke}
            onConfirm={() => void revoke(key)}
          >
            <X size={12} aria-hidden="true" />
          </ConfirmButton>
        </span>
      ))}
      {source.keys.length < KEYS_MAX && (
        <button
          type="button"
          className={table.link}
          data-needs="supervisor"
          aria-label={t(source.keys.length === 0 ? 'sources.first_key_of' : 'sources.add_key_of', { name: source.name })}
          onClick={() => void add()}
        >
          {t(source.keys.length === 0 ? 'sources.first_key' : 'sources.add_key')}
        </button>
      )}
    </span>
  );
}

function LastUse({ of: { last_used_at } }: { of: SourceKey }) {
  const { t } = useTranslation();
  const words = useClock((now) =>
    last_used_at === null ? t('sources.key_never_used') : t('sources.key_used', { time: formatAgo(now - Date.parse(last_used_at), t) }),
  );
  return <span className={styles.used}>{words}</span>;
}
