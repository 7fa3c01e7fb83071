import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useWork } from '#kit/board/useWork.ts';
import { Empty } from '#kit/layout/Empty.tsx';
import { Panel } from '#kit/layout/Panel.tsx';
import { contactFiltersIn, noContactFilters } from '#kit/navigation/list-filters.ts';
import { chooseParams, useParams } from '#kit/navigation/route.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { ListBody, ListTotal } from '#kit/table/ListBody.tsx';
import { useList } from '#kit/table/useList.ts';
import { ROW_HEIGHT } from '#kit/table/useRowWindow.ts';
import { ActionBar } from './ActionBar.tsx';
import styles from './Contacts.module.css';
import { ContactsTable } from './ContactsTable.tsx';
import { Download } from './Download.tsx';
import { DropList } from './DropList.tsx';
import { Filters } from './Filters.tsx';
import { openIdsOf, page } from './pages.ts';
import { clearMarks, goTo, markAll, unmark } from './selection.ts';

/** All contacts, including those waiting: search, filters, and actions on one or many. */
export function ContactsScreen() {
  const { t } = useTranslation();
  const teller = useNotify();
  const params = useParams();
  const filters = useMemo(() => contactFiltersIn(params), [params]);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useList(page, filters, ROW_HEIGHT, scroller);
  const { refresh } = list;
  const work = useWork(
    useCallback(
      (settled) => {
        unmark(settled);
        refresh();
      },
      [refresh],
    ),
  );
  const shown = useRef(filters);
  useEffect(() => {
    shown.current = filters;
  }, [filters]);
  const markFound = useCallback(async () => {
    const ids = teller.valueIn(await openIdsOf(filters));
    if (ids && shown.current === filters) markAll(ids);
  }, [filters, teller]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the selection holds what is visible, so other filters clear it
  useEffect(() => {
    clearMarks();
    goTo(null);
  }, [filters]);
  return (
    <div className={styles.screen}>
      <Panel
        title={t('contacts.title')}
        aside={
          <span className={styles.aside}>
            <ListTotal total={list.total} count={(shown) => t('contacts.count', shown)} />
            <Download now={filters} />
          </span>
        }
        head={<Filters now={filters} />}
        foot={<ActionBar work={work} />}
        scroller={scroller}
        testId="contacts"
      >
        <ListBody
          list={list}
          isUnfiltered={JSON.stringify(filters) === JSON.stringify(noContactFilters)}
          empty={<Empty title={t('live.no_contacts')}>{t('live.no_contacts_text')}</Empty>}
          onClear={() => chooseParams({})}
          onRetry={list.refresh}
        >
          <ContactsTable list={list} onMarkAll={markFound} />
        </ListBody>
      </Panel>
      <DropList onDrop={(ids, operator_id) => void work.move(ids, operator_id)} />
    </div>
  );
}
