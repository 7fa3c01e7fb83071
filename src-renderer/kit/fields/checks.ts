/** Field validation with the contract's limits, so that the host has nothing to add. */
import type { TFunction } from 'i18next';
import { MAX_LOAD_MAX, NAME_MAX } from '#shared/contract/limits.ts';
import { MAX_WEIGHT } from '#shared/distribution/table.ts';

/** The error of a name as text; null when it is valid. The other checks do the same. */
export function checkName(text: string, t: TFunction): string | null {
  const length = text.trim().length;
  if (length === 0) return t('checks.name_blank');
  return length > NAME_MAX ? t('checks.name_long', { max: NAME_MAX }) : null;
}

const whole = (text: string, max: number): boolean => /^\d{1,6}$/.test(text.trim()) && Number(text) <= max;

/**
 * Parses a whole number from a spreadsheet cell, with optional spaces between thousands and zeros after the decimal separator, as in `250,00`. Three
 * zeros may be another country's thousands, so `1,000` is rejected.
 */
export function wholeIn(text: string, max: number): number | undefined {
  const plain = text.replaceAll(/\s/g, '').replace(/[.,]0{1,2}$/, '');
  return whole(plain, max) ? Number(plain) : undefined;
}

export const checkMaxLoad = (text: string, t: TFunction): string | null => (whole(text, MAX_LOAD_MAX) ? null : t('checks.whole', { max: MAX_LOAD_MAX }));
export const checkWeight = (text: string, t: TFunction): string | null => (whole(text, MAX_WEIGHT) ? null : t('checks.whole', { max: MAX_WEIGHT }));
