import { shiftText } from '#kit/board/schedule-text.ts';
import { fields, type Sentences } from '#kit/locale/told.ts';
import type { OwnShift } from '#shared/operator-hours.ts';

/** Dates that a sentence names; the others are counted. */
const DATES_TOLD = 7;

export const shiftsSentences = {
  shifts_saved({ operator, after, t }) {
    const dates = Object.entries(fields(after));
    const told = dates.slice(0, DATES_TOLD).map(([date, shift]) => `${date}: ${shift === null ? t('audit.by_schedule') : shiftText(shift as OwnShift, t)}`);
    const more = dates.length > DATES_TOLD ? ` ${t('audit.more', { count: dates.length - DATES_TOLD })}` : '';
    return t('audit.operator', { name: operator, what: told.join('; ') + more });
  },
} satisfies Sentences;
