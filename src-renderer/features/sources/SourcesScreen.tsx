import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { NameForm } from '#kit/fields/NameForm.tsx';
import { Empty } from '#kit/layout/Empty.tsx';
import { NamesAlike } from '#kit/layout/NamesAlike.tsx';
import { Panel } from '#kit/layout/Panel.tsx';
import { SkeletonLines } from '#kit/layout/Skeleton.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import { readingText } from '#kit/notices/problem-text.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { ActionsHead } from '#kit/table/ActionsHead.tsx';
import { Archived } from '#kit/table/Archived.tsx';
import table from '#kit/table/table.module.css';
import { inUse } from '#link/derive.ts';
import { useFlow } from '#link/flow.ts';
import { AskExternalIds } from './AskExternalIds.tsx';
import { FreshKey } from './FreshKey.tsx';
import { SourceRow } from './SourceRow.tsx';
import styles from './Sources.module.css';
import { createSource, followSources, restoreSource, useSources } from './store.ts';

export function SourcesScreen() {
  const { t } = useTranslation();
  useEffect(followSources, []);
  const { sources, failure } = useSources();
  const { collator } = useFormats();
  const silent = useFlow(({ flow }) =>
    (flow?.sources ?? [])
      .filter(({ is_silent }) => is_silent)
      .map(({ source_id }) => source_id)
      .join(),
  );
  const isSilent = ({ id }: { id: number }) => Number(silent.split(',').includes(String(id)));
  const shown = inUse(sources ?? [], collator).toSorted((a, b) => isSilent(b) - isSilent(a)); // what is broken comes first
  const archived = sources?.filter((source) => source.is_archived) ?? [];
  const teller = useNotify();
  const restore = async ({ id, name }: { id: number; name: string }) => teller.changed(await restoreSource(id), t('sources.now_restored', { name }));
  return (
    <Panel
      title={t('sources.title')}
      aside={<NameForm label={t('sources.new_name')} button={t('sources.add')} onName={createSource} />}
      className={styles.panel}
    >
      {failure && (
        <p role="alert" className={styles.failure}>
          {readingText(failure, t)}
        </p>
      )}
      <NamesAlike items={shown} />
      <AskExternalIds sources={shown} />
      {!sources && !failure && <SkeletonLines />}
      {sources && shown.length === 0 && <Empty title={t('sources.empty')}>{t('sources.empty_text')}</Empty>}
      {shown.length > 0 && (
        <table className={table.table}>
          <colgroup>
            <col />
            <col className={styles['col-keys']} />
            <col className={styles['col-ids']} />
            <col className={styles['col-operators']} />
            <col className={styles['col-do']} />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">{t('sources.name')}</th>
              <th scope="col">{t('sources.keys')}</th>
              <th scope="col">{t('sources.external_ids')}</th>
              <th scope="col" className={table.number}>
                {t('sources.operators')}
              </th>
              <ActionsHead />
            </tr>
          </thead>
          <tbody>
            {shown.map((source) => (
              <SourceRow key={source.id} source={source} />
            ))}
          </tbody>
        </table>
      )}
      <Archived
        title={t('sources.archived', { count: archived.length })}
        items={archived}
        restoreOf={(name) => t('common.restore_of', { name })}
        onRestore={(item) => void restore(item)}
      />
      <FreshKey />
    </Panel>
  );
}
