import { useMantineColorScheme } from '@mantine/core';
import { Monitor, Moon, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '#kit/locale/choose-language.ts';
import { useLanguage } from '#kit/locale/locale.ts';
import styles from './Rail.module.css';

const nextScheme = { light: 'dark', dark: 'auto', auto: 'light' } as const;
const icons = { light: Sun, dark: Moon, auto: Monitor } as const;

/** Language and theme buttons: each shows the current value and switches to the next. */
export function Preferences() {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = icons[colorScheme];
  const theme = `${t('frame.theme')}: ${t(`themes.${colorScheme}`)}`;
  const other = language === 'ru' ? 'en' : 'ru';
  return (
    <>
      <button type="button" className={styles.tool} aria-label={theme} title={theme} onClick={() => setColorScheme(nextScheme[colorScheme])}>
        <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
      </button>
      <button
        type="button"
        className={styles.tool}
        aria-label={`${language.toUpperCase()}. ${t('frame.other_language')}`}
        title={t('frame.other_language')}
        lang={other}
        onClick={() => chooseLanguage(i18n, other)}
      >
        {language.toUpperCase()}
      </button>
    </>
  );
}
