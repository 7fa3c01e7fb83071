import { memo } from 'react';
import { Tabs } from '#kit/layout/Tabs.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import { hashOf, setParams } from '#kit/navigation/route.ts';
import bar from '#kit/table/ListFilters.module.css';
import { SearchField } from '#kit/table/SearchField.tsx';
import { type OperatorState, operatorStates } from './shown.ts';

interface OperatorFiltersProps {
  readonly state: OperatorState;
  readonly text: string;
  readonly counts: Readonly<Record<OperatorState, number>>;
}

/** Filters of the operator list, as encoded in the address. */
export const OperatorFilters = memo(function OperatorFilters({ state, text, counts }: OperatorFiltersProps) {
  const { t, number } = useFormats();
  const params = (now: OperatorState, q: string) => ({ state: now === 'all' ? null : now, q });
  return (
    <search className={bar.bar}>
      <SearchField value={text} label={t('operators.search')} placeholder={t('operators.search_hint')} onChange={(q) => setParams(params(state, q))} />
      <Tabs
        label={t('operators.filter_title')}
        tabs={operatorStates.map((one) => ({
          key: one,
          href: hashOf('operators', params(one, text)),
          label: (
            <>
              {t(`operators.filter.${one}`)} <span>{number(counts[one])}</span>
            </>
          ),
          isCurrent: one === state,
        }))}
      />
    </search>
  );
});
