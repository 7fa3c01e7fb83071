/** Which contact of the live screen is about to be given to somebody by its keys. */
import { create } from 'zustand';

interface Asked {
  readonly contact_id: number;
  /** with whom its row shows it; null: it waits */
  readonly at: number | null;
}

export const useAsked = create<{ asked: Asked | null }>(() => ({ asked: null }));
export const askWhom = (asked: Asked | null): void => useAsked.setState({ asked });
