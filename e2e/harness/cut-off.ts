import type { Locator } from '@playwright/test';

/**
 * Finds unreadable content in a part of a page: overflow without a shadow that indicates it, chart texts that
 * leave the chart, overlap each other, or lie under a button. An ellipsis is an honest sign of truncation.
 */
export const cutOff = (part: Locator): Promise<string[]> =>
  part.evaluate((root) => {
    const found: string[] = [];
    const nameOf = (element: Element) =>
      `${element.tagName.toLowerCase()} ${element.getAttribute('class') ?? ''} "${(element.textContent ?? '').slice(0, 40)}"`;
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (!(element instanceof HTMLElement) || element.scrollWidth <= element.clientWidth + 1 || element.closest('.sr-only')) continue;
      const { overflowX, textOverflow, display } = getComputedStyle(element);
      if (display === 'inline' || textOverflow === 'ellipsis' || element.matches('input')) continue;
      if (overflowX === 'visible') continue; // it is visible there, or clipped by an ancestor, which is checked itself
      const frame = element.parentElement;
      if (frame?.hasAttribute('data-right') || frame?.hasAttribute('data-left')) continue;
      found.push(`goes on unseen: ${nameOf(element)}`);
    }
    const cutBy = (one: DOMRect, other: DOMRect) =>
      Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 4; // lines of text have spacing around them
    for (const drawing of root.querySelectorAll('svg:has(text)')) {
      const place = drawing.getBoundingClientRect();
      const texts = [...drawing.querySelectorAll('text')]
        .filter((text) => text.textContent?.trim())
        .map((text) => ({ text, at: text.getBoundingClientRect() }));
      const buttons = [...(drawing.closest('figure')?.querySelectorAll('button') ?? [])];
      for (const [nth, { text, at }] of texts.entries()) {
        if (at.left < place.left - 1 || at.right > place.right + 1 || at.top < place.top - 1 || at.bottom > place.bottom + 1)
          found.push(`leaves the drawing: ${nameOf(text)}`);
        for (const button of buttons) if (cutBy(at, button.getBoundingClientRect())) found.push(`below a button: ${nameOf(text)}`);
        for (const other of texts.slice(nth + 1)) if (cutBy(at, other.at)) found.push(`upon each other: ${nameOf(text)}, ${nameOf(other.text)}`);
      }
    }
    return found;
  });
