/** Names and values of settings in words, the same on the settings screen and in the audit log. */
import type { TFunction } from 'i18next';
import { type Settings, type Thresholds, thresholdFigures } from '#shared/contract/settings.ts';

const keys = [
  'phone_region',
  'merges_across_sources',
  'shared_values',
  'asks_external_ids',
  'service_level_seconds',
  'no_answer_misses',
  'thresholds',
  'sounds',
  'notifications',
  'quiet_hours',
  'backup_days',
  'port',
] as const satisfies readonly (keyof Settings)[];

/** Name of a setting; its key when it is from another version. */
export const settingName = (key: string, t: TFunction): string => {
  const known = keys.find((name) => name === key);
  return known ? t(`settings.${known}`) : key;
};

/** `22:00–08:00`, `да`, `5 / 20`. */
export function settingValue(key: string, value: unknown, t: TFunction): string {
  if (value === null || value === undefined) return t('settings.none');
  if (typeof value === 'boolean') return value ? t('settings.yes') : t('settings.no');
  if (key === 'merges_across_sources' && (value === 'auto' || value === 'ask')) return t(`settings.merges.${value}`);
  if (key === 'quiet_hours') {
    const { from, to } = value as NonNullable<Settings['quiet_hours']>;
    return `${from}–${to}`;
  }
  if (key === 'thresholds') return thresholdsText(value as Thresholds, t);
  if (Array.isArray(value)) return value.length === 0 ? t('settings.none') : value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const limitText = (limit: number | null | undefined): string => (limit === null || limit === undefined ? '–' : String(limit));
const thresholdsText = (all: Thresholds, t: TFunction): string =>
  thresholdFigures
    .filter((figure) => all[figure])
    .map((figure) => `${t(`settings.figures.${figure}`)} ${limitText(all[figure].warning)} / ${limitText(all[figure].critical)}`)
    .join(', ');
