/** Code that runs in the page during a measurement. */
import type { Page } from '@playwright/test';

/** What the page records about itself, so that it need not be queried during the measurement. */
export interface Kept {
  /** milliseconds of each task over 50 */
  longTasks: number[];
  /** when each decision appeared on the screen: its id, epoch milliseconds */
  shown: [id: number, at: number][];
  /** DOM changes */
  mutations: number;
}

/** Runs in the page. */
export function keepWatch(): void {
  const kept: Kept = { longTasks: [], shown: [], mutations: 0 };
  Reflect.set(window, 'kept', kept);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) kept.longTasks.push(duration);
  }).observe({ type: 'longtask' });
  const seen = new Set<string>();
  new MutationObserver((mutations) => {
    kept.mutations += mutations.length;
    const fresh: number[] = [];
    for (const { addedNodes } of mutations)
      for (const node of addedNodes) {
        const name = node instanceof HTMLElement ? (node.dataset.testid ?? '') : '';
        if (!name.startsWith('recent-row-') || seen.has(name)) continue;
        seen.add(name);
        fresh.push(Number(name.slice('recent-row-'.length)));
      }
    if (fresh.length === 0) return;
    // the frame that shows them is complete when the task after its callbacks runs
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const at = performance.timeOrigin + performance.now();
        for (const id of fresh) kept.shown.push([id, at]);
      };
      port2.postMessage(null);
    });
  }).observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
}

export interface Scrolled {
  readonly fps: number;
  /** between two frames */
  readonly longestMs: number;
  readonly frames: number;
}

/**
 * Scrolls the table with rows of this `data-testid` at 6,000 px a second, which is 180 rows: down and up again, or only down if it
 * grows while scrolling.
 */
export function scrolled(page: Page, rows: string, onlyDown = false): Promise<Scrolled> {
  return page.evaluate(
    ({ name, isGrowing }) =>
      new Promise((resolve) => {
        const SECONDS = 5;
        const SPEED = 6000; // px a second
        let scroller = document.querySelector(`[data-testid^="${name}"]`)?.parentElement ?? null;
        while (scroller && scroller.scrollHeight <= scroller.clientHeight + 200) scroller = scroller.parentElement;
        if (!scroller) throw new Error(`the table of ${name} cannot be scrolled`);
        const table = scroller;
        const way = table.scrollHeight - table.clientHeight; // read once: reading it in each frame would force a layout
        const frames: number[] = [];
        const step = (now: number) => {
          frames.push(now);
          const seconds = (now - (frames[0] ?? now)) / 1000;
          const gone = seconds * SPEED;
          const turned = gone % (2 * way);
          table.scrollTop = isGrowing || turned <= way ? (isGrowing ? gone : turned) : 2 * way - turned;
          if (seconds < SECONDS) requestAnimationFrame(step);
          else {
            const gaps = frames.slice(1).map((at, i) => at - (frames[i] ?? at));
            resolve({ fps: gaps.length / seconds, longestMs: Math.max(...gaps), frames: gaps.length });
          }
        };
        requestAnimationFrame(step);
      }),
    { name: rows, isGrowing: onlyDown },
  );
}

/** As many rows as the desk has operators, on an otherwise empty page: the best this browser can do on this machine. */
export const plainList = (rows: number): string =>
  `<!doctype html><style>body{margin:0;font:14px sans-serif}main{height:100vh;overflow:auto}p{height:33px;margin:0}</style><main>${Array.from(
    { length: rows },
    (_, i) => `<p data-testid="plain-${i}">Operator ${i} · ${i % 100} / 100 · ${i * 7}</p>`,
  ).join('')}</main>`;
