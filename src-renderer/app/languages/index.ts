/** The languages of the console. All its texts are in the two files beside this one. */

import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type reports from '#features/reports/texts/ru.json';
import { KEPT_AS, printedIn } from '#kit/locale/choose-language.ts';
import type { Language } from '#kit/locale/format.ts';
import en from './en.json' with { type: 'json' };
import ru from './ru.json' with { type: 'json' };

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof ru; reports: typeof reports };
  }
}

const isLanguage = (value: unknown): value is Language => value === 'ru' || value === 'en';

function chosen(): Language | null {
  const kept = printedIn() ?? localStorage.getItem(KEPT_AS);
  return isLanguage(kept) ? kept : null;
}

/** The first of the browser's languages with texts; English if there is none. */
const ofBrowser = (): Language => navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en';

export const languages: i18n = createInstance();
languages.on('languageChanged', (language) => {
  document.documentElement.lang = language;
});

/** Loads the chosen language, else the browser's, else Russian. */
export async function startLanguages(): Promise<void> {
  await languages.use(initReactI18next).init({
    lng: chosen() ?? ofBrowser(),
    fallbackLng: 'ru',
    resources: { ru: { translation: ru }, en: { translation: en } },
    interpolation: { escapeValue: false }, // React escapes
  });
}

/** Applies the host's language: in a browser until the reader has chosen one, in the desktop window always, since the host keeps the choice there. */
export function suggestLanguage(language: Language): void {
  if (window.switchyard) localStorage.setItem(KEPT_AS, language);
  else if (chosen() !== null) return;
  if (languages.language !== language) void languages.changeLanguage(language);
}
