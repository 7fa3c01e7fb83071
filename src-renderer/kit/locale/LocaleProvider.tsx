import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimeZone } from '#link/info.ts';
import { useClock } from './clock.ts';
import { collatorOf, dayOf, formatClock, formatNumber, formatPercent } from './format.ts';
import { type Locale, LocaleContext } from './locale.ts';

/** Provides the reader's locale, time zone and formats to the page, which renders again when they change and at midnight. */
export function LocaleProvider({ children }: { children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'ru';
  const zone = useTimeZone();
  const day = useClock((now) => dayOf(now, zone));
  const locale = useMemo<Locale>(
    () => ({
      t,
      language,
      zone,
      day,
      number: (value) => formatNumber(value, language),
      percent: (share) => formatPercent(share, language),
      clock: (at) => formatClock(at, language, zone),
      collator: collatorOf(language),
    }),
    [t, language, zone, day],
  );
  return <LocaleContext value={locale}>{children}</LocaleContext>;
}
