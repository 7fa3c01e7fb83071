import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../../kit/choose-language.ts';
import { Panel } from '../../kit/Panel.tsx';
import { useLanguage } from '../../kit/reading.ts';
import { Row } from './Row.tsx';
import styles from './Settings.module.css';

const schemes = ['light', 'dark', 'auto'] as const;
const languages = ['ru', 'en'] as const;
const languageNames = { ru: 'Русский', en: 'English' } as const;

/** What holds for this window alone. */
export function ThisConsole() {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Panel title={t('settings.console')} aside={<span className={styles.hint}>{t('settings.console_hint')}</span>}>
      <Row name={t('settings.language')}>
        <SegmentedControl
          size="xs"
          aria-label={t('settings.language')}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
          value={language}
          onChange={(value) => chooseLanguage(i18n, value === 'en' ? 'en' : 'ru')}
        />
      </Row>
      <Row name={t('frame.theme')}>
        <SegmentedControl
          size="xs"
          aria-label={t('frame.theme')}
          data={schemes.map((value) => ({ value, label: t(`themes.${value}`) }))}
          value={colorScheme}
          onChange={(value) => setColorScheme(schemes.find((scheme) => scheme === value) ?? 'auto')}
        />
      </Row>
      {window.switchyard && <Row name={t('settings.start')}>{t('settings.start_text')}</Row>}
    </Panel>
  );
}
