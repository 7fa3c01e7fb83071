/** Whether the rail is folded to icons: the reader's choice, kept in this browser; a narrow window folds it anyway. */
import { create } from 'zustand';

const KEPT_AS = 'switchyard.rail';

interface RailState {
  readonly folded: boolean;
  readonly toggle: () => void;
}

export const useRail = create<RailState>((set, get) => ({
  folded: localStorage.getItem(KEPT_AS) === 'folded',
  toggle: () => {
    const folded = !get().folded;
    localStorage.setItem(KEPT_AS, folded ? 'folded' : 'open');
    set({ folded });
  },
}));
