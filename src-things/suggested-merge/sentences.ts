import { mergedLeads, type Sentences } from '#kit/locale/told.ts';

export const suggestedMergeSentences = {
  suggested_merge_dismissed: (told) => told.t('audit.merge_dismissed', mergedLeads(told)),
  suggested_merge_reopened: (told) => told.t('audit.merge_reopened', mergedLeads(told)),
} satisfies Sentences;
