/** One clock for all ages on the screen, on host time: ticks once a second, and not while the page is hidden. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { hostNow } from '#link/host-clock.ts';

const clock = createStore(() => ({ now: hostNow() }));
let timer: ReturnType<typeof setInterval> | undefined;

const tick = () => clock.setState({ now: hostNow() });

function run() {
  clearInterval(timer);
  if (document.hidden) return;
  tick();
  timer = setInterval(tick, 1_000);
}

/** Starts the clock. It pauses while the page is hidden. */
export function startClock(): void {
  document.addEventListener('visibilitychange', run);
  run();
}

/** The value of `read` for the current time; the component renders again only when it changes. */
export const useClock = <T>(read: (now: number) => T): T => useStore(clock, (state) => read(state.now));
