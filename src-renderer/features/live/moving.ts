/** The contact of the live screen that is about to be reassigned by keyboard. */
import { create } from 'zustand';

interface Asked {
  readonly contact_id: number;
  /** the operator that its row shows; null: waiting */
  readonly at: number | null;
}

export const useAsked = create<{ asked: Asked | null }>(() => ({ asked: null }));
/** Opens the choice of an operator for contacts; null closes it. */
export const askWhom = (asked: Asked | null): void => useAsked.setState({ asked });
