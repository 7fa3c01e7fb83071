import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { SkeletonRows } from '#kit/layout/Skeleton.tsx';
import { GapRow } from '#kit/table/GapRow.tsx';
import { MarkHead } from '#kit/table/MarkBox.tsx';
import marks from '#kit/table/Marks.module.css';
import table from '#kit/table/table.module.css';
import type { ShownList } from '#kit/table/useList.ts';
import type { ContactItem } from '#shared/contract/lists.ts';
import { ContactRow } from './ContactRow.tsx';
import styles from './Contacts.module.css';
import { clearMarks, goTo, markAll, stayAmong, useMarks } from './selection.ts';

const columns = ['time', 'state', 'lead', 'message', 'source', 'operator', 'open'] as const;

/** @param onMarkAll selects everything the filters find, including rows not loaded */
export function ContactsTable({ list, onMarkAll }: { list: ShownList<ContactItem>; onMarkAll: () => Promise<void> }) {
  const { t } = useTranslation();
  const { items, rows } = list;
  const isMarked = useMarks((state) => state.marked.size > 0);
  const latest = useRef(items);
  useEffect(() => {
    latest.current = items;
  }, [items]);
  const ids = useCallback(() => latest.current.map(({ id }) => id), []);
  useEffect(() => {
    if (!list.is_loading) stayAmong(items.map(({ id }) => id));
  }, [items, list.is_loading]);
  useEffect(() => () => goTo(null), []);
  const markOpen = () => {
    markAll(items.filter(({ status }) => status !== 'closed').map(({ id }) => id));
    if (list.has_more) void onMarkAll();
  };
  return (
    <table className={table.table}>
      <colgroup>
        <col className={marks.col} />
        {columns.map((name) => (
          <col key={name} className={styles[`col-${name}`]} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <MarkHead label={t('contacts.mark_all')} isMarked={isMarked} onMark={isMarked ? clearMarks : markOpen} />
          <th scope="col">{t('contacts.time')}</th>
          <th scope="col">{t('contacts.state_title')}</th>
          <th scope="col">{t('live.lead')}</th>
          <th scope="col">{t('contacts.message')}</th>
          <th scope="col">{t('live.source')}</th>
          <th scope="col">{t('live.operator')}</th>
          <th scope="col">
            <span className="sr-only">{t('common.why')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.length === 0 && <SkeletonRows columns={columns.length + 1} />}
        <GapRow height={rows.above} />
        {items.slice(rows.start, rows.end).map((item) => (
          <ContactRow key={item.id} item={item} ids={ids} />
        ))}
        <GapRow height={rows.below} />
      </tbody>
    </table>
  );
}
