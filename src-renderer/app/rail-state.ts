/** Whether the rail is collapsed to icons: the reader's choice, kept in this browser; a narrow window collapses it anyway. */
import { useMediaQuery } from '@mantine/hooks';
import { create } from 'zustand';

const KEPT_AS = 'switchyard.rail';
const NARROW = '(width < 1180px)';

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

/** `narrow`: always collapsed. */
export function useFold(): { folded: boolean; narrow: boolean } {
  const narrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false }) ?? false;
  const folded = useRail((rail) => rail.folded);
  return { folded: folded || narrow, narrow };
}
