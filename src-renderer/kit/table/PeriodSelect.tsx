import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateField } from '#kit/fields/dates/DateField.tsx';
import { type OpenPeriod, withDay } from '#kit/fields/dates/parse-day.ts';
import { daysOf, type UsualPeriod } from '#kit/fields/dates/periods.ts';
import { useDay } from '#kit/locale/locale.ts';
import styles from './ListFilters.module.css';
import { goToList } from './to-list.ts';

const usualPeriods = ['today', 'yesterday', 'days_7', 'days_30'] as const satisfies readonly UsualPeriod[];

/** The day that a date field shows for a day or a moment. */
const dayIn = (time: string | null): string | null => time?.slice(0, 10) ?? null;

/** Selects a period of whole days: a preset or a custom one. */
export function PeriodSelect({ period, onChange }: { period: OpenPeriod; onChange: (period: OpenPeriod) => void }) {
  const { t } = useTranslation();
  const today = useDay();
  const [isOpen, setOpen] = useState(false);
  const isAny = period.from === null && period.to === null;
  const usual = usualPeriods.find((name) => {
    const { from, to } = daysOf(name, today);
    return from === period.from && to === period.to;
  });
  const isOwn = isOpen || (!isAny && !usual);
  return (
    <>
      <Select
        className={styles.select ?? ''}
        aria-label={t('lists.period')}
        placeholder={t('lists.any_period')}
        clearable
        clearButtonProps={{ 'aria-label': t('lists.any_period') }}
        data={[...usualPeriods.map((name) => ({ value: name as string, label: t(`lists.periods.${name}`) })), { value: 'own', label: t('lists.periods.own') }]}
        value={isOwn ? 'own' : (usual ?? null)}
        onChange={(value) => {
          setOpen(value === 'own');
          const chosen = usualPeriods.find((name) => name === value);
          if (chosen) onChange(daysOf(chosen, today));
          else if (value === null) onChange({ from: null, to: null });
          if (value !== 'own') goToList();
        }}
      />
      {isOwn && (
        <span className={styles.dates}>
          <DateField label={t('lists.from')} day={dayIn(period.from)} onChange={(from) => onChange(withDay(period, { from }))} />
          –
          <DateField label={t('lists.to')} day={dayIn(period.to)} onChange={(to) => onChange(withDay(period, { to }))} />
        </span>
      )}
    </>
  );
}
