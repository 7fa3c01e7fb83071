import { Select } from '@mantine/core';
import { memo } from 'react';
import { Tabs } from '#kit/layout/Tabs.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import { type ContactFilters, contactParams, statusFilters } from '#kit/navigation/list-filters.ts';
import { chooseParams, hashOf, setParams } from '#kit/navigation/route.ts';
import { OperatorFilter, OrderButton, SourceFilter } from '#kit/table/ChoiceFilters.tsx';
import filters from '#kit/table/ListFilters.module.css';
import { PeriodSelect } from '#kit/table/PeriodSelect.tsx';
import { SearchField } from '#kit/table/SearchField.tsx';
import { goToList } from '#kit/table/to-list.ts';
import { useBoard } from '#link/board.ts';

const periodsOf = ['created', 'assigned'] as const;

const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0);

/** Not rendered again while the list scrolls. */
export const Filters = memo(function Filters({ now }: { now: ContactFilters }) {
  const { t, number } = useFormats();
  const waiting = useBoard((board) => sum(Object.values(board.waiting)));
  const assigned = useBoard((board) => sum(Object.values(board.operators).map(({ held }) => held)));
  const counts = { waiting, assigned, open: waiting + assigned, closed: null };
  const search = (text: string) => setParams(contactParams({ ...now, text }));
  const set = (change: Partial<ContactFilters>) => chooseParams(contactParams({ ...now, ...change }));
  const isPeriod = now.from !== null || now.to !== null;
  const { order: _, ...others } = now; // each status has its own order
  const tab = (status: ContactFilters['status'], count: number | null) => ({
    key: status ?? 'all',
    href: hashOf('contacts', contactParams({ ...others, status })),
    label: (
      <>
        {t(`contacts.filter.${status ?? 'all'}`)}
        {count !== null && <span>{number(count)}</span>}
      </>
    ),
    isCurrent: now.status === status,
  });
  return (
    <search className={filters.bar}>
      <SearchField value={now.text} label={t('contacts.search')} placeholder={t('contacts.search_hint')} onChange={search} />
      <Tabs label={t('contacts.state_title')} tabs={[tab(null, null), ...statusFilters.map((status) => tab(status, counts[status]))]} />
      <div className={filters.choices}>
        <OperatorFilter value={now.operator_id} onChange={(operator_id) => set({ operator_id })} />
        <SourceFilter value={now.source_id} onChange={(source_id) => set({ source_id })} />
        <PeriodSelect period={now} onChange={set} />
        {isPeriod && (
          <Select
            className={filters.select ?? ''}
            aria-label={t('contacts.period_of_label')}
            allowDeselect={false}
            data={periodsOf.map((value) => ({ value, label: t(`contacts.period_of.${value}`) }))}
            value={now.period_of}
            onChange={(value) => {
              set({ period_of: value === 'assigned' ? value : 'created' });
              goToList();
            }}
          />
        )}
        <OrderButton order={now.order} onChange={(order) => set({ order })} />
      </div>
    </search>
  );
});
