/** Accessibility faults that a tool can find on the present screen. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { paleTexts } from './contrast.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Finding {
  /** axe-core's name of the rule */
  readonly id: string;
  readonly at: readonly string[];
}

/** Serious and critical findings of axe-core, with contrast judged by contrast.ts. @param within CSS selector of the part to check */
export const seriousFindings = async (page: Page, within = 'html'): Promise<Finding[]> => [
  ...(await paleFindings(page, within)),
  ...(await structuralFindings(page, within)),
];

/** Texts with too little contrast in the present theme. */
export async function paleFindings(page: Page, within = 'html'): Promise<Finding[]> {
  const pale = await paleTexts(page, within);
  return pale.length > 0 ? [{ id: 'color-contrast', at: pale }] : [];
}

/** Serious and critical findings of axe-core, which are the same in both themes. */
export async function structuralFindings(page: Page, within = 'html'): Promise<Finding[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe); // once per page: it is half a megabyte
  return page.evaluate(findSerious, { within, tags: WCAG });
}

async function findSerious({ within, tags }: { within: string; tags: string[] }): Promise<Finding[]> {
  const { axe } = window as unknown as typeof globalThis & { axe: typeof import('axe-core') };
  const { violations } = await axe.run(within, {
    runOnly: { type: 'tag', values: tags },
    rules: { 'color-contrast': { enabled: false } },
    resultTypes: ['violations'],
    preload: false, // of style sheets, for one rule about the way a screen is turned
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({ id, at: nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`) }));
}
