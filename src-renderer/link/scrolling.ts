/** Time after its last event that a scroll counts as under way. */
const GOES_ON_MS = 150;

let steppedAt = Number.NEGATIVE_INFINITY;
document.addEventListener('scroll', () => (steppedAt = performance.now()), { capture: true, passive: true });

/** Whether anything on the page is being scrolled. */
export const isScrolling = (): boolean => performance.now() - steppedAt < GOES_ON_MS;
