import type { TFunction } from 'i18next';
import { changedNames, type Fields, type Names, type Sentences, text } from '#kit/locale/told.ts';
import { type InactiveReason, inactiveReasons } from '#shared/contract/entities.ts';
import { atEnds, defaultHours, type OperatorHours } from '#shared/operator-hours.ts';

export const operatorSentences = {
  operator_saved({ operator, before, after, names, t, change: { data } }) {
    if (!before) return t('audit.operator_added', { name: text(after?.name), limit: text(after?.max_load) });
    const parts = [...operatorParts(before, after ?? {}, t), ...hoursParts(before, after ?? {}, names, t)];
    if (data.shift !== undefined) parts.push(t('audit.by_schedule'));
    return t('audit.operator', { name: operator, what: parts.join('; ') });
  },
} satisfies Sentences;

/** `on line`, or why an operator is not. */
export function activity(state: Fields, t: TFunction): string {
  if (state.is_active === true) return t('live.on');
  const reason: InactiveReason | undefined = inactiveReasons.find((name) => name === state.inactive_reason);
  return reason ? t(`inactive.${reason}`) : t('live.off');
}

function operatorParts(before: Fields, after: Fields, t: TFunction): string[] {
  const parts = changedNames(before, after, t);
  if (before.max_load !== after.max_load) parts.push(t('audit.limit', { before: text(before.max_load), after: text(after.max_load) }));
  const [had, has] = [before.tags, after.tags].map((tags) => (Array.isArray(tags) && tags.length > 0 ? tags.join(', ') : t('audit.no_tags')));
  if (had !== has) parts.push(t('audit.tags', { before: had, after: has }));
  const [was, is] = [activity(before, t), activity(after, t)];
  if (was !== is && after.is_archived !== true) parts.push(`${was} → ${is}`);
  return parts;
}

function hoursParts(before: Fields, after: Fields, names: Names, t: TFunction): string[] {
  const told: Readonly<Record<keyof OperatorHours, (value: unknown) => string>> = {
    schedule_id: (id) => (id === null ? t('audit.no_schedule') : `«${names.schedule(Number(id))}»`),
    shift_offset: text,
    time_zone: (zone) => (zone === null ? t('audit.zone_of_schedule') : text(zone)),
    start: (start) => t(`audit.starts.${start === 'check_in' ? 'check_in' : 'auto'}`),
    closing_seconds: (seconds) => t('audit.for_seconds', { n: seconds }),
    at_end: (what) => t(`audit.at_ends.${atEnds.find((one) => one === what) ?? 'keep'}`),
  };
  return Object.entries(defaultHours).flatMap(([key, usual]) => {
    const [was, is] = [before[key] ?? usual, after[key] ?? usual];
    const field = key as keyof OperatorHours; // a key of the same
    return was === is ? [] : t(`audit.hours.${field}`, { before: told[field](was), after: told[field](is) });
  });
}
