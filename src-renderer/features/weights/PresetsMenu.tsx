import { Button, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { PresetPreview } from './PresetPreview.tsx';
import { loadPresets, nameOne, show, usePresets } from './presets.ts';
import { SavePreset } from './SavePreset.tsx';

export function PresetsMenu() {
  const { t } = useTranslation();
  const presets = usePresets((state) => state.presets);
  return (
    <>
      <Menu position="bottom-end" onOpen={() => void loadPresets()} transitionProps={{ duration: 0 }} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button variant="default" rightSection={<ChevronDown size={14} aria-hidden="true" />}>
            {t('presets.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {presets.length === 0 && <Menu.Label>{t('presets.none')}</Menu.Label>}
          {presets.map((preset) => (
            <Menu.Item key={preset.id} onClick={() => show(preset)}>
              {preset.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => nameOne(true)}>{t('presets.save')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <PresetPreview />
      <SavePreset />
    </>
  );
}
