/**
 * The focused element may be removed: a reassigned row, the button of a notice, an applied draft. Browsers let the
 * focus fall to the page then, where shortcuts apply to nothing and the focus is invisible. Here it moves to the surrounding part of the screen.
 */

/** The element that has or had the focus and its ancestors, innermost first. */
let trail: readonly Element[] = [];
/** The same for the last focus on the screen itself, not on a dialog or notice over it. */
let onScreen: readonly Element[] = [];
/** The element that got the focus as a fallback. */
let keeper: Element | null = null;

const PARTS = 'section, main, [role="dialog"]';

function around(element: Element | null): Element[] {
  const found: Element[] = [];
  for (let one = element; one; one = one.parentElement) found.push(one);
  return found;
}

/** Whether no meaningful element has the focus. */
export const isFocusNowhere = (): boolean => document.activeElement === null || document.activeElement === document.body || document.activeElement === keeper;

function remember({ target }: FocusEvent): void {
  if (!(target instanceof Element)) return;
  trail = around(target);
  if (target.closest('main')) onScreen = trail;
  if (target !== keeper) keeper = null;
}

function keep(): void {
  if (document.activeElement !== document.body || !trail[0] || trail[0].isConnected) return;
  const last = onScreen[0];
  const next =
    trail.find((one) => one.isConnected && one.matches(PARTS)) ?? (last?.isConnected ? last : onScreen.find((one) => one.isConnected && one.matches(PARTS)));
  const place = next ?? document.querySelector('main');
  if (!(place instanceof HTMLElement)) return;
  if (place !== last) {
    keeper = place;
    if (!place.hasAttribute('tabindex')) place.tabIndex = -1;
  }
  place.focus({ preventScroll: true });
}

/** Runs until the returned function is called. */
export function keepFocus(): () => void {
  let isAsked = false;
  const observer = new MutationObserver(() => {
    if (isAsked || document.activeElement !== document.body || !trail[0] || trail[0].isConnected) return;
    isAsked = true;
    // a closing dialog, which knows better where the focus belongs, goes first
    requestAnimationFrame(() =>
      setTimeout(() => {
        isAsked = false;
        keep();
      }),
    );
  });
  document.addEventListener('focusin', remember);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => {
    document.removeEventListener('focusin', remember);
    observer.disconnect();
  };
}
