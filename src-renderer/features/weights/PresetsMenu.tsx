import { Button, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { currentBoard } from '#link/board.ts';
import { changesOfPreset } from '#shared/presets.ts';
import { PresetPreview } from './PresetPreview.tsx';
import { loadPresets, nameOne, show, usePresets } from './presets.ts';
import { SavePreset } from './SavePreset.tsx';
import styles from './Weights.module.css';

export function PresetsMenu() {
  const { t } = useTranslation();
  const presets = usePresets((state) => state.presets);
  return (
    <>
      <Menu position="bottom-end" onOpen={() => void loadPresets()} transitionProps={{ duration: 0 }} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button variant="default" data-needs="supervisor" rightSection={<ChevronDown size={14} aria-hidden="true" />}>
            {t('presets.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {presets.length === 0 && <Menu.Label>{t('presets.none')}</Menu.Label>}
          {presets.map((preset) => {
            const { weights, limits, rules } = changesOfPreset(currentBoard(), preset.content);
            const isInForce = weights.length + limits.length + rules.length === 0;
            return (
              <Menu.Item
                key={preset.id}
                rightSection={isInForce ? <span className={styles.legend}>✓ {t('presets.in_force')}</span> : undefined}
                onClick={() => show(preset)}
              >
                {preset.name}
              </Menu.Item>
            );
          })}
          <Menu.Divider />
          <Menu.Item onClick={() => nameOne(true)}>{t('presets.save')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <PresetPreview />
      <SavePreset />
    </>
  );
}
