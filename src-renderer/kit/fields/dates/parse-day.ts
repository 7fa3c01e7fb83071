/** Parses days as people type them. Pure. */
import type { Language } from '#kit/locale/format.ts';

/** `unreadable`: not a date; `no_such_day`: a day that does not exist, such as 31 April. */
export type DayProblem = 'unreadable' | 'no_such_day';
export type ParsedDay = { readonly day: string; readonly problem?: undefined } | { readonly problem: DayProblem };

const BETWEEN = String.raw`\s*[-./,\s]\s*`;
const YEAR_FIRST = new RegExp(`^(?<year>\\d{4})${BETWEEN}(?<month>\\d{1,2})${BETWEEN}(?<day>\\d{1,2})$`);
const DAY_FIRST = new RegExp(`^(?<day>\\d{1,2})${BETWEEN}(?<month>\\d{1,2})(?:${BETWEEN}(?<year>\\d{4}|\\d\\d))?\\.?$`);
const MONTH_FIRST = /^(?<month>\d{1,2})\s*\/\s*(?<day>\d{1,2})(?:\s*\/\s*(?<year>\d{4}|\d\d))?$/;
const pad = (n: number): string => String(n).padStart(2, '0');

/**
 * Accepts `24.10.2026`, `24.10.26`, `24.10` (this year) and `2026-10-24` in both languages. With slashes the month comes first in English.
 * @param today `2026-11-22`
 * @returns the day as `2026-10-24`, of the years 2000 to 2099
 */
export function parseDay(text: string, language: Language, today: string): ParsedDay {
  const typed = text.trim();
  const found = (language === 'en' && MONTH_FIRST.exec(typed)) || YEAR_FIRST.exec(typed) || DAY_FIRST.exec(typed);
  if (!found?.groups) return { problem: 'unreadable' };
  const { year = today.slice(0, 4), month, day } = found.groups;
  const fullYear = year.length === 2 ? `20${year}` : year;
  if (!/^20\d\d$/.test(fullYear)) return { problem: 'unreadable' };
  const written = `${fullYear}-${pad(Number(month))}-${pad(Number(day))}`;
  const at = new Date(`${written}T00:00:00Z`);
  const isThere = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(written);
  return isThere ? { day: written } : { problem: 'no_such_day' };
}

export interface OpenPeriod {
  readonly from: string | null;
  readonly to: string | null;
}

/** Changes the first or last day of a period; when it would end before it begins, the other end moves along. */
export function withDay<P extends OpenPeriod>({ from, to }: P, change: Partial<OpenPeriod>): OpenPeriod {
  const next = { from, to, ...change };
  if (next.from === null || next.to === null || next.from <= next.to) return next;
  return change.from == null ? { from: next.to, to: next.to } : { from: next.from, to: next.from };
}
