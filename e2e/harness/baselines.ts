/** Whether the texts of each row stand on one line. */
import type { Page } from '@playwright/test';

/** Rows in which single-line texts have different baselines, one line each. */
export const unevenRows = (page: Page, within = 'main'): Promise<string[]> => page.evaluate(findUnevenRows, within);

/** Runs in the page, so everything it needs is inside. */
function findUnevenRows(within: string): string[] {
  const SAME_LINE_PX = 6;
  const UNEVEN_PX = 0.4;

  const isShown = (element: Element): boolean => {
    for (let one: Element | null = element; one; one = one.parentElement)
      if (one instanceof HTMLElement && (one.offsetWidth <= 1 || one.offsetHeight <= 1)) return false;
    return element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };

  const canvas = new OffscreenCanvas(1, 1).getContext('2d');
  /** The box of a text begins at the height of its font. */
  function baselineOf(text: Text, style: CSSStyleDeclaration): number {
    const range = document.createRange();
    range.selectNodeContents(text);
    if (!canvas) return Number.NaN;
    canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    return range.getBoundingClientRect().top + Math.round(canvas.measureText('x').fontBoundingBoxAscent);
  }

  function textsOf(cell: Element): readonly { readonly text: string; readonly baseline: number }[] {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    return texts.flatMap((text) => {
      const parent = text.parentElement;
      if (!parent || text.data.trim() === '' || parent.closest('[role="radiogroup"]') || !isShown(parent)) return []; // a choice has a frame of its own
      return [{ text: text.data.trim(), baseline: baselineOf(text, getComputedStyle(parent)) }];
    });
  }

  /** Whether the texts of a cell are one below the other. */
  function hasLines(cell: Element): boolean {
    const range = document.createRange();
    range.selectNodeContents(cell);
    const middles = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1).map(({ top, bottom }) => (top + bottom) / 2);
    return Math.max(...middles) - Math.min(...middles) > SAME_LINE_PX;
  }

  const findings: string[] = [];
  document.body.style.textRendering = 'auto'; // boxes of text in whole pixels
  for (const row of document.querySelectorAll(`${within} :is(tr, [role="row"], li[data-row])`)) {
    const texts = [...row.children].filter((cell) => !hasLines(cell)).flatMap(textsOf);
    const [first] = texts;
    const uneven = first && texts.find(({ baseline }) => Math.abs(baseline - first.baseline) > UNEVEN_PX);
    if (first && uneven) findings.push(`“${uneven.text}” is ${(uneven.baseline - first.baseline).toFixed(1)} px below “${first.text}”`);
  }
  document.body.style.textRendering = '';
  return findings;
}
