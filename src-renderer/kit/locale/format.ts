/** Formats numbers and times for the reader. Words come from the language files through `t`. */
import type { TFunction } from 'i18next';

export type Language = 'ru' | 'en';

const cached = <K extends unknown[], T>(make: (...key: K) => T) => {
  const made = new Map<string, T>();
  return (...key: K): T => {
    const name = key.join('|');
    let value = made.get(name);
    if (value === undefined) {
      value = make(...key);
      made.set(name, value);
    }
    return value;
  };
};

const numbers = cached((language: Language) => new Intl.NumberFormat(language));
const percents = cached((language: Language, digits: 0 | 1) => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits }));
const sizes = cached(
  (language: Language, unit: string) => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumSignificantDigits: 3 }),
);
const clocks = cached(
  (language: Language, timeZone: string) =>
    new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', ...(timeZone ? { timeZone } : {}) }),
);
const dates = cached(
  (language: Language, timeZone: string) => new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', ...(timeZone ? { timeZone } : {}) }),
);
const shortDates = cached(
  (language: Language, timeZone: string) =>
    new Intl.DateTimeFormat(language, { day: '2-digit', month: '2-digit', year: '2-digit', ...(timeZone ? { timeZone } : {}) }),
);
const days = cached(
  (timeZone: string) => new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', ...(timeZone ? { timeZone } : {}) }),
);
const fullDays = cached((language: Language) => new Intl.DateTimeFormat(language, { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: 'UTC' }));
/** Sorts names; numbers in them by value. */
export const collatorOf = cached((language: Language) => new Intl.Collator(language, { numeric: true, sensitivity: 'base' }));

export const formatNumber = (value: number, language: Language): string => numbers(language).format(value);

/** Formats a share of 1 as a percentage; above 0 it never shows 0, below 1 never 100. Below 10 % it has a decimal: forty shares of 2.5 % rounded to 3 % would add up to 120 %. */
export function formatPercent(share: number, language: Language): string {
  if (share > 0 && share < 0.001) return `< ${percents(language, 1).format(0.001)}`;
  if (share > 0 && share < 0.0995) return percents(language, 1).format(share);
  if (share < 1 && share > 0.99) return `> ${percents(language, 0).format(0.99)}`;
  return percents(language, 0).format(share);
}

const SIZE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Bytes as a person reads them: `340 кБ`, `1,2 МБ`. A kilobyte has 1000 bytes. */
export function formatSize(bytes: number, language: Language): string {
  const power = Math.min(SIZE_UNITS.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return sizes(language, SIZE_UNITS[power] ?? 'byte').format(bytes / 1000 ** power);
}

/** `09:15:02` in the workspace's time zone. */
export const formatClock = (at: number, language: Language, timeZone: string | undefined): string => clocks(language, timeZone ?? '').format(at);

/** `22 нояб.` */
export const formatDate = (at: number, language: Language, timeZone: string | undefined): string => dates(language, timeZone ?? '').format(at);

/** `2026-10-24` as `24.10.2026`, for a field. */
export const formatDay = (day: string, language: Language): string => fullDays(language).format(Date.parse(day));

/** `2026-11-22`: the day of `at` in that zone, as the board writes it. */
export const dayOf = (at: number, timeZone: string | undefined): string => days(timeZone ?? '').format(at);

/** `22 нояб.`, or `22.11.25` when that was not in the year of `today`, a day as the board writes it. */
export function formatDateOf(at: number, today: string, language: Language, timeZone: string | undefined): string {
  const isThisYear = dayOf(at, timeZone).slice(0, 4) === today.slice(0, 4);
  return isThisYear ? formatDate(at, language, timeZone) : shortDates(language, timeZone ?? '').format(at);
}

/** The time, and the date before it when it was not on the day of `now`. */
export function formatMoment(at: number, now: number, language: Language, timeZone: string | undefined): string {
  const clock = formatClock(at, language, timeZone);
  const today = dayOf(now, timeZone);
  return dayOf(at, timeZone) === today ? clock : `${formatDateOf(at, today, language, timeZone)}, ${clock}`;
}

/** Formats a phone as people read it; anything else as it is. Only Russian numbers have a format here; an extension follows a `#`. */
export const formatHandle = (handle: string): string =>
  handle.replace(/^\+7(\d{3})(\d{3})(\d{2})(\d{2})(?=$|;)/, '+7 $1 $2-$3-$4').replace(/(?<=^\+[\d -]+);ext=(\d+)$/, ' #$1');

const pad = (n: number) => String(n).padStart(2, '0');

/** How long something lasts, to the second while that matters: `12 с`, `02:17`, `3 ч 10 мин`, `2 д 3 ч`, `20 д`. */
export function formatDuration(ms: number, t: TFunction): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return t('units.seconds', { n: seconds });
  if (minutes < 60) return `${pad(minutes)}:${pad(seconds % 60)}`;
  return longer(minutes, t);
}

/** How long ago something was, as roughly as it is read: `12 с`, `2 мин`, `3 ч 10 мин`, `2 д 3 ч`. */
export function formatAgo(ms: number, t: TFunction): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return t('units.seconds', { n: seconds });
  if (minutes < 60) return t('units.minutes', { n: minutes });
  return longer(minutes, t);
}

function longer(minutes: number, t: TFunction): string {
  const hours = Math.floor(minutes / 60);
  const [h, m] = [hours % 24, minutes % 60];
  if (hours < 24) return m === 0 ? t('units.whole_hours', { h }) : t('units.hours', { h, m });
  const d = Math.floor(hours / 24);
  return h === 0 ? t('units.whole_days', { d }) : t('units.days', { d, h });
}
