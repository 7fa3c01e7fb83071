import { Button, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '#kit/locale/locale.ts';
import { setParams } from '#kit/navigation/route.ts';
import list from '#kit/table/ListFilters.module.css';
import { PeriodSelect } from '#kit/table/PeriodSelect.tsx';
import { useBoard } from '#link/board.ts';
import { auditActor } from '#shared/contract/audit.ts';
import { topics } from '#shared/effects/effects.ts';
import { type AuditFilters, paramsOf } from './filters.ts';

const noFilters: AuditFilters = { topic: null, actor: null, operator_id: null, source_id: null, from: null, to: null };

export function Filters({ filters }: { filters: AuditFilters }) {
  const { t } = useTranslation();
  const { collator } = useFormats();
  const operators = useBoard((board) => board.operators);
  const sources = useBoard((board) => board.sources);
  const set = (change: Partial<AuditFilters>) => setParams(paramsOf({ ...filters, ...change }));
  const named = (all: Readonly<Record<number, { readonly id: number; readonly name: string }>>) =>
    Object.values(all)
      .map(({ id, name }) => ({ value: String(id), label: name }))
      .sort((a, b) => collator.compare(a.label, b.label));
  const common = { clearable: true, comboboxProps: { transitionProps: { duration: 0 } }, clearButtonProps: { 'aria-label': t('audit.clear') } } as const;
  const isFiltered = Object.values(filters).some((value) => value !== null);
  return (
    <div className={list.bar}>
      <Select
        {...common}
        className={list.select ?? ''}
        aria-label={t('audit.topic')}
        placeholder={t('audit.topic')}
        data={topics.map((topic) => ({ value: topic, label: t(`audit.topics.${topic}`) }))}
        value={filters.topic}
        onChange={(value) => set({ topic: topics.find((name) => name === value) ?? null })}
      />
      <Select
        {...common}
        className={list.select ?? ''}
        aria-label={t('audit.actor')}
        placeholder={t('audit.actor')}
        data={auditActor.options.map((actor) => ({ value: actor, label: t(`audit.actors.${actor}`) }))}
        value={filters.actor}
        onChange={(value) => set({ actor: auditActor.options.find((name) => name === value) ?? null })}
      />
      <Select
        {...common}
        searchable
        className={list.select ?? ''}
        aria-label={t('audit.of_operator')}
        placeholder={t('audit.of_operator')}
        nothingFoundMessage={t('audit.nobody_found')}
        data={named(operators)}
        value={filters.operator_id === null ? null : String(filters.operator_id)}
        onChange={(value) => set({ operator_id: value === null ? null : Number(value) })}
      />
      <Select
        {...common}
        searchable
        className={list.select ?? ''}
        aria-label={t('audit.of_source')}
        placeholder={t('audit.of_source')}
        nothingFoundMessage={t('audit.nobody_found')}
        data={named(sources)}
        value={filters.source_id === null ? null : String(filters.source_id)}
        onChange={(value) => set({ source_id: value === null ? null : Number(value) })}
      />
      <PeriodSelect period={filters} onChange={set} />
      {isFiltered && (
        <Button variant="subtle" onClick={() => setParams(paramsOf(noFilters))}>
          {t('audit.show_all')}
        </Button>
      )}
    </div>
  );
}
