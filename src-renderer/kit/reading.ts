/** How this reader reads: the language, the zone, and the formats that follow from them. */
import { useTranslation } from 'react-i18next';
import { useTimeZone } from '../link/info.ts';
import { useClock } from './clock.ts';
import { collatorOf, dayOf, formatClock, formatNumber, formatPercent, type Language } from './format.ts';

export function useLanguage(): Language {
  return useTranslation().i18n.language === 'en' ? 'en' : 'ru';
}

export function useFormats() {
  const language = useLanguage();
  const zone = useTimeZone();
  return {
    language,
    zone,
    number: (value: number) => formatNumber(value, language),
    percent: (share: number) => formatPercent(share, language),
    clock: (at: number) => formatClock(at, language, zone),
    collator: collatorOf(language),
  };
}

/** Today in the workspace's time zone. */
export function useDay(): string {
  const zone = useTimeZone();
  return useClock((now) => dayOf(now, zone));
}
