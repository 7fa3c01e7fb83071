import type { i18n } from 'i18next';
import { saveDesktop } from '#link/desktop.ts';
import type { Language } from './format.ts';

export const KEPT_AS = 'switchyard.language';
/** Address parameter of a page opened for printing: its language. Such a page shows everything that belongs on paper. */
export const PRINTED = 'print';

/** Value of `PRINTED`; null: the page is for the screen. */
export const printedIn = (): string | null => new URLSearchParams(location.hash.split('?')[1]).get(PRINTED);

/** Saves the reader's language. In the desktop window it also applies to menu, tray and notifications. */
export function chooseLanguage(languages: i18n, language: Language): void {
  localStorage.setItem(KEPT_AS, language);
  void languages.changeLanguage(language);
  if (window.switchyard) void saveDesktop({ language });
}
