import type { i18n } from 'i18next';
import type { Language } from './format.ts';

export const KEPT_AS = 'switchyard.language';

/** The reader's choice: kept for the next time. */
export function chooseLanguage(languages: i18n, language: Language): void {
  localStorage.setItem(KEPT_AS, language);
  void languages.changeLanguage(language);
}
