import type { TFunction } from 'i18next';
import { settingName, settingValue } from '#kit/locale/settings-text.ts';
import { type Fields, fields, type Names, type Sentences, text } from '#kit/locale/told.ts';

export const settingsSentences = {
  settings_saved({ before, after, names, t }) {
    const parts = Object.entries(after ?? {}).map(([key, value]) => settingPart(key, before?.[key], value, names, t));
    return t('audit.settings', { what: parts.join('; ') });
  },
} satisfies Sentences;

function settingPart(key: string, before: unknown, after: unknown, names: Names, t: TFunction): string {
  if (key === 'phone_region') return `${settingName(key, t)}: ${names.region(text(before))} → ${names.region(text(after))}`;
  if (key === 'shared_values') return `${settingName(key, t)}: ${listChange(before, after)}`;
  if (key !== 'thresholds') return `${settingName(key, t)}: ${settingValue(key, before, t)} → ${settingValue(key, after, t)}`;
  const [was, is] = [fields(before), fields(after)];
  const changed = Object.keys(is).filter((figure) => JSON.stringify(was[figure]) !== JSON.stringify(is[figure]));
  const only = (all: Fields) => Object.fromEntries(changed.map((figure) => [figure, all[figure]]));
  return `${settingName(key, t)}: ${settingValue(key, only(was), t)} → ${settingValue(key, only(is), t)}`;
}

/** `+test@x.ru, −null`: what was added to a list and taken from it. */
function listChange(before: unknown, after: unknown): string {
  const [was, is] = [before, after].map((list) => (Array.isArray(list) ? list.map(String) : [])) as [string[], string[]];
  return [...is.filter((one) => !was.includes(one)).map((one) => `+${one}`), ...was.filter((one) => !is.includes(one)).map((one) => `−${one}`)].join(', ');
}
