/** Formats the cells of a report. Headings and words are those of exported files, from `report-texts.ts`. */
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateOf, formatDuration, formatHandle, formatNumber, type Language } from '#kit/locale/format.ts';
import { useDay, useLanguage } from '#kit/locale/locale.ts';
import type { Cell, Column, ColumnKey, Grouping } from '#shared/contract/reports.ts';
import { reportTexts } from '#shared/report-texts.ts';
import { DAY_MS } from '#shared/time.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const formats = (language: Language) => ({
  number: new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'negative' }),
  small: new Intl.NumberFormat(language, { maximumSignificantDigits: 2 }),
  share: new Intl.NumberFormat(language, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  roundShare: new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }),
  day: new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', weekday: 'short', timeZone: 'UTC' }),
  dayOfOtherYear: new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', weekday: 'short', year: 'numeric', timeZone: 'UTC' }),
  dayOfYear: new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
  week: new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' }),
  month: new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
});

export interface CellWriter {
  readonly language: Language;
  readonly heading: (key: ColumnKey) => string;
  readonly cell: (value: Cell, column: Column) => string;
  /** days as `2026-11-22`, both included */
  readonly days: (from: string, to: string) => string;
  readonly weekday: (weekday: number) => string;
  readonly hour: (hour: number) => string;
  /** between two moments of a day, with the UTC offset, since one hour occurs twice on a night in autumn */
  readonly between: (since: number, until: number) => string;
  /** a round duration in its largest unit: `5 мин` */
  readonly roundTime: (ms: number) => string;
  readonly count: (count: number) => string;
  /** a share of 1 for an axis: `80 %` */
  readonly share: (share: number) => string;
  readonly grouping: (grouping: Grouping) => string;
  readonly total: string;
  readonly nobody: string;
}

/**
 * @param zone IANA time zone of the moments
 * @param today from the board: days of the same year are written without the year
 */
function writerOf(language: Language, t: TFunction, zone: string | undefined, today: string): CellWriter {
  const texts = reportTexts[language];
  const { number, small, share, roundShare, day, dayOfOtherYear, dayOfYear, week, month } = formats(language);
  const minute = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(zone && { timeZone: zone }) });
  const offset = new Intl.DateTimeFormat(language, { timeZoneName: 'shortOffset', ...(zone && { timeZone: zone }) });
  const offsetAt = (at: number) => offset.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const hour = (value: number) => `${String(value).padStart(2, '0')}:00`;
  const weekday = (value: number) => texts.weekdays[(value - 1) as 0] ?? '';
  const days = (value: string, key: ColumnKey): string => {
    const at = Date.parse(value);
    const isThisYear = value.startsWith(today.slice(0, 4));
    if (key === 'week') return (isThisYear ? week : dayOfYear).formatRange(at, at + 6 * DAY_MS);
    if (key === 'month') return month.format(at);
    return (isThisYear ? day : dayOfOtherYear).format(at);
  };
  const text = (value: string, key: ColumnKey): string => (key === 'phone' ? formatHandle(value) : key === 'tag' && value === '' ? texts.no_tags : value);
  const code = (value: string): string =>
    (texts.status as Readonly<Record<string, string>>)[value] ?? (texts.verdict as Readonly<Record<string, string>>)[value] ?? value;
  const roundTime = (ms: number): string => {
    if (ms < MINUTE) return t('units.seconds', { n: ms / SECOND });
    return ms < HOUR ? t('units.minutes', { n: ms / MINUTE }) : t('units.whole_hours', { h: ms / HOUR });
  };
  /** The first class is "at once"; the next begins right after it. */
  const bound = (ms: number, key: 'wait_from' | 'wait_to'): string => (ms >= SECOND ? roundTime(ms) : ms > 0 && key === 'wait_from' ? '> 0' : '0');
  const written = (value: string | number, { key, type }: Column): string => {
    switch (type) {
      case 'day':
        return days(String(value), key);
      case 'code':
        return code(String(value));
      case 'text':
        return text(String(value), key);
      case 'id':
        return String(value);
      case 'integer':
        return formatNumber(Number(value), language);
      case 'number':
        return value === 0 ? '0' : (key === 'p_value' ? small : number).format(Number(value));
      case 'share':
        return (value === 0 || value === 1 ? roundShare : share).format(Number(value)); // aligns decimal points in a column
      case 'duration':
        if (key === 'wait_from' || key === 'wait_to') return bound(Number(value), key);
        return value === 0 ? '0' : Number(value) < SECOND ? `< ${formatDuration(SECOND, t)}` : formatDuration(Number(value), t);
      case 'time':
        return `${formatDateOf(Number(value), today, language, zone)}, ${minute.format(Number(value))}`;
      case 'hour':
        return hour(Number(value));
      case 'weekday':
        return weekday(Number(value));
    }
  };
  return {
    language,
    heading: (key) => texts.columns[key].replace(' %', '\u00a0%'),
    cell: (value, column) => {
      if (value !== null) return written(value, column);
      return column.key === 'operator' || column.key === 'tag' || column.key === 'source' ? texts.nobody : '–';
    },
    days: (from, to) => dayOfYear.formatRange(Date.parse(from), Date.parse(to)),
    weekday,
    hour,
    between: (since, until) => `${minute.format(since)}–${minute.format(until - 1)} (${offsetAt(since)})`,
    roundTime,
    count: (value) => formatNumber(value, language),
    share: (value) => roundShare.format(value),
    grouping: (name) => texts.groupings[name],
    total: texts.total,
    nobody: texts.nobody,
  };
}

/** Formats cells in the reader's language and the report's time zone. */
export function useWriter(zone: string | undefined): CellWriter {
  const { t } = useTranslation();
  const language = useLanguage();
  const today = useDay();
  return useMemo(() => writerOf(language, t, zone, today), [language, t, zone, today]);
}
