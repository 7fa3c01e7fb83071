import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '#kit/locale/locale.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { useSettings } from '#link/settings.ts';
import type { ExternalIds, Source } from '#shared/contract/entities.ts';
import type { ExternalIdCounts } from '#shared/contract/sources.ts';
import styles from './Sources.module.css';
import { chooseExternalIds, externalIdCounts } from './store.ts';

/** Asks once whether sources have their own external ids, on a desk from before this could be chosen. */
export function AskExternalIds({ sources }: { sources: readonly Source[] }) {
  const asks = useSettings().asks_external_ids;
  return asks && sources.length > 0 ? <Question sources={sources} /> : null;
}

function Question({ sources }: { sources: readonly Source[] }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const notify = useNotify();
  const [counts, setCounts] = useState<readonly ExternalIdCounts[]>([]);
  useEffect(() => {
    void externalIdCounts().then((outcome) => outcome.ok && setCounts(outcome.value));
  }, []);
  const choose = async (ids: ExternalIds) => notify.changed(await chooseExternalIds(ids), t('sources.ids_chosen', { ids: t(`sources.ids.${ids}`) }));
  return (
    <section className={styles.ask} data-needs="supervisor" data-testid="ask-external-ids">
      <h3>{t('sources.ids_ask')}</h3>
      <p>{t('sources.ids_ask_text')}</p>
      <ul>
        {sources.flatMap(({ id, name }) => {
          const its = counts.find((one) => one.source_id === id);
          return its ? [<li key={id}>{`${name}: ${t('sources.ids_counts', { kept: number(its.kept), separated: number(its.separated) })}`}</li>] : [];
        })}
      </ul>
      <div>
        <Button variant="default" onClick={() => void choose('own')}>
          {t('sources.ids_own')}
        </Button>
        <Button variant="default" onClick={() => void choose('shared')}>
          {t('sources.ids_shared')}
        </Button>
      </div>
    </section>
  );
}
