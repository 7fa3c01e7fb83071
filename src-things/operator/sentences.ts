import type { TFunction } from 'i18next';
import { changedNames, type Fields, type Sentences, text } from '#kit/locale/told.ts';
import { type InactiveReason, inactiveReasons } from '#shared/contract/entities.ts';

export const operatorSentences = {
  operator_saved({ operator, before, after, t }) {
    if (!before) return t('audit.operator_added', { name: text(after?.name), limit: text(after?.max_load) });
    return t('audit.operator', { name: operator, what: operatorParts(before, after ?? {}, t).join('; ') });
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
