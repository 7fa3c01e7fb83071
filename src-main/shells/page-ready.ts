/** What a page that is to be printed is asked before. */

/** A page that is not ready by then is not printed. */
export const READY_WITHIN_MS = 30_000;

/** JavaScript for the page: true as soon as it says that all of it is there, false when it has not by then. */
export const PAGE_IS_READY = `new Promise((resolve) => {
  const began = performance.now();
  const look = () => {
    if (document.documentElement.dataset.ready === 'true') resolve(true);
    else if (performance.now() - began > ${READY_WITHIN_MS}) resolve(false);
    else setTimeout(look, 50);
  };
  look();
})`;
