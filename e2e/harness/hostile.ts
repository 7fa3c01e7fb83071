/** Texts that would run, load or restyle something if a screen treated them as anything but text, and a desk that has them everywhere. */
import type { Page } from '@playwright/test';
import type { CreatedSource, Operator } from '#shared/contract/entities.ts';
import { screens } from '../../src-renderer/kit/navigation/route.ts';

export const HOSTILE = [
  '<img src=x onerror="window.stranger=1">',
  '<script>window.stranger=1</script>',
  '"><svg onload=window.stranger=1>',
  '{{constructor.constructor("window.stranger=1")()}}',
] as const;

export type Api = <T>(method: string, path: string, body?: object) => Promise<T>;

/** Operators, sources, leads, and contacts that are assigned, waiting and refused. */
export async function fillWith(text: string, api: Api): Promise<void> {
  const operator = await api<Operator>('POST', '/operators', { name: text, max_load: 1 });
  const source = await api<CreatedSource>('POST', '/sources', { name: text });
  const unserved = await api<CreatedSource>('POST', '/sources', { name: `${text} 2` });
  await api('PUT', `/operators/${operator.id}/competences/${source.id}`, { weight: 1 });
  const person = { name: text, message: text, attributes: { [text]: text } };
  for (const external_id of [text, `${text} 2`]) await api('POST', '/contacts', { source_id: source.id, external_id, ...person });
  await api('POST', '/contacts', { source_id: unserved.id, external_id: text, ...person }).catch(() => undefined); // refused and kept
}

/** Screens that certainly show the text; the others are checked as well. */
const SHOWN_ON: ReadonlySet<string> = new Set(['live', 'operators', 'sources', 'refused']);

/** Opens every screen and returns what the text did there: nothing, if it stayed text. */
export async function tourOf(page: Page, text: string): Promise<string[]> {
  const done: string[] = [];
  for (const screen of screens) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#/${screen}`);
    const main = page.locator('main');
    await main.getByRole('heading').first().waitFor();
    if (SHOWN_ON.has(screen)) await main.getByText(text).first().waitFor();
    const { ran, elements } = await page.evaluate(() => ({
      ran: Reflect.get(window, 'stranger') !== undefined,
      elements: document.querySelectorAll('#root img[src=x], #root script, #root svg[onload]').length,
    }));
    if (ran) done.push(`${screen}: a script ran`);
    if (elements > 0) done.push(`${screen}: ${elements} elements were made of it`);
  }
  return done;
}
