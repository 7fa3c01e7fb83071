/** So long after its last step a scroll is taken to go on. */
const GOES_ON_MS = 150;

let steppedAt = Number.NEGATIVE_INFINITY;
document.addEventListener('scroll', () => (steppedAt = performance.now()), { capture: true, passive: true });

/** Whether anything on the page is being scrolled. */
export const isScrolling = (): boolean => performance.now() - steppedAt < GOES_ON_MS;
