import type { TFunction } from 'i18next';
import { changedNames, type Fields, fields, type Sentences, text } from '#kit/locale/told.ts';

export const sourceSentences = {
  source_saved({ source, before, after, t }) {
    if (!before) return t('audit.source_added', { name: text(after?.name) });
    return t('audit.source', { name: source, what: sourceParts(before, after ?? {}, t).join('; ') });
  },
  source_keys_changed: ({ change: { data }, source, t }) =>
    data.revoked === undefined ? t('audit.key_added', { name: source, hint: text(data.hint) }) : t('audit.key_revoked', { name: source }),
} satisfies Sentences;

function sourceParts(before: Fields, after: Fields, t: TFunction): string[] {
  const parts = changedNames(before, after, t);
  const [were, are] = [before.external_ids, after.external_ids].map((ids) => (ids === 'own' || ids === 'shared' ? t(`sources.ids.${ids}`) : null));
  if (were && are && were !== are) parts.push(t('audit.external_ids', { before: were, after: are }));
  const [was, is] = [fields(before.settings), fields(after.settings)];
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)]))
    if (JSON.stringify(was[key]) !== JSON.stringify(is[key]))
      parts.push(`${key}: ${text(was[key] ?? t('settings.none'))} → ${text(is[key] ?? t('settings.none'))}`);
  return parts;
}
