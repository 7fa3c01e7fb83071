/**
 * What has the focus may go away under it: a row that was given to somebody, the button of a notice, a draft that was applied. Browsers let the
 * focus fall to the page then, where keys are about nothing and nobody sees where they are. Here it goes to the part of the screen around it.
 */

/** What has, or had, the focus, and all that is around it, from the inside out. */
let trail: readonly Element[] = [];
/** The same, of what had it last on the screen itself, and not on a dialog or a notice over it. */
let onScreen: readonly Element[] = [];
/** Where the focus was put because there was nowhere else. */
let keeper: Element | null = null;

const PARTS = 'section, main, [role="dialog"]';

function around(element: Element | null): Element[] {
  const found: Element[] = [];
  for (let one = element; one; one = one.parentElement) found.push(one);
  return found;
}

/** Nothing that could be meant has the focus. */
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

/** Until the function that it answers is called. */
export function keepFocus(): () => void {
  let isAsked = false;
  const observer = new MutationObserver(() => {
    if (isAsked || document.activeElement !== document.body || !trail[0] || trail[0].isConnected) return;
    isAsked = true;
    // whoever knows better where it belongs, as a dialog that closes does, goes first
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
