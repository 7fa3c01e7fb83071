import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionsHead } from '../../kit/ActionsHead.tsx';
import { Archived } from '../../kit/Archived.tsx';
import { Empty } from '../../kit/Empty.tsx';
import { NameForm } from '../../kit/NameForm.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { readingText } from '../../kit/problem-text.ts';
import { useFormats } from '../../kit/reading.ts';
import { SkeletonLines } from '../../kit/Skeleton.tsx';
import table from '../../kit/table.module.css';
import { useTeller } from '../../kit/tell.ts';
import { inUse } from '../../link/derive.ts';
import { FreshKey } from './FreshKey.tsx';
import { SourceRow } from './SourceRow.tsx';
import styles from './Sources.module.css';
import { createSource, followSources, restoreSource, useSources } from './store.ts';

export function SourcesScreen() {
  const { t } = useTranslation();
  useEffect(followSources, []);
  const { sources, failure } = useSources();
  const { collator } = useFormats();
  const shown = inUse(sources ?? [], collator);
  const archived = sources?.filter((source) => source.is_archived) ?? [];
  const teller = useTeller();
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
      {!sources && !failure && <SkeletonLines />}
      {sources && shown.length === 0 && <Empty title={t('sources.empty')}>{t('sources.empty_text')}</Empty>}
      {shown.length > 0 && (
        <table className={table.table}>
          <colgroup>
            <col />
            <col className={styles['col-keys']} />
            <col className={styles['col-operators']} />
            <col className={styles['col-do']} />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">{t('sources.name')}</th>
              <th scope="col">{t('sources.keys')}</th>
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
