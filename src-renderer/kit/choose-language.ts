import type { i18n } from 'i18next';
import { saveDesktop } from '../link/desktop.ts';
import type { Language } from './format.ts';

export const KEPT_AS = 'switchyard.language';

/** The reader's choice: kept for the next time. In the desktop's window it is the choice for menu, tray and notifications, too. */
export function chooseLanguage(languages: i18n, language: Language): void {
  localStorage.setItem(KEPT_AS, language);
  void languages.changeLanguage(language);
  if (window.switchyard) void saveDesktop({ language });
}
