import { type Sentences, text } from '#kit/locale/told.ts';

export const presetSentences = {
  preset_saved({ before, after, t }) {
    if (!after) return t('audit.preset_removed', { name: text(before?.name) });
    return t(before ? 'audit.preset_changed' : 'audit.preset_saved', { name: text(after.name) });
  },
} satisfies Sentences;
