import type { i18n } from 'i18next';
import { saveDesktop } from '../link/desktop.ts';
import type { Language } from './format.ts';

export const KEPT_AS = 'switchyard.language';
/** In the address of a page that is opened to be printed: in which language. Such a page shows all that belongs on paper. */
export const PRINTED = 'print';

/** What `PRINTED` says; null: the page is there to be looked at. */
export const printedIn = (): string | null => new URLSearchParams(location.hash.split('?')[1]).get(PRINTED);

/** The reader's choice: kept for the next time. In the desktop's window it is the choice for menu, tray and notifications, too. */
export function chooseLanguage(languages: i18n, language: Language): void {
  localStorage.setItem(KEPT_AS, language);
  void languages.changeLanguage(language);
  if (window.switchyard) void saveDesktop({ language });
}
