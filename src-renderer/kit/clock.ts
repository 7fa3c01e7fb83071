/** One ticking clock for all ages on the screen: once a second, not at all while nobody looks. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

const clock = createStore(() => ({ now: Date.now() }));
let timer: ReturnType<typeof setInterval> | undefined;

const tick = () => clock.setState({ now: Date.now() });

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
