import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useNotify } from '#kit/notices/useNotify.ts';
import type { SettingsPatch } from '#shared/contract/settings.ts';
import { saveSettings } from './save.ts';

/** Saves at once and offers undo; every console follows the board. True when saved. */
export function useSave(): (patch: SettingsPatch) => Promise<boolean> {
  const { t } = useTranslation();
  const teller = useNotify();
  return useCallback(
    async (patch) => {
      const outcome = await saveSettings(patch);
      if (outcome.ok && outcome.step === undefined) return true;
      return teller.changed(outcome, t('settings.saved'));
    },
    [t, teller],
  );
}
