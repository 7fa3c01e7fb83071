import { create } from 'zustand';
import type { InactiveReason } from '#shared/contract/entities.ts';

interface Leaving {
  /** the operator in question */
  readonly leaving: { readonly operator_id: number; readonly reason: InactiveReason } | null;
}

export const useLeaving = create<Leaving>(() => ({ leaving: null }));
export const askAbout = (leaving: Leaving['leaving']): void => useLeaving.setState({ leaving });
