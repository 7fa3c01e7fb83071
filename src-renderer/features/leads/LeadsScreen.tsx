import { memo, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '#kit/layout/Empty.tsx';
import { Panel } from '#kit/layout/Panel.tsx';
import { SkeletonRows } from '#kit/layout/Skeleton.tsx';
import { type LeadFilters, leadFiltersIn, leadParams, noLeadFilters } from '#kit/navigation/list-filters.ts';
import { chooseParams, setParams, useParams } from '#kit/navigation/route.ts';
import { OperatorFilter, OrderButton } from '#kit/table/ChoiceFilters.tsx';
import { GapRow } from '#kit/table/GapRow.tsx';
import { ListBody, ListTotal } from '#kit/table/ListBody.tsx';
import bar from '#kit/table/ListFilters.module.css';
import { PeriodSelect } from '#kit/table/PeriodSelect.tsx';
import { SearchField } from '#kit/table/SearchField.tsx';
import table from '#kit/table/table.module.css';
import { type ShownList, useList } from '#kit/table/useList.ts';
import { ROW_HEIGHT } from '#kit/table/useRowWindow.ts';
import { ask } from '#link/attempt.ts';
import { client } from '#link/client.ts';
import type { PageOf } from '#link/list.ts';
import type { LeadItem } from '#shared/contract/lists.ts';
import { LeadRow } from './LeadRow.tsx';
import styles from './Leads.module.css';
import { SuggestedPanel } from './SuggestedMerges.tsx';

const page = (query: PageOf<LeadFilters>) => ask((signal) => client.listLeads.query(query, { signal }));

/** All leads, searchable by everything known about them. */
export function LeadsScreen() {
  const { t } = useTranslation();
  const params = useParams();
  const filters = useMemo(() => leadFiltersIn(params), [params]);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useList(page, filters, ROW_HEIGHT, scroller);
  return (
    <div className={styles.screen}>
      <SuggestedPanel />
      <Panel
        title={t('leads.title')}
        aside={<ListTotal total={list.total} count={(shown) => t('leads.count', shown)} />}
        head={<Filters now={filters} />}
        scroller={scroller}
        testId="leads"
      >
        <ListBody
          list={list}
          isUnfiltered={JSON.stringify(filters) === JSON.stringify(noLeadFilters)}
          empty={<Empty title={t('leads.empty')}>{t('leads.empty_text')}</Empty>}
          onClear={() => chooseParams({})}
          onRetry={list.refresh}
        >
          <LeadsTable list={list} />
        </ListBody>
      </Panel>
    </div>
  );
}

/** Not rendered again while the list scrolls. */
const Filters = memo(function Filters({ now }: { now: LeadFilters }) {
  const { t } = useTranslation();
  const search = (text: string) => setParams(leadParams({ ...now, text }));
  const set = (change: Partial<LeadFilters>) => chooseParams(leadParams({ ...now, ...change }));
  return (
    <search className={bar.bar}>
      <SearchField value={now.text} label={t('leads.search')} placeholder={t('leads.search_hint')} onChange={search} />
      <OperatorFilter value={now.operator_id} onChange={(operator_id) => set({ operator_id })} />
      <PeriodSelect period={now} onChange={set} />
      <OrderButton order={now.order} onChange={(order) => set({ order })} />
    </search>
  );
});

const columns = ['name', 'phone', 'email', 'external_id', 'contacts', 'last', 'operator', 'first', 'open'] as const;

function LeadsTable({ list: { items, rows } }: { list: ShownList<LeadItem> }) {
  const { t } = useTranslation();
  return (
    <table className={table.table}>
      <colgroup>
        {columns.map((name) => (
          <col key={name} className={styles[`col-${name}`]} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t('leads.name')}</th>
          <th scope="col">{t('leads.kind.phone')}</th>
          <th scope="col">{t('leads.kind.email')}</th>
          <th scope="col">{t('leads.kind.external_id')}</th>
          <th scope="col" className={table.number}>
            {t('leads.contacts')}
          </th>
          <th scope="col" className={styles.last}>
            {t('leads.last')}
          </th>
          <th scope="col">{t('live.operator')}</th>
          <th scope="col" className={styles.first}>
            {t('leads.first')}
          </th>
          <th scope="col">
            <span className="sr-only">{t('leads.card')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.length === 0 && <SkeletonRows columns={columns.length} />}
        <GapRow height={rows.above} />
        {items.slice(rows.start, rows.end).map((item) => (
          <LeadRow key={item.id} item={item} />
        ))}
        <GapRow height={rows.below} />
      </tbody>
    </table>
  );
}
