import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { DateField } from '#kit/fields/dates/DateField.tsx';
import { type OpenPeriod, withDay } from '#kit/fields/dates/parse-day.ts';
import { daysOf, type Period } from '#kit/fields/dates/periods.ts';
import { useDay, useFormats } from '#kit/locale/locale.ts';
import { useCalmBoard } from '#link/board.ts';
import type { BoardOperator } from '#shared/board.ts';
import { NOBODY } from '#shared/contract/reports.ts';
import { type Filters as Asked, noFilters, type Shown, usualPeriods } from './address.ts';
import type { CellWriter } from './cells.ts';
import { PickMany } from './PickMany.tsx';
import styles from './Reports.module.css';
import { useTexts } from './texts.ts';

const upTo = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, i) => first + i);

interface FiltersProps {
  readonly now: Shown;
  readonly writer: CellWriter;
  readonly onChange: (change: Partial<Asked>) => void;
}

export function Filters({ now, writer, onChange }: FiltersProps) {
  const t = useTexts();
  const hours = useMemo(() => upTo(0, 23).map((value) => ({ value, label: writer.hour(value) })), [writer]);
  const weekdays = useMemo(() => upTo(1, 7).map((value) => ({ value, label: writer.weekday(value) })), [writer]);
  const { operators, teams, sources } = useThings(writer);
  const isFiltered = (Object.keys(noFilters) as (keyof Asked)[]).some((name) => name !== 'period' && String(now[name] ?? '') !== '');
  return (
    <search className={styles.filters}>
      <PeriodFilter period={now.period} onChange={(period) => onChange({ period })} />
      <PickMany label={t('hours')} choices={hours} picked={now.hours} columns={4} onPick={(picked) => onChange({ hours: picked })} />
      <PickMany label={t('weekdays')} choices={weekdays} picked={now.weekdays} onPick={(picked) => onChange({ weekdays: picked })} />
      <PickMany label={t('operators')} choices={operators} picked={now.operators} groups={teams} onPick={(picked) => onChange({ operators: picked })} />
      <PickMany label={t('sources')} choices={sources} picked={now.sources} onPick={(picked) => onChange({ sources: picked })} />
      {isFiltered && (
        <button type="button" className={styles.quiet} onClick={() => onChange({ ...noFilters, period: now.period })}>
          {t('reset')}
        </button>
      )}
    </search>
  );
}

/** Includes archived ones, since they have a history, too. */
function useThings(writer: CellWriter) {
  const t = useTexts();
  const { collator } = useFormats();
  const board = useCalmBoard();
  return useMemo(() => {
    const choices = (things: Readonly<Record<number, { id: number; name: string; is_archived: boolean }>>) =>
      Object.values(things)
        .sort((a, b) => Number(a.is_archived) - Number(b.is_archived) || collator.compare(a.name, b.name) || a.id - b.id)
        .map(({ id, name, is_archived }) => ({ value: id, label: is_archived ? `${name} (${t('archived')})` : name }));
    const all = teamsOf(board.operators).sort((a, b) => collator.compare(a.label, b.label));
    const teams = { label: t('teams'), all };
    return { teams, operators: [...choices(board.operators), { value: NOBODY, label: writer.nobody }], sources: choices(board.sources) };
  }, [board.operators, board.sources, collator, t, writer]);
}

function PeriodFilter({ period, onChange }: { period: Period; onChange: (period: Period) => void }) {
  const t = useTexts();
  const today = useDay();
  const days = daysOf(period, today);
  const set = (change: Partial<OpenPeriod>) => {
    const { from, to } = withDay(days, change);
    if (from !== null && to !== null) onChange({ from, to });
  };
  return (
    <span className={styles.period}>
      <Select
        className={styles.select ?? ''}
        aria-label={t('period')}
        allowDeselect={false}
        data={[...usualPeriods, 'own' as const].map((name) => ({ value: name as string, label: t(`periods.${name}`) }))}
        value={typeof period === 'string' ? period : 'own'}
        onChange={(value) => onChange(usualPeriods.find((name) => name === value) ?? days)}
      />
      <DateField label={t('from')} day={days.from} required onChange={(from) => set({ from })} />
      <span aria-hidden="true">–</span>
      <DateField label={t('to')} day={days.to} required onChange={(to) => set({ to })} />
    </span>
  );
}

/** Those who have a tag in common, archived ones excluded: they have left the team. Letter case tells no tags apart. */
function teamsOf(operators: Readonly<Record<number, BoardOperator>>): { label: string; values: number[] }[] {
  const teams = new Map<string, { label: string; values: number[] }>();
  for (const { id, tags, is_archived } of Object.values(operators)) {
    if (is_archived) continue;
    for (const tag of tags) {
      const team = teams.get(tag.toLowerCase()) ?? { label: tag, values: [] };
      team.values.push(id);
      teams.set(tag.toLowerCase(), team);
    }
  }
  return [...teams.values()];
}
