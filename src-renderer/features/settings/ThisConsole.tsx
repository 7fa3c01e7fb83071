import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Toggle } from '#kit/fields/Toggle.tsx';
import { Panel } from '#kit/layout/Panel.tsx';
import { chooseLanguage } from '#kit/locale/choose-language.ts';
import { useLanguage } from '#kit/locale/locale.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { saveDesktop, useDesktop } from '#link/desktop.ts';
import { type DesktopChoices, type DesktopPatch, onClose } from '#shared/contract/desktop.ts';
import { Row } from './Row.tsx';
import styles from './Settings.module.css';

const schemes = ['light', 'dark', 'auto'] as const;
const languages = ['ru', 'en'] as const;
const languageNames = { ru: 'Русский', en: 'English' } as const;

/** Settings of this window alone. */
export function ThisConsole() {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const desktop = useDesktop((state) => state.desktop);
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
      {window.switchyard ? (
        desktop && (
          <>
            <StartsAtLogin on={desktop.starts_at_login} />
            <OnClose chosen={desktop.on_close} />
          </>
        )
      ) : (
        <Row name={t('settings.desktop.starts_at_login')} text={t('settings.desktop.elsewhere')} />
      )}
    </Panel>
  );
}

/** Both are settings of the desktop program on this machine, also in its menu. */
function StartsAtLogin({ on }: { on: boolean }) {
  const { t } = useTranslation();
  const { busy, save } = useSaving();
  const label = t('settings.desktop.starts_at_login');
  return (
    <Row name={label} text={t('settings.desktop.starts_at_login_text')}>
      <Toggle on={on} busy={busy} label={label} onToggle={(wanted) => save({ starts_at_login: wanted })} />
    </Row>
  );
}

function OnClose({ chosen }: { chosen: DesktopChoices['on_close'] }) {
  const { t } = useTranslation();
  const { busy, save } = useSaving();
  const label = t('settings.desktop.on_close');
  return (
    <Row name={label} text={t(`settings.desktop.on_close_text.${chosen}`)}>
      <SegmentedControl
        size="xs"
        aria-label={label}
        disabled={busy}
        data={onClose.options.map((value) => ({ value, label: t(`settings.desktop.on_close_options.${value}`) }))}
        value={chosen}
        onChange={(value) => save({ on_close: onClose.parse(value) })}
      />
    </Row>
  );
}

function useSaving(): { readonly busy: boolean; readonly save: (patch: DesktopPatch) => void } {
  const teller = useNotify();
  const [busy, setBusy] = useState(false);
  const save = async (patch: DesktopPatch) => {
    setBusy(true);
    teller.valueIn(await saveDesktop(patch));
    setBusy(false);
  };
  return { busy, save: (patch) => void save(patch) };
}
