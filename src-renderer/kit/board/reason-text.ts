import type { TFunction } from 'i18next';
import type { WaitingAtSource } from '#link/derive.ts';

/** Why contacts wait, in words. @param cost slots that one takes */
export function reasonText(reason: NonNullable<WaitingAtSource['reason']>, cost: number, t: TFunction): string {
  return reason === 'all_full' && cost > 1 ? t('reasons.all_full_costly', { count: cost }) : t(`reasons.${reason}`);
}
