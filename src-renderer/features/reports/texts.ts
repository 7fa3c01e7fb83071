/** The texts of this screen are bundled with it, so that the first load does without them. */
import { getI18n, useTranslation } from 'react-i18next';
import en from './texts/en.json' with { type: 'json' };
import ru from './texts/ru.json' with { type: 'json' };

getI18n().addResourceBundle('ru', 'reports', ru);
getI18n().addResourceBundle('en', 'reports', en);

/** Texts of the reports, which are loaded with their screen. */
export const useTexts = () => useTranslation('reports').t;
export type Texts = ReturnType<typeof useTexts>;
