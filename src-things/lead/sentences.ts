import { type Sentences, text } from '#kit/locale/told.ts';

export const leadSentences = {
  lead_pinned: ({ change: { data }, operator, after, t }) =>
    after?.pinned_operator_id == null ? t('audit.unpinned', { lead: text(data.lead_id) }) : t('audit.pinned', { lead: text(data.lead_id), name: operator }),
} satisfies Sentences;
