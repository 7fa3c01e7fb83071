/** One ticking clock for all ages on the screen, the host's: once a second, not at all while nobody looks. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { hostNow } from '../link/host-clock.ts';

const clock = createStore(() => ({ now: hostNow() }));
let timer: ReturnType<typeof setInterval> | undefined;

const tick = () => clock.setState({ now: hostNow() });

function run() {
  clearInterval(timer);
  if (document.hidden) return;
  tick();
  timer = setInterval(tick, 1_000);
}

export function startClock(): void {
  document.addEventListener('visibilitychange', run);
  run();
}

/** What `read` makes of the time now; the component renders again only when that changes. */
export const useClock = <T>(read: (now: number) => T): T => useStore(clock, (state) => read(state.now));
