import type { TFunction } from 'i18next';
import { create } from 'zustand';
import { leftText } from '#kit/board/hand-out.ts';
import type { Board } from '#shared/board.ts';
import type { InactiveReason } from '#shared/contract/entities.ts';
import type { Left } from '#shared/contract/operators.ts';

interface Leaving {
  /** the operators in question */
  readonly leaving: { readonly ids: readonly number[]; readonly reason: InactiveReason } | null;
}

export const useLeaving = create<Leaving>(() => ({ leaving: null }));
/** Opens the question of what to do with the contacts of operators who leave; null closes it. */
export const askAbout = (leaving: Leaving['leaving']): void => useLeaving.setState({ leaving });

/** How many contacts the operators hold. */
export const heldBy = (board: Pick<Board, 'operators'>, ids: readonly number[]): number => ids.reduce((sum, id) => sum + (board.operators[id]?.held ?? 0), 0);

interface Away extends Omit<Left, 'operator'> {
  /** who left */
  readonly name: string;
  readonly reason: InactiveReason;
}

/** Names who left, and says what happened to the contacts. */
export function awayText(t: TFunction, { name, reason, ...left }: Away): string {
  const what = leftText(left, t);
  const away = { name, reason: t(`inactive.${reason}`) };
  return what === '' ? t('operators.now_away', away) : t('operators.now_away_and', { ...away, what });
}
