import type { TFunction } from 'i18next';
import { patternText } from '#kit/board/schedule-text.ts';
import { type Fields, type Sentences, text } from '#kit/locale/told.ts';
import type { Schedule } from '#shared/schedule.ts';

export const workScheduleSentences = {
  work_schedule_saved({ before, after, t }) {
    if (!after) return t('audit.work_schedule_removed', { name: text(before?.name) });
    const name = text(after.name);
    if (!before) return t('audit.work_schedule_added', { name, what: pattern(after, t) });
    return t('audit.work_schedule', { name, what: parts(before, after, t).join('; ') });
  },
} satisfies Sentences;

const pattern = ({ days }: Fields, t: TFunction): string => patternText(days as Schedule['days'], t); // as the thing writes it

function parts(before: Fields, after: Fields, t: TFunction): string[] {
  const differs = (field: keyof Schedule) => JSON.stringify(before[field]) !== JSON.stringify(after[field]);
  const told: string[] = [];
  if (differs('name')) told.push(t('audit.renamed', { before: text(before.name), after: text(after.name) }));
  if (differs('time_zone')) told.push(t('audit.zone', { before: text(before.time_zone), after: text(after.time_zone) }));
  if (differs('anchor_date')) told.push(t('audit.anchor', { before: text(before.anchor_date), after: text(after.anchor_date) }));
  if (differs('days')) told.push(t('audit.pattern', { before: pattern(before, t), after: pattern(after, t) }));
  if (differs('exceptions')) {
    const dates = ({ exceptions }: Fields) => (exceptions as Schedule['exceptions']).map((one) => JSON.stringify(one)); // as the thing writes it
    const [had, has] = [new Set(dates(before)), dates(after)];
    const changed = has.filter((one) => !had.has(one)).map((one) => (JSON.parse(one) as Schedule['exceptions'][number]).date);
    told.push(changed.length > 0 ? t('audit.exceptions', { dates: changed.join(', ') }) : t('audit.exceptions_removed'));
  }
  return told;
}
