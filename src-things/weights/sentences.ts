import type { TFunction } from 'i18next';
import { type Sentences, text } from '#kit/locale/told.ts';

const weight = (value: unknown, t: TFunction): string => (value === null || value === undefined ? t('audit.no_pair') : text(value));

export const weightSentences = {
  competence_saved: ({ change: { data }, source, operator, t }) =>
    t('audit.weight', { source, operator, before: weight(data.before, t), after: weight(data.after, t) }),
  competences_replaced({ change: { data }, source, before, after, names, most, t }) {
    const keys = Object.keys(after ?? {}).slice(0, most);
    const told = keys.map((key) => `${names.operator(Number(key))} ${weight(before?.[key], t)} → ${weight(after?.[key], t)}`);
    const count = Number(data.weights);
    const more = count > keys.length ? ` ${t('audit.more', { count: count - keys.length })}` : '';
    return t('audit.weights', { source, count, what: told.join(', ') + more });
  },
} satisfies Sentences;
