/** Height in px at the bottom of the window that notices keep free. */
const KEPT_FREE = '--kept-free';

/** Ref of an action bar at the bottom of a screen: no notice covers it while it is mounted. */
export function keepFree(bar: HTMLElement | null): (() => void) | undefined {
  if (!bar) return;
  const root = document.documentElement;
  const say = () => root.style.setProperty(KEPT_FREE, `${Math.max(0, root.clientHeight - bar.getBoundingClientRect().top)}px`);
  const observer = new ResizeObserver(say);
  for (const seen of [bar, root]) observer.observe(seen);
  return () => {
    observer.disconnect();
    root.style.removeProperty(KEPT_FREE);
  };
}
