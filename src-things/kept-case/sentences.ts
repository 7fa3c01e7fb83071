import { caseText } from '#kit/board/case-text.ts';
import type { Sentences } from '#kit/locale/told.ts';
import type { KeptCase } from '#shared/distribution/kept-case.ts';

export const keptCaseSentences = {
  kept_case_saved({ source, before, after, names, t }) {
    const [was, is] = [before, after].map((kept) => (kept ? caseText(kept as unknown as KeptCase, names.operator, t) : '')); // as the thing writes it
    if (!after) return t('audit.case_removed', { source, what: was });
    return before ? t('audit.case_changed', { source, before: was, after: is }) : t('audit.case_kept', { source, what: is });
  },
} satisfies Sentences;
