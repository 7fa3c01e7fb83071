/** The reader's locale: language, time zone, and the formats that follow from them. */
import type { TFunction } from 'i18next';
import { createContext, useContext } from 'react';
import type { collatorOf, Language } from './format.ts';

export interface Locale {
  /** Translation function. Rows take it from here, since `useTranslation` subscribes in each component and binds at each render. */
  readonly t: TFunction;
  readonly language: Language;
  readonly zone: string | undefined;
  /** today in the workspace's time zone */
  readonly day: string;
  readonly number: (value: number) => string;
  readonly percent: (share: number) => string;
  readonly clock: (at: number) => string;
  readonly collator: ReturnType<typeof collatorOf>;
}

/** Computed once for the whole page, by `LocaleProvider`. */
export const LocaleContext = createContext<Locale | null>(null);

/** The reader's locale. @throws Error outside a `LocaleProvider` */
export function useFormats(): Locale {
  const locale = useContext(LocaleContext);
  if (!locale) throw new Error('useFormats needs a LocaleProvider above it');
  return locale;
}

export const useText = (): TFunction => useFormats().t;

export const useLanguage = (): Language => useFormats().language;

/** Today in the workspace's time zone. */
export const useDay = (): string => useFormats().day;
